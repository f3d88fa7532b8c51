"""A take-away as a page of values: the same words on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop.domain.event import AgendaItem, Event
from workshop.domain.ranking import RankedIdea
from workshop.domain.report_cards import ReportCard, ReportMember
from workshop.domain.take_away import BoardIdea
from workshop.reporting import words


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of one side's ballots support an idea: a share of them (0 to 1), and the count in words."""

    side: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a part. ``side`` is the key of the side that it belongs to, if it does."""

    head: str
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    side: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its entries; ``empty`` is what it says without any."""

    key: str
    title: str
    entries: tuple[Entry, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What one person or one organisation takes along: one page, unless there is more of it."""

    title: str
    side: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]


def filled(*parts: Part) -> tuple[Part, ...]:
    """Those of the parts that have something to say."""
    return tuple(part for part in parts if part.entries or part.empty)


def name_of(number: int, title: str) -> str:
    """Return "#14 Hydrogen barges"."""
    return f"#{number} {title}"


def became(idea: BoardIdea, ballots: Mapping[str, int] | None, *, picked: bool) -> Iterator[str]:
    """How far an idea of the board came, in sentences."""
    if idea.theme:
        yield words.THEME_OF.format(idea.theme)
    if idea.votes and ballots is not None and any(ballots.values()):
        yield _places(idea.votes)
    if idea.missing is not None:
        yield words.GOES_ON_NEEDS.format(words.listed(idea.missing)) if idea.missing else words.GOES_ON_READY
    elif picked:
        yield words.STAYS


def bars(votes: RankedIdea | None, event: Event, ballots: Mapping[str, int] | None) -> tuple[Bar, ...]:
    """One bar per side; none while votes are hidden or nobody has voted."""
    if votes is None or ballots is None or not any(ballots.values()):
        return ()
    return tuple(
        Bar(
            side.key,
            votes.shares.get(side.key) or 0.0,
            words.OF_BALLOTS.format(votes.supporters.get(side.key, 0), ballots.get(side.key, 0)),
        )
        for side in event.sides
    )


def plan(card: ReportCard) -> str:
    """What comes next on a card."""
    if not card.next_step:
        return words.NOT_PLANNED
    if card.due is None:
        return words.PLANNED.format(card.next_step)
    step = card.next_step if card.next_step.endswith((".", "!", "?")) else f"{card.next_step}."
    return words.PLANNED_BY.format(step, words.brief_day(card.due))


def needs(card: ReportCard) -> tuple[str, ...]:
    """What a card still needs, in a sentence; nothing when it is ready."""
    return (f"{words.STILL_NEEDS.format(words.listed(card.missing))}.",) if card.missing else ()


def on_card(card: ReportCard, member: ReportMember) -> str:
    """In which role an organisation is on a card, with the name of whoever confirmed it."""
    name = member.name if member.organisation else None
    if name is None:
        return words.ON_CARD.format(card.number, member.role.words)
    return words.ON_CARD_NAMED.format(card.number, member.role.words, name)


def afternoon(items: tuple[AgendaItem, ...]) -> Part:
    """The programme from the end of the session on."""
    entries = (Entry(f"{words.span(item.starts, item.ends)} {item.title}", item.speakers) for item in items)
    return Part("next", words.NEXT_TODAY, tuple(entries))


def _places(votes: RankedIdea) -> str:
    dots = words.count(votes.total_dots, words.A_DOT)
    if votes.two_sided_rank is None or not votes.balanced:
        return words.PLACES.format(dots, votes.dots_rank)
    return words.PLACES_BOTH.format(dots, votes.two_sided_rank, votes.dots_rank)
