"""Who reads which ideas in “Build on others”: every idea by at least two other tables, two or three at a time.

What a table has seen stays with it; what waits for its next hand may still go to another table, so that ideas and
tables that come late find their place and loads stay even (`domain.balancing`). A table reads ideas of other sides
first, then of its own sectors. The same room gives the same hands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from uuid import UUID

from workshop.domain import balancing

AIM, HAND = 2, 3
"""How many other tables shall read an idea, and how many ideas are in a hand at most."""

_SIDES = 4
"""A table all of the idea's own side is that much worse than a table of other sides; a foreign sector costs 1."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A table with people: how many of each side, and the sectors that they know. Or one person without a table."""

    id: UUID
    by_side: Mapping[str, int]
    sectors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OnBoard:
    """An idea on the board. ``homes`` are the tables it comes from, or its author where that is nobody's table.

    ``parts`` are the ideas that were merged into it: whoever has read one of them has read it.
    """

    id: UUID
    number: int
    side: str
    homes: frozenset[UUID]
    sectors: frozenset[str] = frozenset()
    parts: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Dealt:
    """An idea that a reader has. ``hand`` counts from 1, 0 while it waits; ``passed_on`` was taken away unread."""

    reader: UUID
    idea: UUID
    hand: int = 0
    read: bool = False
    passed_on: bool = False


def deal(readers: Sequence[Reader], ideas: Sequence[OnBoard], dealt: Iterable[Dealt]) -> tuple[Dealt, ...]:
    """Give every idea its readers, and every reader who has nothing left to read the next hand.

    Rows of ideas that are off the board stay as they are. A reader from whom ideas were passed on is dealt nothing
    until they ask for `more`.
    """
    rows, place = list(dealt), {reader.id: index for index, reader in enumerate(readers)}
    waiting, seen = _by_idea(filter(_waits, rows)), _by_idea(row for row in rows if not _waits(row))
    resting = {row.reader for row in rows if row.passed_on}
    loads = [0] * len(readers)
    for row in rows:
        if row.reader in place and not _waits(row):
            loads[place[row.reader]] += 1
    needed, allowed, now = [], [], []
    for idea in ideas:
        mine = [*seen.get(idea.id, ()), *(row for part in idea.parts for row in seen.get(part, ()) if row.read)]
        having = {row.reader for row in mine if row.read or (row.reader in place and not row.passed_on)}
        needed.append(max(0, AIM - len(having - idea.homes)))
        free = place.keys() - idea.homes - {row.reader for row in mine} - resting
        allowed.append({place[reader] for reader in free})
        now.append({place[row.reader] for row in waiting.get(idea.id, ()) if row.reader in place})
    cost = cache(lambda idea, reader: _misfit(ideas[idea], readers[reader]))
    found = balancing.spread(needed, allowed, loads, now, cost)
    fresh = [Dealt(readers[at].id, idea.id) for idea, takers in zip(ideas, found, strict=True) for at in sorted(takers)]
    return _with_hands(readers, ideas, [*(row for row in rows if not _waits(row)), *fresh])


def more(
    reader: Reader, readers: Sequence[Reader], ideas: Sequence[OnBoard], dealt: Iterable[Dealt], *, lacking: bool
) -> tuple[Dealt, ...]:
    """A further hand for a reader who has read everything: what fewest have read, and others do not hold either.

    With ``lacking`` only ideas that not enough tables have read yet. What was passed on is theirs to read again.
    """
    rows = [row for row in dealt if not (row.reader == reader.id and row.passed_on)]
    if has_open_hand(reader.id, ideas, rows):
        return tuple(rows)
    own = {row.idea for row in rows if row.reader == reader.id}
    read, aim = exposure(ideas, (row for row in rows if row.reader != reader.id)), aim_of(readers)
    held = Counter(row.idea for row in rows if not row.passed_on)
    open_to = [
        idea
        for idea in ideas
        if reader.id not in idea.homes and not own & {idea.id, *idea.parts} and (not lacking or read[idea.id] < aim)
    ]
    open_to.sort(key=lambda idea: (read[idea.id], held[idea.id], _misfit(idea, reader), idea.number))
    hand = 1 + max((row.hand for row in rows if row.reader == reader.id), default=0)
    return (*rows, *(Dealt(reader.id, idea.id, hand) for idea in open_to[:HAND]))


def exposure(ideas: Sequence[OnBoard], dealt: Iterable[Dealt]) -> dict[UUID, int]:
    """How many other tables have read each idea, from what was dealt to tables."""
    read = _by_idea(row for row in dealt if row.read)
    return {
        idea.id: len({row.reader for part in (idea.id, *idea.parts) for row in read.get(part, ())} - idea.homes)
        for idea in ideas
    }


def has_open_hand(reader: UUID, ideas: Sequence[OnBoard], dealt: Iterable[Dealt]) -> bool:
    """Whether a reader has an idea in front of them that they have not read."""
    on_board = {idea.id for idea in ideas}
    return any(row.reader == reader and _is_open(row) and row.idea in on_board for row in dealt)


def aim_of(readers: Sequence[Reader]) -> int:
    """How many other tables can read an idea in this room, two at most."""
    return max(0, min(AIM, len(readers) - 1))


def shortage(readers: Sequence[Reader], ideas: Sequence[OnBoard]) -> str:
    """Why not every idea can be read by two other tables, in a sentence; empty where it can."""
    if not ideas:
        return "No idea is on the board yet. As soon as tables publish some, they are dealt to other tables."
    tables = {reader.id for reader in readers}
    if len(tables) < 2:
        return "Ideas are read by other tables, and there is no other table with people yet."
    if len(tables) == AIM:
        return "Only two tables have people, so one other table reads each idea. Two readers need a third table."
    short = [f"#{idea.number}" for idea in ideas if len(tables - idea.homes) < AIM]
    if short:
        return f"Fewer than two other tables are left to read {', '.join(short)}: it was merged from so many."
    return ""


def _with_hands(readers: Sequence[Reader], ideas: Sequence[OnBoard], rows: Sequence[Dealt]) -> tuple[Dealt, ...]:
    by_id, of_reader = {idea.id: idea for idea in ideas}, _by_reader(rows)
    opened: dict[Dealt, Dealt] = {}
    for reader in readers:
        mine = of_reader.get(reader.id, [])
        waiting = [row for row in mine if _waits(row)]
        if waiting and not has_open_hand(reader.id, ideas, mine):
            waiting.sort(key=lambda row, reader=reader: (_misfit(by_id[row.idea], reader), by_id[row.idea].number))  # type: ignore[misc]
            hand = 1 + max(row.hand for row in mine)
            opened |= {row: replace(row, hand=hand) for row in waiting[: _size(len(waiting))]}
    return tuple(opened.get(row, row) for row in rows)


def _by_idea(rows: Iterable[Dealt]) -> dict[UUID, list[Dealt]]:
    found: dict[UUID, list[Dealt]] = {}
    for row in rows:
        found.setdefault(row.idea, []).append(row)
    return found


def _by_reader(rows: Iterable[Dealt]) -> dict[UUID, list[Dealt]]:
    found: dict[UUID, list[Dealt]] = {}
    for row in rows:
        found.setdefault(row.reader, []).append(row)
    return found


def _size(waiting: int) -> int:
    """Of four ideas two and two, not three and one."""
    return ceil(waiting / ceil(waiting / HAND))


def _waits(row: Dealt) -> bool:
    return not row.hand and not row.read and not row.passed_on


def _is_open(row: Dealt) -> bool:
    return row.hand > 0 and not row.read and not row.passed_on


def _misfit(idea: OnBoard, reader: Reader) -> int:
    people = sum(reader.by_side.values())
    own_side = _SIDES * reader.by_side.get(idea.side, 0) / people if people else 0
    foreign = bool(idea.sectors) and not idea.sectors & reader.sectors
    return 2 * round(own_side) + foreign
