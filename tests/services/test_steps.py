"""The run of show in a room: versions, undo, what opening a step does to ideas, and what a restart finds."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.steps import StepState
from workshop.errors import Conflict
from workshop.services import clock, ideas, log, steps, workshops
from workshop.storage import Database, revisions_of


def test_two_taps_on_open_next_open_one_step(room: Room) -> None:
    seen = room.state.version
    answers = at_once([lambda: steps.open_next(room.db, room.moderator, seen=seen)] * 8)
    assert sum(isinstance(answer, StepState) for answer in answers) == 1
    assert all(isinstance(answer, StepState | Conflict) for answer in answers)
    assert room.state.version == seen + 1


def test_a_desk_that_shows_an_old_step_is_told_to_look_again(room: Room) -> None:
    old = room.state.version
    room.opens(StepKind.WRITE)
    with pytest.raises(Conflict, match="a moment ago"):
        steps.close(room.db, room.moderator, seen=old)


def test_undo_brings_back_the_step_and_its_clock(room: Room) -> None:
    before = room.opens(StepKind.WRITE)
    wrong = steps.open_next(room.db, room.moderator, seen=before.version)
    back = steps.undo(room.db, room.moderator, seen=wrong.version)
    assert (back.step_key, back.ends_at) == (before.step_key, before.ends_at)


def test_undo_is_offered_for_ten_seconds_and_works_once(room: Room) -> None:
    state = room.opens(StepKind.WRITE)
    assert steps.run_of_show(room.db, room.moderator).undo_until is not None
    state = steps.undo(room.db, room.moderator, seen=state.version)
    assert steps.run_of_show(room.db, room.moderator).undo_until is None
    with pytest.raises(Conflict, match="nothing to undo"):
        steps.undo(room.db, room.moderator, seen=state.version)
    late = room.opens(StepKind.WRITE)
    with clock.frozen(clock.now() + timedelta(seconds=11)), pytest.raises(Conflict, match="10 seconds"):
        steps.undo(room.db, room.moderator, seen=late.version)


def test_a_wrong_vote_step_taken_back_lets_people_edit_again(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(anna, "Shared test fields")
    voting = room.opens(StepKind.VOTE)
    steps.undo(room.db, room.moderator, seen=voting.version)
    changed = ideas.revise(room.db, anna, idea.id, IdeaDraft("Shared test fields for e-buses"), seen_version=1)
    assert changed.title == "Shared test fields for e-buses"


def test_where_nobody_shared_opening_the_themes_puts_every_idea_on_the_board(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Ports that trade heat")
    room.opens(StepKind.THEMES)
    assert [idea.title for idea in ideas.board(room.db, room.observer)] == ["Ports that trade heat"]


def test_where_tables_shared_only_what_they_published_is_on_the_board(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Kept at the table")
    room.opens(StepKind.SHARE)
    room.opens(StepKind.THEMES)
    assert ideas.board(room.db, room.observer) == ()


def test_going_back_destroys_nothing(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Hydrogen from offshore wind")
    state = room.opens(StepKind.SHARE)
    steps.go_back(room.db, room.moderator, seen=state.version)
    assert [idea.title for idea in ideas.mine(room.db, anna)] == ["Hydrogen from offshore wind"]


def test_the_run_of_show_shows_real_minutes_beside_planned_ones(room: Room) -> None:
    start = clock.now()
    with clock.frozen(start):
        room.opens(StepKind.WRITE)
    with clock.frozen(start + timedelta(minutes=4)):
        room.opens(StepKind.SHARE)
    with clock.frozen(start + timedelta(minutes=9)):
        lines = {line.step.kind: line for line in steps.run_of_show(room.db, room.moderator).lines}
    assert lines[StepKind.WRITE].real_minutes == pytest.approx(4)
    assert lines[StepKind.SHARE].real_minutes == pytest.approx(5)


def test_agreed_minutes_hold_after_a_restart_and_are_undone_like_a_step(room: Room, db_url: str) -> None:
    state = room.opens(StepKind.WRITE)
    state = steps.add_minutes(room.db, room.moderator, 60, seen=state.version)
    proposal = steps.run_of_show(room.db, room.moderator).proposal
    assert proposal is not None
    agreed = steps.agree(room.db, room.moderator, proposal.minutes, seen=state.version)
    again = Database.open(db_url)
    try:
        assert workshops.of(again, room.moderator).state == agreed
    finally:
        again.close()
    lines = {line.step.key: line.minutes for line in steps.run_of_show(room.db, room.moderator).lines}
    assert {key: lines[key] for key in proposal.minutes} == proposal.minutes
    assert log.entries(room.db, room.moderator)[-1].details["minutes"] == proposal.minutes
    back = steps.undo(room.db, room.moderator, seen=agreed.version)
    assert back.agreed_minutes == {}
    assert steps.run_of_show(room.db, room.moderator).proposal == proposal


def test_two_taps_on_a_proposal_agree_once(room: Room) -> None:
    state = room.opens(StepKind.WRITE)
    state = steps.add_minutes(room.db, room.moderator, 60, seen=state.version)
    agree = partial(steps.agree, room.db, room.moderator, {"share": 9}, seen=state.version)
    assert sum(isinstance(answer, Conflict) for answer in at_once([agree, agree])) == 1
    assert room.state.version == state.version + 1


def test_an_end_that_moved_is_undone_as_well(room: Room) -> None:
    state = room.opens(StepKind.WRITE)
    later = steps.end_later(room.db, room.moderator, 8, seen=state.version)
    assert later.planned_end_at == state.planned_end_at + timedelta(minutes=8) if state.planned_end_at else None
    assert steps.undo(room.db, room.moderator, seen=later.version).planned_end_at == state.planned_end_at


def test_a_restart_finds_step_clock_and_status_as_they_were(room: Room, db_url: str) -> None:
    state = room.opens(StepKind.WRITE)
    paused = steps.pause(room.db, room.moderator, seen=state.version)
    again = Database.open(db_url)
    try:
        assert workshops.of(again, room.moderator).state == paused
    finally:
        again.close()


def test_every_change_of_the_step_is_announced_and_logged(room: Room) -> None:
    room.opens(StepKind.WRITE)
    room.opens(StepKind.SHARE)
    with room.db.reading() as session:
        assert revisions_of(session, room.id)["room"] == 2
    entries = [entry for entry in log.entries(room.db, room.moderator) if entry.verb == "step"]
    assert [entry.details["action"] for entry in entries] == ["open", "open"]
    assert log.verify(room.db, room.moderator) is None
