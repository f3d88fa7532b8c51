"""What every side supports and what divides the sides: by side, with raw counts, and never out of chance."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.opinion import LEAST_GAP, LIKELIEST_BY_CHANCE, MOST_SHOWN, _by_chance, opinions, too_few
from workshop.domain.ranking import IdeaVotes, Ranking, rank


def room(ballots: Mapping[str, int], *supporters: Mapping[str, int]) -> Ranking:
    votes = [IdeaVotes(number, behind, behind) for number, behind in enumerate(supporters, start=1)]
    named = [
        IdeaVotes(
            each.number, {side: n for side, n in each.dots.items() if n}, {s: n for s, n in each.dots.items() if n}
        )
        for each in votes
    ]
    return rank(named, ballots_per_side=ballots)


def random_room(seed: int, *, ballots: Mapping[str, int], ideas: int = 24, dots: int = 5) -> Ranking:
    """Everybody gives five dots to five ideas, whatever their side."""
    chance = Random(seed)
    behind: list[dict[str, int]] = [dict.fromkeys(ballots, 0) for _ in range(ideas)]
    for side, people in ballots.items():
        for _ in range(people):
            for idea in chance.sample(range(ideas), dots):
                behind[idea][side] += 1
    return room(ballots, *behind)


def test_what_every_side_supports_is_ordered_by_the_side_that_supports_it_least() -> None:
    found = opinions(
        room({"eu": 60, "us": 13}, {"eu": 40, "us": 5}, {"eu": 30, "us": 6}, {"eu": 1, "us": 1}, {"eu": 4})
    )
    assert [idea.number for idea in found.shared] == [2, 1]
    assert found.divided == ()


def test_what_divides_the_sides_names_both_with_their_counts() -> None:
    found = opinions(room({"eu": 60, "us": 13}, {"eu": 10, "us": 11}, {"eu": 30, "us": 6}, {"eu": 20, "us": 4}))
    [division] = found.divided
    assert (division.idea.number, division.more, division.less) == (1, "us", "eu")
    assert division.gap == pytest.approx(11 / 13 - 10 / 60)
    assert division.chance < 0.001
    assert division.idea.supporters == {"eu": 10, "us": 11}
    assert 1 not in [idea.number for idea in found.shared]


def test_a_gap_that_thirteen_ballots_make_by_chance_is_no_division() -> None:
    assert opinions(room({"eu": 60, "us": 13}, *[{"eu": 12, "us": 6}] * 20)).divided == ()


def test_one_supporter_on_a_side_is_not_its_support_and_a_silent_side_says_nothing() -> None:
    assert opinions(room({"eu": 10, "us": 2}, {"eu": 5, "us": 1}, {"eu": 5})).shared == ()
    silent = opinions(room({"eu": 10, "us": 0}, {"eu": 5}))
    assert (silent.shared, silent.divided) == ((), ())
    assert opinions(rank((), ballots_per_side={})).shared == ()


def test_of_three_sides_the_two_that_differ_most_are_compared() -> None:
    ballots = {"eu": 40, "us": 40, "ch": 40}
    [division] = opinions(room(ballots, {"eu": 20, "us": 35, "ch": 5}, {"eu": 10, "us": 10, "ch": 10})).divided
    assert (division.more, division.less) == ("us", "ch")


@given(
    st.integers(0, 10**6), st.sampled_from([{"eu": 60, "us": 13}, {"eu": 40, "us": 40}, {"eu": 9, "us": 9, "ch": 9}])
)
def test_whatever_the_votes_five_are_shown_each_with_its_reasons(seed: int, ballots: dict[str, int]) -> None:
    ranking = random_room(seed, ballots=ballots)
    found = opinions(ranking)
    assert len(found.shared) <= MOST_SHOWN
    assert len(found.divided) <= MOST_SHOWN
    for idea in found.shared:
        assert all(idea.supporters[side] >= 2 for side in ballots)
    for division in found.divided:
        assert division.gap >= LEAST_GAP
        assert 0 <= division.chance <= LIKELIEST_BY_CHANCE
    assert opinions(ranking) == found


def test_in_two_hundred_rooms_that_vote_at_random_the_sides_are_hardly_ever_divided() -> None:
    rooms = (random_room(seed, ballots={"eu": 60, "us": 13}) for seed in range(200))
    assert sum(bool(opinions(each).divided) for each in rooms) <= 200 * LIKELIEST_BY_CHANCE


def test_fishers_exact_test_gives_his_own_example() -> None:
    assert _by_chance(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)  # the lady who tasted tea
    assert _by_chance(0, 5, 0, 7) == pytest.approx(1)
    assert _by_chance(500, 1000, 500, 1000) == pytest.approx(1)


def test_too_few_voters_are_counted_in_the_sentence() -> None:
    assert too_few(1).sentence == "Not enough votes for opinion groups: 1 person with at least 7 votes, 20 are needed."
