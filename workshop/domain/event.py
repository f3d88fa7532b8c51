"""An event as it is prepared before anybody comes: agenda, sides, sectors, tables, run of show, limits.

Nothing here is bound to one event. All of it is read from a file (`workshop.domain.event_file`) or edited on the
organiser's page; a running session of an event is a workshop and lives elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from workshop.errors import NotFound


class StepKind(StrEnum):
    """What a step is: it decides what phones may do and which picture the wall shows."""

    ARRIVE = "arrive"
    WARM_UP = "warm_up"
    WRITE = "write_alone"
    SHARE = "share_at_the_table"
    BUILD = "build_on_others"
    THEMES = "themes"
    VOTE = "vote_blind"
    RATE = "rate"
    REVEAL = "reveal"
    CONSORTIUM = "consortium"
    PITCH = "pitch"
    COMMIT = "commit"
    CLOSING = "closing"


OPEN_ENDED_KINDS: frozenset[StepKind] = frozenset({StepKind.ARRIVE, StepKind.CLOSING})
"""The kinds without a clock: they last until a person opens the next step, so they have 0 minutes."""

BUILDS_PER_PERSON = 12
"""How many builds one person may send where the event says nothing else."""

SHAPES: tuple[str, ...] = ("circle", "square", "triangle", "diamond", "star", "cross")
"""The shapes a side may have: colour alone does not tell two sides apart for everybody."""


class Anonymity(StrEnum):
    """Whose name stands beside a raw idea. The same level holds on every screen and in every export."""

    ANONYMOUS = "anonymous"
    TABLE_TAG = "table_tag"
    NAMED = "named"


class Paper(StrEnum):
    """What reports are printed on."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def millimetres(self) -> tuple[float, float]:
        """Width and height of a sheet that stands upright."""
        return (215.9, 279.4) if self is Paper.LETTER else (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the parties that meet, for example EU and US. Support is counted per side."""

    key: str
    name: str
    short: str
    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A field of work that organisations and ideas belong to."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that is expected in the room; people pick theirs from this list or type another one."""

    name: str
    side: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Venue:
    """Where the room is. Latitude and longitude are decimal degrees, north and east positive."""

    name: str
    street: str
    city: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Registration:
    """Until when people could register, in the event's local time, and what the invitation says about seats."""

    closes_on: date
    closes: time
    note: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that helps people to start in one kind of step."""

    step: StepKind
    text: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the day's programme, in local time; ``ends`` is None where the programme does not say."""

    starts: time
    ends: time | None
    title: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the run of show. ``instruction`` is for phones, ``wall`` for the wall; 0 minutes: open-ended."""

    key: str
    kind: StepKind
    title: str
    instruction: str
    wall: str
    minutes: int
    least_minutes: int


@dataclass(frozen=True, slots=True)
class ReadyRun:
    """A run of show that any event can take over; ``note`` says what it is good for."""

    title: str
    note: str
    run_of_show: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """What its steps add up to."""
        return sum(step.minutes for step in self.run_of_show)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much fits: people, tables, ideas, builds, dots and ratings. All are enforced on the server."""

    people: int
    tables: int
    seats_per_table: int
    ideas_per_person: int
    ideas_per_table: int
    published_per_table: int
    dots: int
    dots_per_idea: int
    late_save_seconds: int
    offers_per_person: int = 3
    builds_per_person: int = BUILDS_PER_PERSON
    ideas_to_rate: int = 4


@dataclass(frozen=True, slots=True)
class Event:
    """Everything that is fixed before the doors open. ``title`` names the co-creation session, ``name`` the day.

    An idea has one "brings" field per side and one for what is still needed: they follow from ``sides``.
    ``starts`` and ``ends`` are local times of the session on ``date``; ``consent`` is the notice before joining.
    """

    key: str
    name: str
    title: str
    host: str
    venue: Venue
    time_zone: str
    date: date
    starts: time
    ends: time
    languages: tuple[str, ...]
    sides: tuple[Side, ...]
    sectors: tuple[Sector, ...]
    tables: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    prompts: tuple[Prompt, ...]
    agenda: tuple[AgendaItem, ...]
    run_of_show: tuple[Step, ...]
    limits: Limits
    anonymity: Anonymity
    retention_days: int
    consent: str
    registration: Registration | None = None
    paper: Paper = Paper.A4

    @property
    def starts_at(self) -> datetime:
        """The planned start of the session, in UTC."""
        return to_utc(self.date, self.starts, self.time_zone)

    @property
    def ends_at(self) -> datetime:
        """The planned end of the session, in UTC."""
        return to_utc(self.date, self.ends, self.time_zone)

    @property
    def registration_closes_at(self) -> datetime | None:
        """When registration closed, in UTC; None where the event says nothing about it."""
        if self.registration is None:
            return None
        return to_utc(self.registration.closes_on, self.registration.closes, self.time_zone)

    @property
    def planned_minutes(self) -> int:
        """What the steps of the run of show add up to."""
        return sum(step.minutes for step in self.run_of_show)

    def side(self, key: str) -> Side:
        """The side with this key; NotFound names the sides that exist."""
        return _pick(self.sides, key, "side")

    def sector(self, key: str) -> Sector:
        """The sector with this key; NotFound names the sectors that exist."""
        return _pick(self.sectors, key, "sector")

    def step(self, key: str) -> Step:
        """The step with this key; NotFound names the steps that exist."""
        return _pick(self.run_of_show, key, "step")

    def prompts_for(self, kind: StepKind) -> tuple[str, ...]:
        """The questions for one kind of step, in the order of the file."""
        return tuple(prompt.text for prompt in self.prompts if prompt.step is kind)


def to_utc(day: date, at: time, time_zone: str) -> datetime:
    """The moment when the clocks of *time_zone* show *at* on *day*, in UTC."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


def _pick(things: Iterable[_K], key: str, what: str) -> _K:
    known = {thing.key: thing for thing in things}
    if key in known:
        return known[key]
    raise NotFound(f'This event has no {what} "{key}". It has: {", ".join(known)}.')
