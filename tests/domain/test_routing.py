"""Every idea is read by two other tables whenever the room allows it, and everybody has about the same to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.domain import routing
from workshop.domain.routing import AIM, HAND, Dealt, OnBoard, Reader

SIDES = ("north", "south", "east")
SECTORS = ("a", "b", "c", "d")


def table(number: int, **by_side: int) -> Reader:
    return Reader(UUID(int=number), by_side or {SIDES[number % 3]: 4}, frozenset(SECTORS[number % 4]))


def idea(number: int, home: int | None, *, side: str = "north", sector: str = "") -> OnBoard:
    homes = frozenset() if home is None else frozenset({UUID(int=home)})
    return OnBoard(UUID(int=1000 + number), number, side, homes, frozenset(sector))


def tables(count: int) -> list[Reader]:
    return [table(number) for number in range(1, count + 1)]


def readers_of(dealt: Sequence[Dealt], one: OnBoard) -> set[UUID]:
    return {row.reader for row in dealt if row.idea == one.id and not row.passed_on}


def loads(readers: Sequence[Reader], dealt: Sequence[Dealt]) -> list[int]:
    counted = Counter(row.reader for row in dealt)
    return [counted[reader.id] for reader in readers]


def reads(dealt: Sequence[Dealt], reader: UUID, *ideas: UUID) -> tuple[Dealt, ...]:
    """A table has read these ideas, or all of its hand."""
    return tuple(
        replace(row, read=True) if row.reader == reader and row.hand and (not ideas or row.idea in ideas) else row
        for row in dealt
    )


def play(
    readers: Sequence[Reader], ideas: Sequence[OnBoard], dealt: tuple[Dealt, ...], silent: set[UUID]
) -> tuple[Dealt, ...]:
    """Everybody but the silent reads until nobody has anything left."""
    active = [reader for reader in readers if reader.id not in silent]
    while any(routing.has_open_hand(reader.id, ideas, dealt) for reader in active):
        for reader in active:
            dealt = routing.deal(readers, ideas, reads(dealt, reader.id))
            if not routing.has_open_hand(reader.id, ideas, dealt):
                dealt = routing.more(reader, readers, ideas, dealt, lacking=True)
    return dealt


@st.composite
def rooms(draw: st.DrawFn, fewest: int = 3) -> tuple[list[Reader], list[OnBoard]]:
    """3 to 40 tables with 0 to 3 ideas each, of mixed sides or all of one."""
    count = draw(st.integers(fewest, 40))
    one_side = draw(st.booleans())
    readers = [
        Reader(
            UUID(int=number),
            {side: draw(st.integers(0, 5)) for side in SIDES} | {SIDES[number % 3]: 1},
            frozenset(draw(st.sampled_from(SECTORS))),
        )
        for number in range(1, count + 1)
    ]
    ideas = [
        idea(10 * home + number, home, side=SIDES[0] if one_side else draw(st.sampled_from(SIDES)))
        for home in range(1, count + 1)
        for number in range(draw(st.integers(0, 3)))
    ]
    return readers, ideas


@settings(max_examples=20)
@given(rooms())
def test_every_idea_is_dealt_to_two_other_tables_two_or_three_at_a_time(
    room: tuple[list[Reader], list[OnBoard]],
) -> None:
    readers, ideas = room
    dealt = routing.deal(readers, ideas, ())
    for each in ideas:
        assert len(readers_of(dealt, each) - each.homes) == AIM
        assert not readers_of(dealt, each) & each.homes
    for reader in readers:
        own = [row for row in dealt if row.reader == reader.id]
        hand = sum(row.hand == 1 for row in own)
        assert hand <= HAND
        assert hand >= min(2, len(own)), "nobody gets a hand of one with more to follow"
    assert set(routing.deal(readers, ideas, dealt)) == set(dealt), "what is dealt stays, whoever asks again"


@settings(max_examples=20)
@given(rooms())
def test_loads_differ_by_one_at_most_wherever_that_is_possible(room: tuple[list[Reader], list[OnBoard]]) -> None:
    readers, ideas = room
    found = loads(readers, routing.deal(readers, ideas, ()))
    assert (max(found) - min(found) <= 1) == an_even_dealing_exists(readers, ideas)


def an_even_dealing_exists(readers: Sequence[Reader], ideas: Sequence[OnBoard]) -> bool:
    """By another road, as a flow: each idea sends one to two other tables, each table takes q, and so many one more."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    total = AIM * len(ideas)
    least, one_more = divmod(total, len(readers))
    source, sink, spare = len(ideas) + len(readers), len(ideas) + len(readers) + 1, len(ideas) + len(readers) + 2
    pipes = {(spare, sink): one_more}
    pipes |= {(source, place): AIM for place in range(len(ideas))}
    for place, reader in enumerate(readers, start=len(ideas)):
        pipes |= {(place, sink): least, (place, spare): 1}
        pipes |= {(at, place): 1 for at, each in enumerate(ideas) if reader.id not in each.homes}
    ends = tuple(zip(*pipes, strict=True))
    graph = csr_array((list(pipes.values()), ends), shape=(spare + 1, spare + 1), dtype="int32")
    return bool(maximum_flow(graph, source, sink).flow_value == total)


@settings(max_examples=12)
@given(rooms(fewest=4), st.data())
def test_the_guarantee_holds_without_a_silent_table_because_faster_ones_take_over(
    room: tuple[list[Reader], list[OnBoard]], data: st.DataObject
) -> None:
    readers, ideas = room
    silent = {data.draw(st.sampled_from(readers)).id}
    done = play(readers, ideas, routing.deal(readers, ideas, ()), silent)
    assert all(number >= AIM for number in routing.exposure(ideas, done).values())


@settings(max_examples=25)
@given(rooms(), st.data())
def test_what_a_silent_table_holds_can_be_dealt_again(
    room: tuple[list[Reader], list[OnBoard]], data: st.DataObject
) -> None:
    readers, ideas = room
    silent = data.draw(st.sampled_from(readers)).id
    before = routing.deal(readers, ideas, ())
    passed = tuple(replace(row, passed_on=True) if row.reader == silent else row for row in before)
    after = routing.deal(readers, ideas, passed)
    for each in ideas:
        left = {reader.id for reader in readers} - each.homes - {silent}
        assert len(readers_of(after, each)) == min(AIM, len(left))
    assert not any(row.reader == silent and not row.passed_on for row in after)
    for row in before:
        if row.hand and row.reader != silent:
            assert row in after, "what a table has in its hand stays there"


@settings(max_examples=12)
@given(rooms(fewest=5), st.data())
def test_ideas_and_tables_that_come_late_find_their_place(
    room: tuple[list[Reader], list[OnBoard]], data: st.DataObject
) -> None:
    readers, ideas = room
    late = data.draw(st.integers(0, len(ideas)))
    before = routing.deal(readers[:-1], [each for each in ideas[:late] if readers[-1].id not in each.homes], ())
    before = reads(before, readers[0].id)
    after = routing.deal(readers, ideas, before)
    for each in ideas:
        assert len(readers_of(after, each) - each.homes) == AIM
    assert {row for row in before if row.hand} <= set(after)
    done = play(readers, ideas, after, silent=set())
    assert all(number >= AIM for number in routing.exposure(ideas, done).values())


def test_ideas_of_other_sides_and_of_known_sectors_are_preferred() -> None:
    readers = [table(number, **{SIDES[number % 2]: 5}) for number in range(1, 9)]
    ideas = [idea(number, number, side=SIDES[number % 2], sector=SECTORS[(number + 1) % 4]) for number in range(1, 9)]
    dealt = routing.deal(readers, ideas, ())
    side, sectors = {each.id: each.side for each in ideas}, {each.id: each.sectors for each in ideas}
    known = {reader.id: reader for reader in readers}
    assert all(side[row.idea] not in known[row.reader].by_side for row in dealt)
    fitting = sum(bool(sectors[row.idea] & known[row.reader].sectors) for row in dealt)
    assert fitting >= len(dealt) // 2, "of the two readers one at least knows the sector"


def test_a_table_reads_ideas_of_other_sides_in_its_first_hand() -> None:
    readers = [table(1, north=4), table(2, north=4), table(3, south=4)]
    ideas = [idea(number, 2, side="north") for number in range(1, 4)] + [idea(9, 3, side="south")]
    own = [row for row in routing.deal(readers, ideas, ()) if row.reader == readers[0].id]
    assert ideas[3].id in {row.idea for row in own if row.hand == 1}
    assert sorted(row.hand for row in own) == [0, 0, 1, 1]


def test_the_next_hand_comes_when_the_hand_is_read() -> None:
    readers, ideas = tables(3), [idea(number, 1) for number in range(1, 5)]
    dealt = routing.deal(readers, ideas, ())
    reader = readers[1].id
    first = [row.idea for row in dealt if row.reader == reader and row.hand == 1]
    dealt = routing.deal(readers, ideas, reads(dealt, reader, first[0]))
    assert max(row.hand for row in dealt if row.reader == reader) == 1
    dealt = routing.deal(readers, ideas, reads(dealt, reader, *first))
    assert sorted(row.hand for row in dealt if row.reader == reader) == [1, 1, 2, 2]


def test_an_idea_that_left_the_board_is_nobodys_task_and_opens_the_next_hand() -> None:
    readers, ideas = tables(3), [idea(number, 1) for number in range(1, 5)]
    dealt = routing.deal(readers, ideas, ())
    gone = {row.idea for row in dealt if row.reader == readers[1].id and row.hand == 1}
    left = [each for each in ideas if each.id not in gone]
    after = routing.deal(readers, left, dealt)
    assert routing.has_open_hand(readers[1].id, left, after)
    assert {row.idea for row in after if row.reader == readers[1].id and row.hand == 2} == {each.id for each in left}


def test_whoever_has_read_a_part_has_read_what_it_was_merged_into() -> None:
    readers, ideas = tables(5), [idea(1, 1), idea(2, 2)]
    dealt = reads(routing.deal(readers, ideas, ()), readers[4].id)
    merged = replace(idea(3, None), homes=ideas[0].homes | ideas[1].homes, parts=frozenset({ideas[0].id, ideas[1].id}))
    read = {row.reader for row in dealt if row.read}
    assert routing.exposure([merged], dealt)[merged.id] == len(read)
    after = routing.deal(readers, [merged], dealt)
    assert {row.reader for row in after if row.idea == merged.id} & read == set()
    assert len({row.reader for row in after if row.idea == merged.id} | read) == AIM


def test_an_idea_of_nobodys_table_is_read_by_two_tables_as_well() -> None:
    dealt = routing.deal(tables(2), [idea(1, None)], ())
    assert len({row.reader for row in dealt}) == 2


def test_somebody_without_a_table_has_a_hand_that_counts_as_no_table() -> None:
    readers, ideas = tables(3), [idea(number, 1) for number in range(1, 6)]
    alone = Reader(UUID(int=500), {"north": 1})
    dealt = routing.deal(readers, ideas, ())
    hand = [row for row in routing.more(alone, readers, ideas, dealt, lacking=False) if row.reader == alone.id]
    assert [row.hand for row in hand] == [1] * HAND
    assert set(routing.exposure(ideas, dealt).values()) == {0}


def test_whoever_asks_for_more_gets_what_fewest_have_read_and_never_the_same_again() -> None:
    readers, ideas = tables(6), [idea(number, 1) for number in range(1, 7)]
    dealt = play(readers, ideas, routing.deal(readers, ideas, ()), silent=set())
    reader = readers[1]
    for _ in range(3):
        before = {row.idea for row in dealt if row.reader == reader.id}
        dealt = routing.more(reader, readers, ideas, dealt, lacking=False)
        new = {row.idea for row in dealt if row.reader == reader.id} - before
        assert len(new) <= HAND
        dealt = reads(dealt, reader.id)
    assert {row.idea for row in dealt if row.reader == reader.id} == {each.id for each in ideas}
    assert len(dealt) == len({(row.reader, row.idea) for row in dealt})


@pytest.mark.parametrize(
    ("count", "homes", "says"),
    [
        (0, (1,), "no other table with people"),
        (1, (1,), "no other table with people"),
        (2, (1, 2), "Only two tables have people"),
        (3, (1, 2, 3), ""),
        (3, (), "No idea is on the board yet"),
    ],
)
def test_where_it_cannot_hold_the_app_says_why(count: int, homes: tuple[int, ...], says: str) -> None:
    found = routing.shortage(tables(count), [idea(home, home) for home in homes])
    assert says in found if says else found == ""


def test_an_idea_that_was_merged_from_too_many_tables_is_named() -> None:
    merged = replace(idea(7, None), homes=frozenset(UUID(int=number) for number in (1, 2)))
    assert "#7" in routing.shortage(tables(3), [merged])
    assert len(routing.deal(tables(3), [merged], ())) == 1


def test_with_two_tables_each_idea_is_read_by_the_other_one() -> None:
    readers, ideas = tables(2), [idea(1, 1), idea(2, 2)]
    assert routing.aim_of(readers) == 1
    assert sorted(loads(readers, routing.deal(readers, ideas, ()))) == [1, 1]
