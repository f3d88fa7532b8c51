"""Averages of a few marks are told with how sure they are, and not at all when they are too few."""

from __future__ import annotations

from random import Random

import pytest

from workshop.domain.rating import FEWEST_RATERS, MARKS, Said, estimate, foremost, rated_ideas


def marks(*given: int) -> list[Said]:
    return [Said(mark, mark) for mark in given]


def test_the_average_is_that_of_the_marks_and_lies_in_its_interval() -> None:
    found = estimate([2, 3, 3, 4, 5])
    assert found.mean == pytest.approx(3.4)
    assert MARKS[0] <= found.low < found.mean < found.high <= MARKS[-1]


def test_five_raters_who_agree_do_not_look_certain() -> None:
    found = estimate([5] * 5)
    assert (found.mean, found.high) == (5, 5)
    assert found.low < 4.2
    assert estimate([5] * 50).low > 4.8


def test_more_raters_make_the_interval_narrower() -> None:
    widths = [estimate([2, 3, 4, 5] * times).high - estimate([2, 3, 4, 5] * times).low for times in (2, 4, 16)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("weights", [(1, 1, 1, 1, 1), (0, 1, 2, 4, 3), (6, 2, 1, 1, 1), (1, 0, 0, 0, 3)])
@pytest.mark.parametrize("raters", [5, 9, 20])
def test_the_interval_holds_the_true_average_about_as_often_as_it_says(weights: tuple[int, ...], raters: int) -> None:
    """About 95% is meant; marks are lumpy, so in 1,000 rooms of each kind 85% is asked for."""
    chance = Random(f"{weights} {raters}")
    true = sum(mark * weight for mark, weight in zip(MARKS, weights, strict=True)) / sum(weights)
    rooms = [estimate(chance.choices(MARKS, weights, k=raters)) for _ in range(1_000)]
    assert sum(room.low <= true <= room.high for room in rooms) >= 850


def test_below_five_raters_there_is_no_average() -> None:
    said = {1: marks(*[4] * FEWEST_RATERS), 2: marks(*[4] * (FEWEST_RATERS - 1))}
    enough, few, none = rated_ideas([2, 1, 3], said)
    assert enough.impact is not None
    assert (few.number, few.raters, few.impact, few.feasibility) == (2, 4, None, None)
    assert (none.number, none.raters) == (3, 0)


def test_who_cannot_judge_and_who_gave_one_mark_only_is_no_rater() -> None:
    said = [*marks(*[2] * 5), Said(5, 5, passed=True), Said(impact=5), Said()]
    (idea,) = rated_ideas([1], {1: said})
    assert (idea.raters, idea.passed) == (5, 1)
    assert idea.impact is not None
    assert idea.impact.mean == 2


def test_ideas_follow_the_votes_or_their_promise_and_those_with_few_raters_come_last() -> None:
    said = {1: marks(*[3] * 5), 2: marks(*[5] * 5), 3: marks(5), 4: marks(*[4] * 5)}
    rated = rated_ideas([1, 2, 3, 4], said)
    assert [idea.number for idea in foremost(rated, [3, 4, 1, 2])] == [4, 1, 2, 3]
    assert [idea.number for idea in foremost(rated, [])] == [2, 4, 1, 3]
