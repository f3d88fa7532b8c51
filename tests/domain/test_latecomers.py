"""Whoever joins in the middle is told once, for that step, what has happened."""

from __future__ import annotations

import pytest

from tests.domain.test_steps import EVENT, minutes_later, opened
from workshop.domain import steps
from workshop.domain.event import StepKind
from workshop.domain.latecomers import so_far


def test_whoever_comes_while_people_vote_is_told_what_they_missed() -> None:
    voting = opened(StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE)
    sentence = so_far(EVENT, voting, joined_at=minutes_later(1))
    assert sentence.startswith("You joined late. So far the room has ")
    assert "written first ideas, shared them at the tables" in sentence
    assert sentence.endswith("and looked at the themes.")
    assert "voted" not in sentence


@pytest.mark.parametrize("kind", [StepKind.WRITE, StepKind.VOTE])
def test_whoever_was_there_before_the_step_is_not_late(kind: StepKind) -> None:
    assert so_far(EVENT, opened(kind), joined_at=minutes_later(-1)) == ""


def test_before_anything_happened_nobody_is_late() -> None:
    assert so_far(EVENT, steps.first_state(EVENT, minutes_later(0)), joined_at=minutes_later(5)) == ""


def test_in_the_next_step_nobody_is_called_late_any_more() -> None:
    sharing = steps.open_step(EVENT, opened(StepKind.WRITE), "share", minutes_later(6))
    assert so_far(EVENT, sharing, joined_at=minutes_later(2)) == ""
    assert so_far(EVENT, sharing, joined_at=minutes_later(7)).endswith("written first ideas.")
