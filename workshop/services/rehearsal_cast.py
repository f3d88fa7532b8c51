"""Who plays in a rehearsal: invented people, spread over sides, sectors and tables like a room, and who writes what.

The same seed gives the same people at the same tables with the same ideas.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from workshop.domain.event import Event
from workshop.services.rehearsal_ideas import IdeaText
from workshop.settings import PROJECT

PEOPLE = PROJECT / "data" / "ideas" / "people.csv"
AROUND_A_TABLE = 6

_IDEAS_AT_A_TABLE, _MOST_TABLES = 40, 200

_TWO_SIDES = (47, 13)
"""People of each side, like the delegations of the built-in event: the second side is the smaller one."""

_IDEAS_EACH = (0, 1, 1, 1, 2, 2, 2, 2, 2, 3)
"""What people in a room write when nobody gives them a file; one of them is drawn for each person."""


@dataclass(frozen=True, slots=True)
class Character:
    """An invented person. ``table`` counts from 0; ``place`` is the country or state, empty where nobody would say."""

    name: str
    organisation: str
    side: str
    sectors: tuple[str, ...]
    table: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An idea and the place of its author in the cast."""

    author: int
    text: IdeaText


def cast(event: Event, *, people: int, tables: int, seed: int) -> tuple[Character, ...]:
    """Invent so many people in the order in which they arrive."""
    chance = Random(f"{seed} people")  # noqa: S311  a rehearsal, not a secret
    names = _names(chance)
    sides = [side for side, number in _by_side(event, people).items() for _ in range(number)]
    chance.shuffle(sides)
    rows = {side.key: _rows(event, side.key, chance) for side in event.sides}
    characters = []
    for place, side in enumerate(sides):
        row = next(rows[side], None)
        name, organisation, sectors, home = row or (next(names), *_workplace(event, side, chance), "")
        characters.append(Character(name, organisation, side, sectors, place % tables, home))
    return tuple(characters)


def tables_for(event: Event, *, people: int, ideas: int) -> int:
    """How many tables the room sets: about six people around each, closer together when the event has no more tables.

    A table publishes 40 ideas at most, so that many ideas need more tables.
    """
    seats = event.limits.seats_per_table
    wanted = ceil(people / min(AROUND_A_TABLE, seats))
    if wanted > len(event.tables):
        wanted = max(len(event.tables), ceil(people / seats))
    return min(max(wanted, ceil(ideas / _IDEAS_AT_A_TABLE)), people, _MOST_TABLES)


def parts(
    texts: Sequence[IdeaText], people: Sequence[Character], *, most_each: int, everything: bool, seed: int
) -> tuple[Part, ...]:
    """Say who writes what, as far as possible somebody of the side that an idea names.

    With *everything* each text finds an author; without it people write as few as people do, and texts are left over.
    """
    chance = Random(f"{seed} authors")  # noqa: S311  a rehearsal, not a secret
    left = Counter({place: _how_many(most_each, chance, everything=everything) for place in range(len(people))})
    sides = {person.side for person in people}
    found = []
    for text in chance.sample(texts, len(texts)):
        free = [place for place, ideas in left.items() if ideas]
        same = [place for place in free if people[place].side == text.side]
        willing = same or (free if everything or text.side not in sides else [])
        if willing:
            author = max(willing, key=lambda place: (left[place], chance.random()))
            left[author] -= 1
            found.append(Part(author, text))
    chance.shuffle(found)
    return tuple(found)


def _how_many(most_each: int, chance: Random, *, everything: bool) -> int:
    return most_each if everything else min(most_each, chance.choice(_IDEAS_EACH))


def _by_side(event: Event, people: int) -> dict[str, int]:
    """Split the people so that every side is there, the first ones larger."""
    weights = _TWO_SIDES if len(event.sides) == 2 else tuple(range(len(event.sides), 0, -1))
    numbers = [max(people * weight // sum(weights), people >= len(weights)) for weight in weights]
    numbers[0] += people - sum(numbers)
    return dict(zip((side.key for side in event.sides), numbers, strict=True))


def _rows(event: Event, side: str, chance: Random) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """The people of the bundled list who belong to this side and whose sectors the event has."""
    known = {sector.key for sector in event.sectors}
    rows = [row for row in _listed() if row["side"] == side]
    for row in chance.sample(rows, len(rows)):
        sectors = tuple(key for key in row["sectors"].split(";") if key in known)
        yield row["name"], row["organisation"], sectors, _home(row)


def _home(row: dict[str, str]) -> str:
    """The state that stands behind the name of an organisation, else the country."""
    return row["organisation"].rpartition(", ")[2] if ", " in row["organisation"] else row["country"]


def _names(chance: Random) -> Iterator[str]:
    """Names without end: those of the list, put together anew."""
    taken = {row["name"] for row in _listed()}
    first = sorted({name.split()[0] for name in taken})
    last = sorted({name.split()[-1] for name in taken})
    while True:
        name = f"{chance.choice(first)} {chance.choice(last)}"
        for number in range(1, 10_000):
            numbered = name if number == 1 else f"{name} {number}"
            if numbered not in taken:
                taken.add(numbered)
                yield numbered
                break


def _workplace(event: Event, side: str, chance: Random) -> tuple[str, tuple[str, ...]]:
    """An organisation that the event expects on this side, if there is one, and one or two sectors."""
    expected = [organisation for organisation in event.organisations if organisation.side == side]
    organisation = chance.choice(expected) if expected else None
    keys = [sector.key for sector in event.sectors]
    drawn = tuple(chance.sample(keys, min(len(keys), chance.choice((1, 1, 2)))))
    return organisation.name if organisation else "", (organisation.sectors if organisation else ()) or drawn


def _listed() -> list[dict[str, str]]:
    with PEOPLE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
