"""Facts of a report as slides, documents and tables tell them: counts by side, what comes later, who promised what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from workshop.domain.event import AgendaItem
from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report, ReportBuild, ReportIdea, ReportTheme
from workshop.domain.report_cards import ReportCard, ReportMember
from workshop.domain.take_away import TakeAway
from workshop.reporting import words

_UNSURE_NAME = 0.22


@dataclass(frozen=True, slots=True)
class Commitment:
    """One confirmed role, and the card that it stands on."""

    card: ReportCard
    member: ReportMember


def titles(report: Report) -> dict[int, str]:
    """The title of each idea by its number."""
    return {idea.number: idea.title for idea in report.ideas}


def shorts(report: Report) -> dict[str, str]:
    """The short name of each side by its key."""
    return {side.key: side.short for side in report.event.sides}


def is_guess(theme: ReportTheme) -> bool:
    """Whether a theme's name is one that so few of its ideas say that it has to be marked as a guess."""
    return theme.confidence is not None and theme.confidence < _UNSURE_NAME


def by_side(report: Report, counted: Mapping[str, int]) -> str:
    """Return "EU 48, US 12"."""
    return ", ".join(f"{side.short} {counted.get(side.key, 0)}" for side in report.event.sides)


def people_by_side(report: Report) -> dict[str, int]:
    counted = Counter(person.side for person in report.participants)
    return {side.key: counted[side.key] for side in report.event.sides}


def ideas_by_side(report: Report, theme: ReportTheme | None = None) -> dict[str, int]:
    """How many ideas each side wrote, in one theme or in all."""
    wanted = None if theme is None else set(theme.ideas)
    counted = Counter(idea.side for idea in report.ideas if wanted is None or idea.number in wanted)
    return {side.key: counted[side.key] for side in report.event.sides}


def alone(report: Report) -> tuple[ReportIdea, ...]:
    """Ideas on the board that no theme holds."""
    without = set(report.without_theme)
    return tuple(idea for idea in report.ideas if idea.published and idea.number in without)


def joining_words(theme: ReportTheme) -> str:
    """The words that join a theme, each with how many of its ideas say it."""
    return ", ".join(words.JOINING_WORD.format(word, len(ideas)) for word, ideas in theme.words.items())


def themes_by_size(report: Report) -> list[ReportTheme]:
    return sorted(report.themes, key=lambda theme: (-len(theme.ideas), theme.name))


def supporters(report: Report, idea: RankedIdea) -> str:
    """Return "EU 12 of 40, US 5 of 11": supporters of all ballots."""
    ballots = report.ranking.ballots if report.ranking else {}
    return ", ".join(
        f"{side.short} {idea.supporters.get(side.key, 0)} of {ballots.get(side.key, 0)}" for side in report.event.sides
    )


def commitments(report: Report) -> tuple[Commitment, ...]:
    """Every confirmed role, in the order of the cards."""
    return tuple(Commitment(card, member) for card in report.cards for member in card.commitments)


def who(member: ReportMember) -> str:
    """Who confirmed: name and organisation."""
    return ", ".join(filter(None, (member.name, member.organisation)))


def role(report: Report, member: ReportMember) -> str:
    """Return "EU pilot site"."""
    return f"{shorts(report).get(member.side, member.side)} {member.role.words}"


def on_card(card: ReportCard, side: str) -> tuple[str, ...]:
    """The organisations of one side on a card, each once, the owner's first; the role of a member that named none."""
    members = sorted((one for one in card.members if one.side == side), key=lambda one: not one.owner)
    return tuple(dict.fromkeys(one.organisation or one.role.words for one in members))


def build_line(report: Report, build: ReportBuild) -> str:
    """Return "Improve: Begin with two sites. (US, Table 4)"."""
    fix = f" {words.FIX.format(build.fix)}" if build.fix else ""
    origin = ", ".join(filter(None, (shorts(report).get(build.side, build.side), build.credit.line)))
    return f"{words.BUILD[build.kind]}: {build.text or words.WOULD_JOIN}{fix} ({origin})"


def stayed(report: Report) -> tuple[ReportIdea, ...]:
    """Ideas on the board that do not go on, best supported first once votes are revealed."""
    going, votes = {card.number for card in report.cards}, report.votes
    left = (idea for idea in report.ideas if idea.published and idea.number not in going)
    return tuple(sorted(left, key=lambda idea: _place(votes.get(idea.number))))


def later_today(report: Report | TakeAway) -> tuple[AgendaItem, ...]:
    """What stands in the programme from the end of the session on."""
    return tuple(item for item in report.event.agenda if item.starts >= report.event.ends)


def _place(voted: RankedIdea | None) -> tuple[int, int]:
    return (voted.two_sided_rank or 0, voted.dots_rank) if voted else (0, 0)
