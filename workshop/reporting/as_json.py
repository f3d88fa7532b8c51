"""The report as JSON: every fact of it, for programs and archives.

The keys ``event``, ``participants``, ``ideas``, ``themes``, ``ranking`` and ``log_head`` are a promise. Votes are
``null`` while they are hidden. Facts that the anonymity level hides are ``null`` or empty.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from workshop.domain.credit import Credit
from workshop.domain.event import Event
from workshop.domain.introduction import LineKind, ShownLine
from workshop.domain.opinion import Opinions, VoterGroups
from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report, ReportIdea, ReportParticipant, ReportTheme
from workshop.domain.report_cards import ReportCard, ReportMember, ReportSession
from workshop.domain.text import normal


def render(report: Report) -> bytes:
    """Return UTF-8 JSON, indented, with a line end."""
    return (json.dumps(_clean(_record(report)), ensure_ascii=False, indent=1) + "\n").encode()


def _record(report: Report) -> dict[str, Any]:
    theme_of, votes = report.theme_of, report.votes
    return {
        "event": _event(report.event),
        "workshop": {
            "code": report.code,
            "title": report.event.title,
            "compiled_at": report.compiled_at.isoformat(),
            "compiled_local": report.compiled_local.isoformat(),
            "step": report.step,
            "anonymity": str(report.anonymity),
            "rehearsal": report.rehearsal,
            "ideas_kept_back": report.kept_back,
        },
        "participants": [_participant(person) for person in report.participants],
        "offers": [_line(line) for line in report.lines if line.kind is LineKind.OFFER],
        "needs": [_line(line) for line in report.lines if line.kind is LineKind.NEED],
        "origins": [{"place": origin.place, "people": origin.people} for origin in report.origins],
        "turnout": [{"side": turn.side, "voted": turn.voted, "of": turn.of} for turn in report.turnout],
        "ideas": [_idea(idea, theme_of.get(idea.number), votes.get(idea.number)) for idea in report.ideas],
        "themes": [
            {
                "id": theme.id,
                "name": theme.name,
                "subtitle": theme.subtitle,
                "colour": theme.colour,
                "confidence": theme.confidence,
                "words": [{"word": word, "ideas": list(numbers)} for word, numbers in theme.words.items()],
                "ideas": list(theme.ideas),
            }
            for theme in report.themes
        ],
        "without_theme": list(report.without_theme),
        "ranking": _ranking(report),
        "opinions": report.opinions and _opinions(report.opinions),
        "voter_groups": report.groups and _groups(report.groups),
        "consortia": [_card(card) for card in report.cards],
        "commitments": [_commitment(card, member) for card in report.cards for member in card.commitments],
        "session": report.session and _session(report.session),
        "ratings": None if report.ratings is None else [asdict(rated) for rated in report.ratings],
        "speaker_notes": {slide: list(note) for slide, note in report.notes.items()},
        "log_head": report.log_head,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "key": event.key,
        "name": event.name,
        "title": event.title,
        "host": event.host,
        "venue": asdict(event.venue),
        "date": event.date.isoformat(),
        "starts_at": event.starts_at.isoformat(),
        "ends_at": event.ends_at.isoformat(),
        "time_zone": event.time_zone,
        "sides": [{"key": side.key, "name": side.name, "short": side.short} for side in event.sides],
        "sectors": [{"key": sector.key, "name": sector.name} for sector in event.sectors],
        "prompts": [{"step": str(prompt.step), "text": prompt.text} for prompt in event.prompts],
        "agenda": [
            {
                "starts": item.starts.isoformat("minutes"),
                "ends": item.ends and item.ends.isoformat("minutes"),
                "title": item.title,
                "speakers": list(item.speakers),
            }
            for item in event.agenda
        ],
    }


def _participant(person: ReportParticipant) -> dict[str, Any]:
    return {
        "name": person.name,
        "organisation": person.organisation,
        "side": person.side,
        "sectors": list(person.sectors),
        "table": person.table,
    }


def _line(line: ShownLine) -> dict[str, Any]:
    return {"text": line.text, "side": line.side, **_credit(line.credit)}


def _idea(idea: ReportIdea, theme: ReportTheme | None, voted: RankedIdea | None) -> dict[str, Any]:
    return {
        "number": idea.number,
        "id": str(idea.id),
        "title": idea.title,
        "pitch": idea.pitch,
        **_credit(idea.credit),
        "side": idea.side,
        "sectors": list(idea.sectors),
        "brings": dict(idea.brings),
        "still_needed": idea.still_needed,
        "published": idea.published,
        "theme": theme and theme.name,
        "votes": voted and dict(voted.dots),
        "supporters": voted and dict(voted.supporters),
        "read_by": idea.readers,
        "builds": [
            {"kind": build.kind, "text": build.text, "fix": build.fix, "side": build.side, **_credit(build.credit)}
            for build in idea.builds
        ],
        "merged": [
            {
                "number": original.number,
                "title": original.title,
                "pitch": original.pitch,
                "side": original.side,
                **_credit(original.credit),
            }
            for original in idea.merged
        ],
    }


def _credit(credit: Credit) -> dict[str, Any]:
    return {"table": credit.table, "author": credit.author, "organisation": credit.organisation}


def _ranking(report: Report) -> dict[str, Any] | None:
    if report.ranking is None:
        return None
    return {
        "ballots": dict(report.ranking.ballots),
        "by_dots": [_place(idea) for idea in report.ranking.by_dots],
        "two_sided": [_place(idea) for idea in report.ranking.two_sided],
        "by_hand": {
            "ballots": dict(report.ranking.by_hand.ballots),
            "dots": [
                {"number": number, "dots": dict(by_side)} for number, by_side in report.ranking.by_hand.dots.items()
            ],
        },
    }


def _place(idea: RankedIdea) -> dict[str, Any]:
    return {
        "number": idea.number,
        "dots_rank": idea.dots_rank,
        "two_sided_rank": idea.two_sided_rank,
        "total_dots": idea.total_dots,
        "dots": dict(idea.dots),
        "supporters": dict(idea.supporters),
        "shares": dict(idea.shares),
        "balanced": idea.balanced,
    }


def _opinions(opinions: Opinions) -> dict[str, Any]:
    return {
        "shared": [idea.number for idea in opinions.shared],
        "divided": [
            {
                "number": each.idea.number,
                "more": each.more,
                "less": each.less,
                "gap": each.gap,
                "chance": each.chance,
            }
            for each in opinions.divided
        ],
    }


def _groups(found: VoterGroups) -> dict[str, Any]:
    return {
        "sentence": found.sentence,
        "voters": found.voters,
        "silhouette": found.silhouette,
        "stability": found.stability,
        "seed": found.seed,
        "groups": [{"people": group.people, "ideas": [asdict(idea) for idea in group.ideas]} for group in found.groups],
    }


def _card(card: ReportCard) -> dict[str, Any]:
    return {
        "number": card.number,
        "title": card.title,
        "wild_card": card.wild_card,
        "ready": card.ready,
        "missing": list(card.missing),
        "next_step": card.next_step,
        "due": card.due and card.due.isoformat(),
        "members": [
            {
                "organisation": member.organisation,
                "side": member.side,
                "role": str(member.role),
                "owner": member.owner,
                "name": member.name,
            }
            for member in card.members
        ],
        "offers": dict(card.offers),
    }


def _commitment(card: ReportCard, member: ReportMember) -> dict[str, Any]:
    return {
        "name": member.name,
        "organisation": member.organisation,
        "side": member.side,
        "role": str(member.role),
        "idea": card.number,
        "title": card.title,
        "next_step": card.next_step,
        "due": card.due and card.due.isoformat(),
        "changed_since": member.changed,
    }


def _session(session: ReportSession) -> dict[str, Any]:
    return {
        "people_with_wishes": session.people_with_wishes,
        "ratings": session.ratings,
        "mean": session.mean,
        "comments": list(session.comments),
    }


def _clean(value: Any) -> Any:
    """Keep every string in its normal form, even one that came past the services."""
    if isinstance(value, str):
        return normal(value, lines=True)
    if isinstance(value, dict):
        return {_clean(key): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
