"""Dots on paper fit into their ballots, or the sentence says which number does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_steps import EVENT
from workshop.domain import hand_count
from workshop.domain.hand_count import CountedByHand
from workshop.errors import Invalid

LIMITS = EVENT.limits


def test_dots_that_fit_are_taken_and_ideas_without_any_left_out() -> None:
    assert hand_count.checked(LIMITS, ballots=2, dots={1: 4, 2: 0, 3: 1}) == {1: 4, 3: 1}


@pytest.mark.parametrize(
    ("ballots", "dots", "sentence"),
    [
        (1, {4: 3}, "#4 has 3 dots, but 1 ballot can give one idea 2 at most"),
        (2, {1: 4, 2: 4, 3: 3}, "11 dots in all, but 2 ballots have 10"),
        (1, {4: -1}, "less than 0"),
        (-1, {}, "0 to 1000"),
        (1001, {}, "0 to 1000"),
    ],
)
def test_what_cannot_be_is_named(ballots: int, dots: dict[int, int], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        hand_count.checked(LIMITS, ballots=ballots, dots=dots)


def test_labels_say_how_many_and_nothing_for_none() -> None:
    assert [hand_count.label(dots) for dots in (0, 1, 7)] == ["", "plus 1 hand-counted dot", "plus 7 hand-counted dots"]
    assert hand_count.ballots_label(0) == ""
    assert hand_count.ballots_label(3) == "plus 3 ballots counted by hand"


def test_dots_of_all_sides_add_up_beside_an_idea() -> None:
    counted = CountedByHand({"eu": 2, "us": 1}, {4: {"eu": 3, "us": 2}})
    assert (counted.on(4), counted.on(5)) == (5, 0)


def test_numbers_are_read_as_people_write_them() -> None:
    assert hand_count.read_lines("#14: 3\n\n 7 2 \n9,0") == {14: 3, 7: 2, 9: 0}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("14 3\nHydrogen 2", "Line 2"), ("14", "Line 1"), ("14 -3", "Line 1"), ("4 1\n4 2", "#4 stands")],
)
def test_a_line_that_cannot_be_read_is_named(text: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        hand_count.read_lines(text)


@given(st.dictionaries(st.integers(1, 9999), st.integers(0, 999)))
def test_what_was_written_is_read_again(dots: dict[int, int]) -> None:
    assert hand_count.read_lines(hand_count.written(dots)) == dots


@given(st.integers(0, 30), st.dictionaries(st.integers(1, 9), st.integers(0, 12)))
def test_whatever_is_taken_fits_into_the_budgets(ballots: int, dots: dict[int, int]) -> None:
    try:
        taken = hand_count.checked(LIMITS, ballots=ballots, dots=dots)
    except Invalid:
        assert sum(dots.values()) > ballots * LIMITS.dots or max(dots.values()) > ballots * LIMITS.dots_per_idea
    else:
        assert sum(taken.values()) == sum(dots.values()) <= ballots * LIMITS.dots
        assert all(0 < given <= ballots * LIMITS.dots_per_idea for given in taken.values())
