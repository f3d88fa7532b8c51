"""The organiser's page in a room: changes reach every screen, two organisers do not overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import Anonymity, Event, StepKind
from workshop.domain.event_file import read_event
from workshop.domain.idea import IdeaDraft
from workshop.errors import Conflict, NotFound
from workshop.services import event_edits, ideas, log, ready_runs, reports, steps, topics, votes, workshops
from workshop.storage import revisions_of


def save(room: Room, **values: object) -> Event:
    return event_edits.save(room.db, room.organiser, values, seen=event_edits.of(room.db, room.organiser).version)


def test_a_new_title_is_on_every_screen_at_once(room: Room) -> None:
    save(room, title="Quiet nights")
    assert topics.payload(room.db, room.id, topics.ROOM).body["workshop"] == "Quiet nights"
    with room.db.reading() as session:
        assert revisions_of(session, room.id)["room"] == 1
    entry = log.entries(room.db, room.moderator)[-1]
    assert (entry.verb, entry.actor) == ("edit event", "organiser")


def test_of_two_organisers_who_save_at_once_the_second_is_told(room: Room) -> None:
    seen = event_edits.of(room.db, room.organiser).version
    answers = at_once(
        [
            lambda title=title: event_edits.save(room.db, room.organiser, {"title": title}, seen=seen)  # type: ignore[misc]
            for title in ("One", "Two")
        ]
    )
    assert sorted(type(answer) for answer in answers if isinstance(answer, Conflict)) == [Conflict]
    saved = next(answer for answer in answers if isinstance(answer, Event))
    assert workshops.of(room.db, room.organiser).event.title == saved.title


def test_new_limits_hold_for_people_who_have_joined(room: Room) -> None:
    anna = room.joins("Anna")
    event = workshops.of(room.db, room.organiser).event
    limits = {name: getattr(event.limits, name) for name in event.limits.__slots__}
    save(room, limits=limits | {"dots": 7, "dots_per_idea": 3})
    given = votes.ballot(room.db, anna)
    assert (given.budget, given.cap) == (7, 3)


def test_a_stricter_level_holds_for_what_is_written_on_screens_and_in_the_report(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.SHARE)
    ideas.submit(room.db, anna, IdeaDraft("Ports that trade heat"))
    ideas.publish(room.db, anna, ideas.mine(room.db, anna)[0].id, published=True)
    assert ideas.board(room.db, room.observer)[0].credit_line == "Table 1"
    save(room, anonymity="anonymous")
    assert ideas.board(room.db, room.observer)[0].credit_line == ""
    report = reports.compile_report(room.db, room.organiser)
    assert report.anonymity is Anonymity.ANONYMOUS
    assert report.ideas[0].credit.table is None
    with pytest.raises(Conflict, match="only become stricter"):
        save(room, anonymity="table_tag")


def test_a_level_that_was_made_stricter_is_not_weakened_by_saving_something_else(room: Room) -> None:
    room.names_people_as(Anonymity.ANONYMOUS)
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Heat")
    with pytest.raises(Conflict, match="only become stricter"):
        save(room, title="Another")
    assert event_edits.of(room.db, room.organiser).event.anonymity is Anonymity.ANONYMOUS


def test_a_later_step_is_left_out_while_the_room_works(room: Room) -> None:
    room.opens(StepKind.WRITE)
    prepared = event_edits.of(room.db, room.organiser)
    assert prepared.started
    run = [step for step in prepared.event.run_of_show if step.kind is not StepKind.SHARE]
    before = steps.run_of_show(room.db, room.moderator).plan
    event_edits.save_run(room.db, room.organiser, run, ends=None, seen=prepared.version)
    after = steps.run_of_show(room.db, room.moderator)
    assert after.next_step is not None
    assert after.next_step.kind is not StepKind.SHARE
    assert after.plan.ends_at == before.ends_at, "the end that was counted from the start stays"


def test_undo_leads_to_no_step_that_was_left_out_meanwhile(room: Room) -> None:
    room.opens(StepKind.SHARE)
    back = room.opens(StepKind.WRITE)
    prepared = event_edits.of(room.db, room.organiser)
    run = [step for step in prepared.event.run_of_show if step.kind is not StepKind.SHARE]
    event_edits.save_run(room.db, room.organiser, run, ends=None, seen=prepared.version)
    with pytest.raises(NotFound, match="not in the run of show"):
        steps.undo(room.db, room.moderator, seen=back.version)


def test_people_who_chose_a_side_keep_it(room: Room) -> None:
    room.joins("Anna", side="eu")
    event = workshops.of(room.db, room.organiser).event
    sides = [{name: getattr(side, name) for name in side.__slots__} for side in event.sides]
    with pytest.raises(Conflict, match="side “eu”"):
        save(room, sides=[sides[0] | {"key": "europe"}, sides[1]], organisations=[])
    assert save(room, sides=[sides[0] | {"name": "Europe"}, sides[1]]).sides[0].name == "Europe"


@pytest.mark.parametrize("minutes", [45, 60, 80])
@pytest.mark.parametrize("name", ["eu-us-2018", "harbour-2027"])
def test_a_ready_made_run_fits_every_event(room: Room, name: str, minutes: int) -> None:
    text = (Path(__file__).parents[2] / "data" / "events" / f"{name}.toml").read_text(encoding="utf-8")
    event = read_event(text, source=name)
    run = next(run for run in ready_runs.every() if run.minutes == minutes)
    other = replace(room.organiser, workshop_id=workshops.create(room.db, text).id)
    prepared = event_edits.of(room.db, other)
    steps_taken = [event.run_of_show[0], *run.run_of_show[1:-1], event.run_of_show[-1]]
    ends = f"{event.starts.hour + (event.starts.minute + minutes) // 60:02}:{(event.starts.minute + minutes) % 60:02}"
    saved = event_edits.save_run(room.db, other, steps_taken, ends=ends, seen=prepared.version)
    assert saved.planned_minutes == minutes
