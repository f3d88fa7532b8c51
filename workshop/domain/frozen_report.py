"""Frozen versions of a report: numbered, with a checksum, and without the people who were erased later.

Whoever is erased goes out of every version as well. Numbers stay as they were, and so do ideas, tables and the roles on
cards; names, offers, needs and comments of that person go. The version then has another checksum and says when it
changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from workshop.domain.credit import Credit
from workshop.domain.introduction import ShownLine
from workshop.domain.report import Report, ReportIdea, ReportParticipant, ideas_at, lines_at, participants_at
from workshop.domain.report_cards import ReportCard, ReportSession
from workshop.domain.speaker_note import without_name


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """One version. ``by`` is the role that froze it; ``rewritten_at`` says when somebody was last erased from it."""

    number: int
    at: datetime
    by: str
    sha256: str
    rewritten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is being erased, and what they have said besides ideas: offers and needs, and the comment."""

    name: str
    organisation: str = ""
    lines: tuple[str, ...] = ()
    comment: str = ""


def checksum(document: str) -> str:
    """Return the SHA-256 of a written report, as 64 hex digits."""
    return hashlib.sha256(document.encode()).hexdigest()


def without(report: Report, leaver: Leaver) -> Report:
    """Return the report without a person. Of two people with the same name and organisation both names go."""
    level = report.anonymity
    return replace(
        report,
        participants=participants_at(level, (_participant(person, leaver) for person in report.participants)),
        ideas=ideas_at(level, (_idea(idea, leaver) for idea in report.ideas)),
        cards=tuple(_card(card, leaver) for card in report.cards),
        session=report.session and _session(report.session, leaver),
        lines=lines_at(level, (line for line in report.lines if not _said(line, leaver))),
        notes={
            slide: tuple(without_name(paragraph, leaver.name) for paragraph in note)
            for slide, note in report.notes.items()
        },
    )


def _participant(person: ReportParticipant, leaver: Leaver) -> ReportParticipant:
    if not _is(person.name, person.organisation, leaver):
        return person
    return replace(person, name=None, organisation=None)


def _idea(idea: ReportIdea, leaver: Leaver) -> ReportIdea:
    return replace(
        idea,
        credit=_credit(idea.credit, leaver),
        merged=tuple(replace(original, credit=_credit(original.credit, leaver)) for original in idea.merged),
        builds=tuple(replace(build, credit=_credit(build.credit, leaver)) for build in idea.builds),
    )


def _credit(credit: Credit, leaver: Leaver) -> Credit:
    return Credit(table=credit.table) if _is(credit.author, credit.organisation, leaver) else credit


def _card(card: ReportCard, leaver: Leaver) -> ReportCard:
    members = (
        replace(member, confirmed=False, changed=False, name=None)
        if _is(member.name, member.organisation, leaver)
        else member
        for member in card.members
    )
    return replace(card, members=tuple(members))


def _session(session: ReportSession, leaver: Leaver) -> ReportSession:
    """Without the comment; where two people wrote the same words, both go."""
    return replace(session, comments=tuple(said for said in session.comments if said != leaver.comment))


def _said(line: ShownLine, leaver: Leaver) -> bool:
    """Whether a line is theirs: by its author, or where the level shows none, by its words."""
    if line.credit.author is not None:
        return _is(line.credit.author, line.credit.organisation, leaver)
    return line.text in leaver.lines


def _is(name: str | None, organisation: str | None, leaver: Leaver) -> bool:
    return name is not None and (name, organisation or "") == (leaver.name, leaver.organisation)
