"""A moderator begins a rehearsal, stops and clears it; it never touches the workshop that it was begun from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from tests.services.room import Room
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import access, clock, desks, log, people, rehearsal_desk, topics, workshops
from workshop.services.rehearsal_desk import Begun, Phase
from workshop.storage import Database


@pytest.fixture
def begun(db: Database, room: Room) -> Iterator[Begun]:
    """A rehearsal that waits to be played; gone at the end, because one plays at a time."""
    yield rehearsal_desk.begin(db, room.moderator, people=8, minutes=1)
    if rehearsal_desk.of(db, room.moderator) is not None:
        rehearsal_desk.stop(db, room.moderator)
        rehearsal_desk.clear(db, room.moderator)


def phase(db: Database, room: Room) -> Phase | None:
    found = rehearsal_desk.of(db, room.moderator)
    return found and found.phase


def laptop_of(room: Room) -> str:
    """A browser that has used a moderator link of this room."""
    device = f"laptop in {room.id}"
    access.claim(room.db, access.invite(room.db, room.organiser, "moderator"), device=device)
    return device


def test_it_plays_to_the_end_in_a_workshop_of_its_own_and_one_click_clears_it(db: Database, room: Room) -> None:
    begun = rehearsal_desk.begin(db, room.moderator, people=8, minutes=0)
    before = topics.revisions(db, room.id)
    rehearsal_desk.play(db, begun.id, goes_on=lambda: True, wait=lambda _: None)
    moderator, _ = access.for_command_line(begun.id)
    assert phase(db, room) is Phase.OVER
    assert people.headcount(db, moderator).people == 8
    assert workshops.of(db, moderator).rehearsal
    assert log.verify(db, moderator) is None
    assert people.headcount(db, room.moderator).people == 0
    changed = {name for name, now in topics.revisions(db, room.id).items() if now != before.get(name)}
    assert changed == {topics.REHEARSAL}
    rehearsal_desk.clear(db, room.moderator)
    assert phase(db, room) is None
    assert workshops.find(db, begun.code) is None
    rehearsal_desk.clear(db, room.moderator)


def test_one_rehearsal_plays_at_a_time_and_the_next_one_clears_the_last(db: Database, room: Room, begun: Begun) -> None:
    for other in (room, Room(db)):
        with pytest.raises(Conflict, match="playing already"):
            rehearsal_desk.begin(db, other.moderator)
    with pytest.raises(Conflict, match="Stop it first"):
        rehearsal_desk.clear(db, room.moderator)
    rehearsal_desk.stop(db, room.moderator)
    again = rehearsal_desk.begin(db, room.moderator, people=8)
    assert (phase(db, room), again.id != begun.id) == (Phase.PLAYING, True)
    assert workshops.find(db, begun.code) is None


@pytest.mark.parametrize("at_its_own_desk", [False, True])
def test_it_stops_where_it_is_when_somebody_says_so_on_either_desk(
    db: Database, room: Room, begun: Begun, *, at_its_own_desk: bool
) -> None:
    moderator = access.for_command_line(begun.id)[0] if at_its_own_desk else room.moderator
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        rehearsal_desk.stop(db, moderator)
        rehearsal_desk.stop(db, moderator)

    rehearsal_desk.play(db, begun.id, goes_on=lambda: True, wait=wait)
    assert len(waits) == 1
    assert phase(db, room) is Phase.STOPPED


def test_two_servers_play_it_once_stop_it_for_both_and_clear_it(db: Database, db_url: str, room: Room) -> None:
    """One plays; the other stops it in the middle, clears it and begins the next one, all between two acts."""
    with closing(Database.open(db_url)) as elsewhere:
        begun = rehearsal_desk.begin(db, room.moderator, people=6, minutes=1)
        with pytest.raises(Conflict, match="playing already"):
            rehearsal_desk.begin(elsewhere, room.moderator)
        seen = rehearsal_desk.of(elsewhere, room.moderator)
        following: list[Begun] = []

        def wait(_: float) -> None:
            rehearsal_desk.stop(elsewhere, room.moderator)
            rehearsal_desk.clear(elsewhere, room.moderator)
            following.append(rehearsal_desk.begin(elsewhere, room.moderator, people=6, minutes=1))

        rehearsal_desk.play(db, begun.id, goes_on=lambda: True, wait=wait)
        assert (seen, workshops.find(db, begun.code), len(following)) == (begun, None, 1)
        assert rehearsal_desk.of(db, room.moderator) == following[0]
        rehearsal_desk.stop(db, room.moderator)
        rehearsal_desk.play(
            elsewhere, following[0].id, goes_on=lambda: pytest.fail("it was stopped"), wait=lambda _: None
        )
        rehearsal_desk.clear(elsewhere, room.moderator)
    assert phase(db, room) is None


def test_a_server_that_stops_says_so_and_one_that_was_killed_is_noticed(
    db: Database, room: Room, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(minutes=4)
    with monkeypatch.context() as at:
        at.setattr(clock, "now", lambda: later)
        assert phase(db, room) is Phase.STOPPED
    rehearsal_desk.play(db, begun.id, goes_on=lambda: False, wait=lambda _: None)
    assert phase(db, room) is Phase.STOPPED
    rehearsal_desk.play(db, begun.id, goes_on=lambda: pytest.fail("it was stopped"), wait=lambda _: None)


def test_a_rehearsal_that_is_removed_while_it_plays_just_ends(db: Database, room: Room, begun: Begun) -> None:
    rehearsal_desk.play(db, begun.id, goes_on=lambda: True, wait=lambda _: workshops.clear_rehearsals(db) and None)
    assert phase(db, room) is None
    with pytest.raises(NotFound, match="no rehearsal"):
        rehearsal_desk.stop(db, room.moderator)


def test_a_real_workshop_is_never_played(db: Database, room: Room) -> None:
    rehearsal_desk.play(db, room.id, goes_on=lambda: pytest.fail("it plays"), wait=lambda _: None)
    assert people.headcount(db, room.moderator).people == 0


def test_a_moderator_goes_to_the_desk_of_the_rehearsal_and_back_in_the_same_browser(
    db: Database, room: Room, begun: Begun
) -> None:
    laptop = laptop_of(room)
    there = desks.sit_down(db, begun.code, device=laptop)
    assert desks.sit_down(db, begun.code.lower(), device=laptop) == there
    at_rehearsal = access.moderator(db, grant_id=str(there), device=laptop)
    assert at_rehearsal.workshop_id == begun.id
    code = rehearsal_desk.home(db, begun)
    assert code is not None
    back = access.moderator(db, grant_id=str(desks.sit_down(db, code, device=laptop)), device=laptop)
    assert back.workshop_id == room.id


def test_nobody_else_sits_down_at_a_desk(db: Database, room: Room, begun: Begun) -> None:
    elsewhere = Room(db)
    code = workshops.of(db, room.moderator).code
    refusals = set()
    for device, wanted in (
        ("a phone", begun.code),
        ("a phone", code),
        ("a phone", "NOCODE"),
        (laptop_of(elsewhere), begun.code),
        (laptop_of(elsewhere), code),
    ):
        with pytest.raises(NotAllowed) as refusal:
            desks.sit_down(db, wanted, device=device)
        refusals.add(str(refusal.value))
    assert len(refusals) == 1, "a code that nobody has is refused in other words than a foreign one"
    assert rehearsal_desk.of(db, elsewhere.moderator) is None


def test_a_moderator_whose_link_was_taken_back_does_not_sit_down_any_more(
    db: Database, room: Room, begun: Begun
) -> None:
    laptop = laptop_of(room)
    grant = desks.sit_down(db, workshops.of(db, room.moderator).code, device=laptop)
    access.revoke(db, room.organiser, grant)
    with pytest.raises(NotAllowed):
        desks.sit_down(db, begun.code, device=laptop)
