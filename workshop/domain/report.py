"""Everything one report says, as one frozen value: exporters add nothing and look nothing up.

A report can be compiled at any second. Before Reveal it has no ranking, because votes stay hidden from everybody; ideas
that may not be read yet are only counted. What the anonymity level hides on the screens is not in the value at all:
`participants_at` and `ideas_at` take it away, and a report that still holds it refuses to exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from workshop.domain.credit import NOBODY, Credit, credit_at
from workshop.domain.event import Anonymity, Event
from workshop.domain.introduction import ShownLine
from workshop.domain.opinion import Opinions, VoterGroups, opinions
from workshop.domain.ranking import RankedIdea, Ranking
from workshop.domain.rating import RatedIdea
from workshop.domain.report_cards import ReportCard, ReportSession


@dataclass(frozen=True, slots=True)
class ReportParticipant:
    """A person in the room, as far as the anonymity level shows them; what it hides is ``None`` or empty."""

    side: str
    sectors: tuple[str, ...] = ()
    table: str | None = None
    name: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class MergedIdea:
    """An original that was merged: it stays readable under the idea that it became part of, with its credit."""

    number: int
    title: str
    pitch: str
    side: str
    credit: Credit = NOBODY


@dataclass(frozen=True, slots=True)
class ReportBuild:
    """What somebody added to an idea: improve, offer, concern (with a proposed fix) or join."""

    kind: str
    text: str
    side: str
    fix: str = ""
    credit: Credit = NOBODY


@dataclass(frozen=True, slots=True)
class ReportIdea:
    """An idea that may be read. ``brings`` says by side key what that side brings.

    ``published`` is False for an idea that its table kept to itself: it is not on the board, so nobody votes on it.
    ``readers`` is how many other tables have read it, ``None`` while that step is still to come.
    """

    number: int
    id: UUID
    title: str
    pitch: str
    side: str
    sectors: tuple[str, ...] = ()
    brings: Mapping[str, str] = field(default_factory=dict)
    still_needed: str = ""
    credit: Credit = NOBODY
    merged: tuple[MergedIdea, ...] = ()
    published: bool = True
    builds: tuple[ReportBuild, ...] = ()
    readers: int | None = None


@dataclass(frozen=True, slots=True)
class ReportTheme:
    """A group of ideas, by their numbers.

    ``words`` join them: each with the numbers of the ideas that say it, best first. ``confidence`` is the share of its
    ideas that say its name (0 to 1), None where people named it.
    """

    id: str
    name: str
    ideas: tuple[int, ...]
    subtitle: str = ""
    colour: str = "#666666"
    confidence: float | None = None
    words: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideTurnout:
    """How many people of one side cast at least one dot, of how many who joined."""

    side: str
    voted: int
    of: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A country or state, and how many people have said that they are from there; never who."""

    place: str
    people: int


@dataclass(frozen=True, slots=True)
class Report:
    """One workshop at one moment.

    ``event`` gives sides, sectors, agenda and prompts; ideas and people name them by key. ``ranking``, ``groups`` and
    ``ratings`` are ``None`` while votes are hidden; otherwise the ranking has ballots for every side of the event, and
    the ratings have every idea by number, or none in a room that rated nothing. ``lines`` are offers and needs.
    ``notes`` are the speaker notes that a person wrote, as paragraphs by key of the slide.
    ``kept_back`` counts ideas that exist and may not be read yet. ``places`` are the places of ideas on the theme map
    (-1 to 1), by number. ``cards`` are the ideas that go on, ``session`` is None before people commit. ``log_head`` is
    the hash of the newest entry of the log: with it anybody can check later that the log behind this report was not
    changed.
    """

    event: Event
    code: str
    compiled_at: datetime
    step: str
    anonymity: Anonymity
    rehearsal: bool
    log_head: str
    participants: tuple[ReportParticipant, ...] = ()
    turnout: tuple[SideTurnout, ...] = ()
    ideas: tuple[ReportIdea, ...] = ()
    kept_back: int = 0
    themes: tuple[ReportTheme, ...] = ()
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    draft_themes: bool = False
    ranking: Ranking | None = None
    groups: VoterGroups | None = None
    cards: tuple[ReportCard, ...] = ()
    session: ReportSession | None = None
    ratings: tuple[RatedIdea, ...] | None = None
    lines: tuple[ShownLine, ...] = ()
    origins: tuple[Origin, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.compiled_at.tzinfo is None:
            raise ValueError("compiled_at needs a time zone")
        level = self.anonymity
        shown = participants_at(level, self.participants), ideas_at(level, self.ideas), lines_at(level, self.lines)
        if shown != (self.participants, self.ideas, self.lines):
            raise ValueError(f"the report holds more than the level {self.anonymity} shows, or in another order")

    @property
    def compiled_local(self) -> datetime:
        """The moment of the report on the clocks of the room."""
        return self.compiled_at.astimezone(ZoneInfo(self.event.time_zone))

    @property
    def votes(self) -> dict[int, RankedIdea]:
        """What was voted, by number of the idea; empty while votes are hidden."""
        return {} if self.ranking is None else {idea.number: idea for idea in self.ranking.by_dots}

    @property
    def card_of(self) -> dict[int, ReportCard]:
        """The card of each idea that goes on, by number of the idea."""
        return {card.number: card for card in self.cards}

    @property
    def rated(self) -> dict[int, RatedIdea]:
        """What the raters say, by number of the idea; empty while votes are hidden."""
        return {idea.number: idea for idea in self.ratings or ()}

    @property
    def opinions(self) -> Opinions | None:
        """What every side supports and what divides the sides; None while votes are hidden."""
        return None if self.ranking is None else opinions(self.ranking)

    @property
    def theme_of(self) -> dict[int, ReportTheme]:
        """The theme of each idea that has one, by number of the idea."""
        return {number: theme for theme in self.themes for number in theme.ideas}

    @property
    def without_theme(self) -> tuple[int, ...]:
        """The ideas that no theme holds: "not sure yet"."""
        themed = self.theme_of
        return tuple(idea.number for idea in self.ideas if idea.number not in themed)


def participants_at(level: Anonymity, participants: Iterable[ReportParticipant]) -> tuple[ReportParticipant, ...]:
    """Return what *level* shows of each person, sorted by what it shows, so that the order of joining tells nothing.

    Anonymous leaves one entry per person with the side only; a table tag adds table and sectors; named shows all.
    """
    if level is Anonymity.ANONYMOUS:
        participants = (ReportParticipant(side=person.side) for person in participants)
    elif level is Anonymity.TABLE_TAG:
        participants = (replace(person, name=None, organisation=None) for person in participants)
    return tuple(sorted(participants, key=_by_table_and_name))


def ideas_at(level: Anonymity, ideas: Iterable[ReportIdea]) -> tuple[ReportIdea, ...]:
    """Return the ideas by number, each with its builds and originals, with the credit that *level* shows."""
    shown = (
        replace(
            idea,
            credit=credit_at(level, idea.credit),
            merged=tuple(replace(original, credit=credit_at(level, original.credit)) for original in idea.merged),
            builds=tuple(replace(build, credit=credit_at(level, build.credit)) for build in idea.builds),
        )
        for idea in ideas
    )
    return tuple(sorted(shown, key=lambda idea: idea.number))


def lines_at(level: Anonymity, lines: Iterable[ShownLine]) -> tuple[ShownLine, ...]:
    """Return offers and needs with the credit that *level* shows, sorted by what it shows."""
    shown = (replace(line, credit=credit_at(level, line.credit)) for line in lines)
    return tuple(
        sorted(shown, key=lambda line: (line.kind, line.side, line.text.casefold(), line.text, line.credit.line))
    )


def _by_table_and_name(person: ReportParticipant) -> tuple[list[str | int], str, str, str, tuple[str, ...]]:
    return (
        natural_order(person.table or ""),
        person.side,
        (person.name or "").casefold(),
        person.organisation or "",
        person.sectors,
    )


def natural_order(name: str) -> list[str | int]:
    """Return a sort key that puts "Table 2" before "Table 10"."""
    return [int(part) if place % 2 else part.casefold() for place, part in enumerate(re.split(r"(\d+)", name))]
