"""The run of show as a state machine: examples a moderator would tell, and one machine that presses every button."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from workshop.domain import permissions, steps
from workshop.domain.event import StepKind
from workshop.domain.event_file import read_event
from workshop.domain.permissions import Act, Sight
from workshop.domain.steps import Status
from workshop.errors import Conflict, Invalid, NotFound, WorkshopError

EVENTS = Path(__file__).parents[2] / "data" / "events"
EVENT = read_event((EVENTS / "eu-us-2018.toml").read_text(encoding="utf-8"), source="eu-us-2018.toml")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def key(kind: StepKind) -> str:
    return next(step.key for step in EVENT.run_of_show if step.kind is kind)


def opened(*kinds: StepKind, at: datetime = NOON) -> steps.StepState:
    state = steps.first_state(EVENT, at)
    for kind in kinds:
        state = steps.open_step(EVENT, state, key(kind), at)
    return state


def minutes_later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_a_workshop_begins_with_people_arriving_and_no_clock() -> None:
    state = steps.first_state(EVENT, NOON)
    assert steps.current_step(EVENT, state).kind is StepKind.ARRIVE
    assert state.remaining(NOON) is None


def test_opening_a_step_twice_is_a_conflict_not_a_new_clock() -> None:
    with pytest.raises(Conflict, match="already open"):
        steps.open_step(EVENT, opened(StepKind.WRITE), key(StepKind.WRITE), minutes_later(3))


def test_a_step_that_does_not_exist_is_named_as_gone() -> None:
    with pytest.raises(NotFound):
        steps.open_step(EVENT, steps.first_state(EVENT, NOON), "no-such-step", NOON)


def test_the_clock_counts_down_from_the_planned_minutes_and_goes_below_zero() -> None:
    state = opened(StepKind.WRITE)
    assert state.remaining(minutes_later(2)) == 4 * 60
    assert state.remaining(minutes_later(7)) == -60


def test_a_pause_keeps_what_is_left_however_long_it_lasts() -> None:
    paused = steps.pause(opened(StepKind.WRITE), minutes_later(2))
    assert paused.remaining(minutes_later(30)) == 4 * 60
    assert steps.resume(paused, minutes_later(30)).remaining(minutes_later(31)) == 3 * 60


def test_minutes_are_added_to_what_is_left_and_from_now_on_when_over_time() -> None:
    state = opened(StepKind.WRITE)
    assert steps.add_minutes(state, 5, minutes_later(2)).remaining(minutes_later(2)) == 9 * 60
    assert steps.add_minutes(state, 1, minutes_later(10)).remaining(minutes_later(10)) == 60


def test_more_minutes_than_are_left_cannot_be_taken_away() -> None:
    with pytest.raises(Invalid, match="Close the step"):
        steps.add_minutes(opened(StepKind.WRITE), -5, minutes_later(2))


def test_going_back_from_the_first_step_says_so() -> None:
    with pytest.raises(Invalid, match="first step"):
        steps.go_back(EVENT, steps.first_state(EVENT, NOON), NOON)


def test_after_the_last_step_there_is_no_next() -> None:
    with pytest.raises(Invalid, match="last step"):
        steps.open_next(EVENT, opened(StepKind.CLOSING), NOON)


def test_undo_within_ten_seconds_goes_on_as_if_nothing_had_happened() -> None:
    before = opened(StepKind.WRITE)
    wrong = steps.open_next(EVENT, before, minutes_later(1))
    back = steps.undo(wrong, before, minutes_later(1), minutes_later(1) + timedelta(seconds=9))
    assert (back.step_key, back.ends_at) == (before.step_key, before.ends_at)
    assert back.version == wrong.version + 1


def test_undo_after_ten_seconds_points_to_back() -> None:
    before = opened(StepKind.WRITE)
    wrong = steps.open_next(EVENT, before, NOON)
    with pytest.raises(Conflict, match="Back"):
        steps.undo(wrong, before, NOON, NOON + timedelta(seconds=11))


def test_the_plan_owes_the_minutes_that_were_added() -> None:
    state = opened(StepKind.WARM_UP)
    assert steps.plan(EVENT, state, NOON).owed_minutes == 0
    later = steps.add_minutes(state, 5, NOON)
    assert steps.plan(EVENT, later, NOON).owed_minutes == 5


def test_the_planned_end_is_the_events_own_on_its_day() -> None:
    start = EVENT.starts_at
    state = steps.open_step(EVENT, steps.first_state(EVENT, start), key(StepKind.WRITE), start)
    assert state.planned_end_at == EVENT.ends_at


def test_a_late_save_counts_for_sixty_seconds_after_sharing_was_closed() -> None:
    closed = steps.close(EVENT, opened(StepKind.WRITE, StepKind.SHARE), NOON)
    for seconds, writes in ((1, True), (60, True), (61, False)):
        at = NOON + timedelta(seconds=seconds)
        assert (Act.WRITE in permissions.may(EVENT, closed, at)) is writes
        assert permissions.is_late(EVENT, closed, at) is writes


def test_results_are_hidden_again_when_the_moderator_goes_back() -> None:
    shown = opened(StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE, StepKind.REVEAL)
    assert Sight.RESULTS in permissions.sees(EVENT, shown)
    assert Sight.RESULTS not in permissions.sees(EVENT, steps.go_back(EVENT, shown, NOON))


def test_while_people_write_alone_nobody_sees_an_idea() -> None:
    assert permissions.sees(EVENT, opened(StepKind.WRITE)) == {Sight.INTRODUCTIONS}, "what they said of themselves"


def test_texts_stay_as_they_are_once_rating_has_opened_too() -> None:
    assert Act.REVISE not in permissions.may(EVENT, opened(StepKind.WRITE, StepKind.RATE), NOON)


@pytest.mark.parametrize(("kind", "act"), [(StepKind.WARM_UP, Act.INTRODUCE), (StepKind.RATE, Act.RATE)])
def test_what_a_step_is_about_is_done_in_it_only_while_it_is_open(kind: StepKind, act: Act) -> None:
    state = opened(kind)
    assert act in permissions.may(EVENT, state, NOON)
    assert act not in permissions.may(EVENT, steps.close(EVENT, state, NOON), NOON)
    assert all(act not in permissions.may(EVENT, opened(other), NOON) for other in (StepKind.WRITE, StepKind.REVEAL))


def test_texts_stay_as_they_are_once_voting_has_opened_even_after_going_back() -> None:
    voted = opened(StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE)
    back = steps.open_step(EVENT, voted, key(StepKind.SHARE), NOON)
    assert Act.REVISE not in permissions.may(EVENT, back, NOON)


class Helm(RuleBasedStateMachine):
    """Somebody presses every button in any order; the run of show stays sane."""

    @initialize()
    def begin(self) -> None:
        self.now = NOON
        self.state = steps.first_state(EVENT, self.now)
        self.pressed = 0

    def press(self, verb: object, *args: object) -> None:
        before = self.state
        refusal = ""
        try:
            self.state = verb(*args)  # type: ignore[operator]
        except WorkshopError as error:
            refusal = str(error)
        else:
            self.pressed += 1
        assert not refusal or (refusal.endswith(".") and self.state is before), "a refusal is a sentence"

    @rule(seconds=st.floats(0, 900))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def open_next(self) -> None:
        self.press(steps.open_next, EVENT, self.state, self.now)

    @rule(place=st.integers(0, len(EVENT.run_of_show) - 1))
    def open_any(self, place: int) -> None:
        self.press(steps.open_step, EVENT, self.state, EVENT.run_of_show[place].key, self.now)

    @rule()
    def go_back(self) -> None:
        self.press(steps.go_back, EVENT, self.state, self.now)

    @rule()
    def close(self) -> None:
        self.press(steps.close, EVENT, self.state, self.now)

    @rule(minutes=st.integers(-10, 60))
    def add(self, minutes: int) -> None:
        self.press(steps.add_minutes, self.state, minutes, self.now)

    @rule()
    def pause(self) -> None:
        self.press(steps.pause, self.state, self.now)

    @rule()
    def resume(self) -> None:
        self.press(steps.resume, self.state, self.now)

    @invariant()
    def every_change_counts_once(self) -> None:
        assert self.state.version == self.pressed

    @invariant()
    def the_clock_is_either_running_or_kept(self) -> None:
        running, kept = self.state.ends_at is not None, self.state.remaining_seconds is not None
        assert not (running and kept)
        assert not (running and self.state.status is not Status.OPEN)

    @invariant()
    def nobody_votes_and_writes_at_once_nor_sees_results_while_voting(self) -> None:
        acts = permissions.may(EVENT, self.state, self.now)
        assert not {Act.VOTE, Act.PUBLISH} <= acts
        assert not (Act.VOTE in acts and Sight.RESULTS in permissions.sees(EVENT, self.state))

    @invariant()
    def the_plan_never_promises_time_it_does_not_have(self) -> None:
        assert steps.plan(EVENT, self.state, self.now).owed_minutes >= 0


Helm.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
TestTheHelm = Helm.TestCase
