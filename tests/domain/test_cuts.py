"""Where to cut and where to give back: examples a moderator would tell, and what holds for every run of show."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_steps import EVENT, NOON, minutes_later, opened
from workshop.domain import cuts, steps
from workshop.domain.event import Event
from workshop.domain.steps import StepState
from workshop.errors import Conflict, Invalid

STEPS = EVENT.run_of_show


def run(*planned: tuple[int, int]) -> tuple[Event, StepState]:
    """A run of show whose first step has just been opened, and whose end is the sum of its minutes."""
    timed = [
        replace(STEPS[1], key=f"s{place}", minutes=most, least_minutes=least)
        for place, (most, least) in enumerate(planned)
    ]
    event = replace(EVENT, run_of_show=(STEPS[0], *timed, replace(STEPS[-1], key="end")))
    return event, steps.open_step(event, steps.first_state(event, NOON), "s0", NOON)


def owing(planned: list[tuple[int, int]], minutes: int) -> tuple[Event, StepState]:
    event, state = run((5, 5), *planned)
    assert state.planned_end_at is not None
    return event, replace(state, planned_end_at=state.planned_end_at - timedelta(minutes=minutes))


plans = st.lists(
    st.integers(0, 40).flatmap(lambda most: st.tuples(st.just(most), st.integers(0, most))), min_size=1, max_size=12
)


def test_minutes_are_cut_in_proportion_to_the_slack() -> None:
    proposal = cuts.propose(*owing([(14, 8), (6, 4), (4, 4)], 4), NOON)
    assert proposal is not None
    assert proposal.minutes == {"s1": 11, "s2": 5}
    assert proposal.too_long == 0


def test_what_cannot_be_made_up_for_is_said_in_minutes() -> None:
    proposal = cuts.propose(*owing([(14, 9), (6, 4)], 15), NOON)
    assert proposal is not None
    assert proposal.minutes == {"s1": 9, "s2": 4}
    assert proposal.too_long == 8


def test_in_time_nothing_is_proposed() -> None:
    assert cuts.propose(*run((5, 3), (10, 5)), NOON) is None


def test_before_the_first_timed_step_nothing_is_proposed() -> None:
    assert cuts.propose(EVENT, steps.first_state(EVENT, NOON), NOON) is None


def test_a_step_that_ends_early_gives_its_minutes_back_to_those_that_were_cut() -> None:
    event, state = owing([(14, 8), (6, 4)], 4)
    proposal = cuts.propose(event, state, NOON)
    assert proposal is not None
    agreed = cuts.agree(event, state, proposal.minutes)
    assert cuts.propose(event, agreed, NOON) is None
    early = cuts.propose(event, steps.close(event, agreed, minutes_later(2)), minutes_later(2))
    assert early is not None
    assert sum(change.after - change.before for change in early.changes) == 3
    assert all(change.after <= change.step.minutes for change in early.changes)


def test_an_agreed_step_gets_its_agreed_minutes_when_it_opens() -> None:
    event, state = run((5, 3), (10, 5))
    agreed = cuts.agree(event, state, {"s1": 7})
    assert steps.open_step(event, agreed, "s1", NOON).remaining(NOON) == 7 * 60


def test_what_was_agreed_never_breaks_the_limits_of_a_step_that_was_changed_since() -> None:
    event, state = run((5, 3), (10, 5))
    agreed = cuts.agree(event, state, {"s1": 7})
    step = event.step("s1")
    assert agreed.minutes_of(replace(step, minutes=6)) == 6
    assert agreed.minutes_of(replace(step, minutes=9, least_minutes=8)) == 8


@pytest.mark.parametrize("minutes", [4, 11])
def test_nobody_agrees_to_less_than_the_least_or_more_than_planned(minutes: int) -> None:
    event, state = run((5, 3), (10, 5))
    with pytest.raises(Invalid, match="5 to 10 minutes"):
        cuts.agree(event, state, {"s1": minutes})


def test_a_proposal_for_a_step_that_is_open_by_now_is_refused() -> None:
    event, state = run((5, 3), (10, 5))
    with pytest.raises(Conflict, match="new proposal"):
        cuts.agree(event, steps.open_step(event, state, "s1", NOON), {"s1": 7})


def test_ending_later_makes_up_for_what_the_least_cannot() -> None:
    event, state = owing([(6, 4)], 5)
    proposal = cuts.propose(event, state, NOON)
    assert proposal is not None
    later = steps.end_later(cuts.agree(event, state, proposal.minutes), proposal.too_long)
    assert steps.plan(event, later, NOON).owed_minutes == 0
    with pytest.raises(Invalid):
        steps.end_later(later, 0)
    with pytest.raises(Invalid, match="first timed step"):
        steps.end_later(opened(), 5)


@given(plans, st.integers(0, 200))
def test_a_cut_is_exact_and_never_below_the_least(planned: list[tuple[int, int]], owed: int) -> None:
    event, state = owing(planned, owed)
    proposal = cuts.propose(event, state, NOON)
    slack = sum(most - least for most, least in planned)
    if owed == 0:
        assert proposal is None
        return
    assert proposal is not None
    assert sum(change.before - change.after for change in proposal.changes) == min(owed, slack)
    assert proposal.too_long == max(0, owed - slack)
    assert all(change.step.least_minutes <= change.after < change.before for change in proposal.changes)
    if proposal.changes:
        agreed = cuts.agree(event, state, proposal.minutes)
        assert steps.plan(event, agreed, NOON).owed_minutes == proposal.too_long


@given(st.integers(0, 500), st.lists(st.integers(0, 60), max_size=20))
def test_each_share_is_its_exact_part_to_less_than_a_minute(total: int, rooms: list[int]) -> None:
    shared = cuts.shares(total, rooms)
    fitting = min(total, sum(rooms))
    assert sum(shared) == fitting
    for share, room in zip(shared, rooms, strict=True):
        assert 0 <= share <= room
        assert abs(share * sum(rooms) - fitting * room) < max(1, sum(rooms))


@given(plans, st.integers(1, 60), st.integers(0, 5))
def test_giving_back_never_goes_above_the_plan_nor_beyond_the_end(
    planned: list[tuple[int, int]], owed: int, used: int
) -> None:
    event, state = owing(planned, owed)
    proposal = cuts.propose(event, state, NOON)
    assert proposal is not None
    agreed = cuts.agree(event, state, proposal.minutes) if proposal.changes else state
    closed = steps.close(event, agreed, minutes_later(used))
    back = cuts.propose(event, closed, minutes_later(used))
    if back is None or proposal.too_long:
        return
    assert all(change.before < change.after <= change.step.minutes for change in back.changes)
    assert steps.plan(event, cuts.agree(event, closed, back.minutes), minutes_later(used)).owed_minutes == 0


def test_a_step_that_is_left_out_owes_nothing_any_more() -> None:
    event, state = owing([(6, 6), (10, 10)], 6)
    assert steps.plan(event, state, NOON).owed_minutes == 6
    skipped = steps.open_step(event, state, "s2", minutes_later(5))
    assert steps.plan(event, skipped, minutes_later(5)).owed_minutes == 0
