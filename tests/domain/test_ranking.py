"""The same votes in two orders, with counts that nobody can mistake."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.ranking import IdeaVotes, Ranking, rank

SIDES = ("eu", "us", "ch")


def votes(number: int, **by_side: tuple[int, int]) -> IdeaVotes:
    return IdeaVotes(
        number,
        dots={side: dots for side, (dots, _) in by_side.items()},
        supporters={side: supporters for side, (_, supporters) in by_side.items()},
    )


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[IdeaVotes], dict[str, int]]:
    sides = SIDES[: draw(st.integers(2, 3))]
    ballots = {side: draw(st.integers(0, 60)) for side in sides}
    ideas = []
    for number in draw(st.lists(st.integers(1, 200), unique=True, max_size=12)):
        supporters = {side: draw(st.integers(0, ballots[side])) for side in sides}
        dots = {side: draw(st.integers(count, 2 * count)) for side, count in supporters.items()}
        ideas.append(IdeaVotes(number, dots, supporters))
    return ideas, ballots


def test_the_larger_side_does_not_decide_the_two_sided_order() -> None:
    ranking = rank(
        [votes(1, eu=(50, 30)), votes(2, eu=(24, 24), us=(10, 9)), votes(3, us=(16, 12))],
        ballots_per_side={"eu": 60, "us": 13},
    )
    assert [idea.number for idea in ranking.by_dots] == [1, 2, 3]
    assert [idea.number for idea in ranking.two_sided] == [2, 1, 3]


def test_balanced_support_is_the_geometric_mean_of_the_shares() -> None:
    (idea,) = rank([votes(7, eu=(30, 24), us=(10, 9))], ballots_per_side={"eu": 60, "us": 12}).two_sided
    assert idea.shares == {"eu": 0.4, "us": 0.75}
    assert idea.balanced is not None
    assert isclose(idea.balanced, (0.4 * 0.75) ** 0.5)


def test_three_sides_are_balanced_over_all_three() -> None:
    (idea,) = rank([votes(7, eu=(1, 1), us=(1, 1), ch=(8, 8))], ballots_per_side=dict.fromkeys(SIDES, 8)).two_sided
    assert idea.balanced is not None
    assert isclose(idea.balanced, (1 / 64) ** (1 / 3))


def test_equal_ideas_share_a_place_and_the_next_place_is_left_out() -> None:
    ranking = rank(
        [votes(9, eu=(1, 1)), votes(5, eu=(3, 3)), votes(2, eu=(3, 3)), votes(4, eu=(6, 6))],
        ballots_per_side={"eu": 6, "us": 1},
    )
    assert [(idea.dots_rank, idea.number) for idea in ranking.by_dots] == [(1, 4), (2, 2), (2, 5), (4, 9)]


def test_equal_shares_are_equal_whatever_the_rounding() -> None:
    ballots = {"eu": 30, "us": 10}
    ranking = rank([votes(1, eu=(3, 3), us=(7, 7)), votes(2, eu=(21, 21), us=(1, 1))], ballots_per_side=ballots)
    assert [idea.two_sided_rank for idea in ranking.two_sided] == [1, 1]


def test_a_side_without_ballots_leaves_the_two_sided_order_open() -> None:
    ranking = rank([votes(1, eu=(5, 3)), votes(2)], ballots_per_side={"eu": 4, "us": 0})
    assert ranking.two_sided == ()
    assert ranking.silent_sides == ("us",)
    first = ranking.by_dots[0]
    assert (first.shares, first.balanced, first.two_sided_rank) == ({"eu": 0.75, "us": None}, None, None)
    assert first.dots == {"eu": 5, "us": 0}


def test_an_idea_that_one_side_does_not_want_has_no_two_sided_support() -> None:
    ranking = rank([votes(1, eu=(9, 9)), votes(2, eu=(1, 1), us=(1, 1))], ballots_per_side={"eu": 9, "us": 9})
    assert [(idea.number, idea.balanced == 0) for idea in ranking.two_sided] == [(2, False), (1, True)]


def test_no_ideas_give_an_empty_ranking() -> None:
    assert rank([], ballots_per_side={"eu": 1, "us": 1}) == Ranking({"eu": 1, "us": 1}, (), ())


@pytest.mark.parametrize(
    "impossible",
    [votes(1, eu=(2, 3)), votes(1, eu=(9, 5)), votes(1, mars=(1, 1)), votes(1, eu=(1, 0)), votes(1, eu=(0, -1))],
)
def test_counts_that_cannot_be_are_not_ranked(impossible: IdeaVotes) -> None:
    with pytest.raises(ValueError, match="idea 1"):
        rank([impossible], ballots_per_side={"eu": 4, "us": 4})


@given(rooms())
def test_both_orders_hold_every_idea_with_its_raw_counts(room: tuple[list[IdeaVotes], dict[str, int]]) -> None:
    ideas, ballots = room
    ranking = rank(ideas, ballots_per_side=ballots)
    for order in (ranking.by_dots, ranking.two_sided) if all(ballots.values()) else (ranking.by_dots,):
        assert {idea.number: idea.dots for idea in order} == {idea.number: idea.dots for idea in ideas}
        assert {idea.number: idea.supporters for idea in order} == {idea.number: idea.supporters for idea in ideas}


@given(rooms())
def test_a_place_counts_the_ideas_that_are_better(room: tuple[list[IdeaVotes], dict[str, int]]) -> None:
    ideas, ballots = room
    ranking = rank(ideas, ballots_per_side=ballots)
    for idea in ranking.by_dots:
        assert idea.dots_rank == 1 + sum(other.total_dots > idea.total_dots for other in ranking.by_dots)
    for order in (ranking.by_dots, ranking.two_sided):
        places = [(idea.dots_rank if order is ranking.by_dots else idea.two_sided_rank, idea.number) for idea in order]
        assert places == sorted(places, key=lambda place: (place[0] or 0, place[1]))


@given(rooms())
def test_the_order_of_the_input_does_not_matter(room: tuple[list[IdeaVotes], dict[str, int]]) -> None:
    ideas, ballots = room
    assert rank(reversed(ideas), ballots_per_side=ballots) == rank(ideas, ballots_per_side=ballots)


@given(rooms())
def test_a_balanced_score_lies_between_the_shares(room: tuple[list[IdeaVotes], dict[str, int]]) -> None:
    ideas, ballots = room
    for idea in rank(ideas, ballots_per_side=ballots).two_sided:
        shares = [share for share in idea.shares.values() if share is not None]
        assert idea.balanced is not None
        assert min(shares) - 1e-9 <= idea.balanced <= max(shares) + 1e-9
