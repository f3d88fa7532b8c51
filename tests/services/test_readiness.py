"""Ready lights: set, not switched over; of one step; numbers for others, never names; nothing follows from them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text
from sqlmodel import func, select

from tests.services.room import EVENT, Room, at_once
from workshop.domain.event import StepKind
from workshop.errors import NotAllowed, NotFound
from workshop.services import access, people, phone, readiness, rehearsals, topics, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database
from workshop.storage import people as people_rows
from workshop.storage.tables import Ready


def say(room: Room, pen: ParticipantBadge | ScribeBadge, *, ready: bool = True) -> None:
    """Tap the button of the step that is open."""
    readiness.say(room.db, pen, room.state.step_key, ready=ready)


def at_tables(room: Room) -> dict[int, str]:
    """What stands at each table with people, by its place in the room."""
    lights = readiness.lights(room.db, room.observer)
    return {room.tables.index(light.table_id): f"{light.ready} of {light.of}" for light in lights.tables}


def told(room: Room, pen: ParticipantBadge) -> str:
    """What the phones at somebody's table show in the step that is open."""
    assert pen.table_id is not None
    body = topics.payload(room.db, room.id, readiness.topic_of(pen.table_id)).body
    return f"{body['ready'].get(room.state.step_key, 0)} of {body['of']}"


def rows(db: Database) -> int:
    with db.reading() as session:
        return int(session.exec(select(func.count()).select_from(Ready)).one())


def test_a_table_is_ready_when_everybody_who_sits_there_is(room: Room) -> None:
    ana, bo, uma = room.joins("Ana"), room.joins("Bo"), room.joins("Uma", table=1)
    room.opens(StepKind.WRITE)
    say(room, ana)
    say(room, uma)
    assert at_tables(room) == {0: "1 of 2", 1: "1 of 1"}
    assert (told(room, bo), told(room, uma)) == ("1 of 2", "1 of 1")
    lights = readiness.lights(room.db, room.moderator)
    assert (lights.asked, lights.on, lights.ready, lights.of) == (True, 1, 2, 3)
    say(room, bo)
    assert readiness.lights(room.db, room.moderator).on == 2


def test_it_is_said_not_switched_over_and_is_told_only_when_it_changes(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    heard: list[set[str]] = []
    stop = room.db.on_commit(lambda changes: heard.append({change.topic for change in changes}))
    for ready in (True, True, False, False):
        say(room, ana, ready=ready)
        assert at_tables(room) == {0: f"{int(ready)} of 1"}
    stop()
    assert heard == [{"ready", f"ready_at:{ana.table_id}"}] * 2


def test_a_new_step_begins_with_nobody_ready_and_going_back_finds_the_lights_as_they_were(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    say(room, ana)
    room.opens(StepKind.SHARE)
    assert (at_tables(room), told(room, ana)) == ({0: "0 of 1"}, "0 of 1")
    room.opens(StepKind.WRITE)
    assert (at_tables(room), told(room, ana)) == ({0: "1 of 1"}, "1 of 1")
    assert phone.me(room.db, ana)["people"][0]["ready"] == ("write",)


def test_walls_are_told_that_the_lights_are_of_another_step(room: Room) -> None:
    room.opens(StepKind.WRITE)
    heard: list[set[str]] = []
    stop = room.db.on_commit(lambda changes: heard.append({change.topic for change in changes}))
    room.closes()
    room.opens(StepKind.SHARE)
    stop()
    assert ["ready" in topics_ for topics_ in heard] == [False, True]


def test_everybody_ready_changes_no_step(room: Room) -> None:
    ana = room.joins("Ana")
    before = room.opens(StepKind.WRITE)
    say(room, ana)
    assert room.state == before


@pytest.mark.parametrize("kind", [StepKind.ARRIVE, StepKind.THEMES, StepKind.VOTE, StepKind.REVEAL, StepKind.CLOSING])
def test_a_step_that_goes_on_for_everybody_at_once_asks_nobody(room: Room, kind: StepKind) -> None:
    ana = room.joins("Ana")
    if kind is not StepKind.ARRIVE:
        room.opens(kind)
    assert not readiness.lights(room.db, room.moderator).asked
    with pytest.raises(NotAllowed, match="Nobody is asked now"):
        say(room, ana)


def test_after_the_close_nothing_is_taken_and_the_lights_stay(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    say(room, ana)
    room.closes()
    for pen, ready in ((bo, True), (ana, False)):
        with pytest.raises(NotAllowed, match="Nobody is asked now"):
            say(room, pen, ready=ready)
    assert at_tables(room) == {0: "1 of 2"}
    assert readiness.lights(room.db, room.moderator).asked


def test_a_tap_that_was_made_in_another_step_is_not_for_this_one(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    room.opens(StepKind.SHARE)
    with pytest.raises(NotAllowed, match="another step"):
        readiness.say(room.db, ana, "write", ready=True)
    assert at_tables(room) == {0: "0 of 1"}


def test_a_tablet_speaks_for_everybody_around_it_and_for_nobody_else_at_the_table(room: Room) -> None:
    room.joins("Ana")
    tablet, around = room.tablet("Eve", "Fay")
    room.opens(StepKind.WRITE)
    say(room, tablet)
    assert at_tables(room) == {0: "2 of 3"}
    say(room, access.speak_for(room.db, tablet, around[0]), ready=False)
    assert at_tables(room) == {0: "1 of 3"}
    say(room, tablet)
    assert [person["ready"] for person in phone.me(room.db, tablet)["people"]] == [("write",)] * 2


def test_a_tablet_with_nobody_around_it_is_told_what_to_do(room: Room) -> None:
    tablet, _ = room.tablet()
    room.opens(StepKind.WRITE)
    with pytest.raises(NotFound, match="add people to the tablet"):
        say(room, tablet)


def test_somebody_who_moves_takes_the_light_along_and_both_tables_are_told(room: Room) -> None:
    ana, bo, uma = room.joins("Ana"), room.joins("Bo"), room.joins("Uma", table=1)
    room.opens(StepKind.WRITE)
    say(room, ana)
    heard: set[str] = set()
    stop = room.db.on_commit(lambda changes: heard.update(change.topic for change in changes))
    people.move(room.db, ana, room.tables[1])
    stop()
    assert heard == {"people", "badges", "ready", *(readiness.topic_of(table) for table in room.tables[:2])}
    assert at_tables(room) == {0: "0 of 1", 1: "1 of 2"}
    assert (told(room, bo), told(room, uma)) == ("0 of 1", "1 of 2")


def test_a_latecomer_counts_at_once_and_is_not_ready(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    say(room, ana)
    heard: set[str] = set()
    stop = room.db.on_commit(lambda changes: heard.update(change.topic for change in changes))
    room.joins("Bo")
    stop()
    assert {"ready", f"ready_at:{ana.table_id}"} <= heard
    assert told(room, ana) == "1 of 2"


def test_somebody_who_is_erased_leaves_no_row_and_no_count(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.WRITE)
    say(room, ana)
    before = rows(room.db)
    heard: set[str] = set()
    stop = room.db.on_commit(lambda changes: heard.update(change.topic for change in changes))
    people.erase(room.db, room.organiser, ana.participant_id)
    stop()
    assert {"ready", f"ready_at:{ana.table_id}"} <= heard
    assert rows(room.db) == before - 1
    assert (at_tables(room), told(room, bo)) == ({0: "0 of 1"}, "0 of 1")
    with pytest.raises(NotFound, match="Nobody is on this device"):
        say(room, ana)


def test_the_lights_of_one_workshop_are_not_those_of_another(room: Room) -> None:
    other = Room(room.db)
    for each in (room, other):
        each.opens(StepKind.WRITE)
    say(other, other.joins("Uma"))
    room.joins("Ana")
    assert at_tables(room) == {0: "0 of 1"}


def test_every_badge_reads_numbers_and_no_name(room: Room) -> None:
    ana = room.joins("Ana Berg")
    room.opens(StepKind.WRITE)
    say(room, ana)
    for topic in ("ready", f"ready_at:{ana.table_id}"):
        body = str(topics.payload(room.db, room.id, topic).body)
        assert "Ana" not in body
        assert str(ana.participant_id) not in body


def test_a_rehearsal_gets_ready_and_clearing_it_leaves_no_row(db: Database) -> None:
    before = rows(db)
    seen: list[str] = []
    rehearsal = rehearsals.prepare(db, EVENT, number=24)

    def look(_line: str) -> None:
        lights = readiness.lights(db, access.watch(db, rehearsal.view.id))
        if lights.asked:
            seen.append(f"{lights.ready > 18} {0 < lights.on <= len(lights.tables)}")

    rehearsals.play(db, rehearsal, tell=look)
    assert seen == ["True True"] * 2, "while people write alone and while tables share"
    assert rows(db) > before
    workshops.clear_rehearsals(db)
    assert rows(db) == before


def test_sixteen_taps_at_the_same_moment_are_one(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    before = rows(room.db)
    answers = at_once([partial(say, room, ana)] * 16)
    assert answers == [None] * 16
    assert rows(room.db) == before + 1


def test_a_tablet_and_a_phone_of_the_same_people_tapping_at_once_do_not_collide(room: Room) -> None:
    tablet, around = room.tablet("Eve", "Fay")
    pens = [tablet, *(access.speak_for(room.db, tablet, person) for person in around)]
    room.opens(StepKind.WRITE)
    answers = at_once([partial(say, room, pen, ready=bool(place % 2)) for place in range(6) for pen in pens])
    assert answers == [None] * 18
    say(room, tablet)
    assert at_tables(room) == {0: "2 of 2"}


def test_closing_is_exact_for_taps(room: Room) -> None:
    """Whoever got an answer counts, whoever was refused does not."""
    crowd = [room.joins(f"Person {number}", table=number % 10) for number in range(32)]
    room.opens(StepKind.WRITE)
    taps = [partial(say, room, person) for person in crowd]
    answers = at_once([*taps[:20], room.closes, *taps[20:]])
    of_taps = answers[:20] + answers[21:]
    for person, answer in zip(crowd, of_taps, strict=True):
        assert answer is None or isinstance(answer, NotAllowed), answer
        assert bool(readiness.steps_of(room.db, person)) == (answer is None)


def test_a_closing_waits_for_a_tap_that_is_being_written(pg_url: str) -> None:
    """On SQLite a write has the database for itself; on PostgreSQL the tap must hold the step."""
    db = Database.open(pg_url)
    room = Room(db)
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    with ThreadPoolExecutor(2) as pool:
        with db.writing() as session:
            people_rows.hold(session, room.id, [ana.participant_id])
            tap = pool.submit(say, room, ana)
            until_waiting(db, 1)
            closing = pool.submit(room.closes)
            until_waiting(db, 2)
        tap.result()
        closing.result()
    assert at_tables(room) == {0: "1 of 1"}
    db.close()


def until_waiting(db: Database, transactions: int) -> None:
    """Wait until so many transactions wait for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    end = time.monotonic() + 20
    while True:
        with db.reading() as session:
            if session.connection().execute(waiting).scalar_one() == transactions:
                return
        assert time.monotonic() < end, f"there are not {transactions} transactions that wait"
        time.sleep(0.02)


def test_somebody_erased_at_the_moment_of_the_tap_leaves_no_row(room: Room) -> None:
    crowd = [room.joins(f"Person {number}", table=number % 10) for number in range(8)]
    room.opens(StepKind.WRITE)
    before = rows(room.db)
    erase = [partial(people.erase, room.db, room.organiser, person.participant_id) for person in crowd]
    answers = at_once([act for pair in zip(erase, [partial(say, room, p) for p in crowd], strict=True) for act in pair])
    assert all(answer is None or isinstance(answer, NotFound) for answer in answers), answers
    assert rows(room.db) == before
    assert at_tables(room) == {}
