"""Which ideas go on: suggested from both orders with a reason in words, picked by people, undone by them."""

from uuid import UUID, uuid4

import pytest

from workshop.domain import going_on
from workshop.domain.going_on import MOST, GoingOn
from workshop.domain.ranking import IdeaVotes, Ranking, rank
from workshop.errors import Conflict, Invalid

# 13 US and 60 EU ballots: the first three are liked by the large side only, the next three by both.
VOTES = {1: (40, 0), 2: (30, 1), 3: (25, 0), 4: (12, 10), 5: (10, 8), 6: (9, 9), 7: (2, 2), 8: (1, 0), 9: (0, 0)}


def a_ranking(*, us: int = 13) -> Ranking:
    votes = [
        IdeaVotes(number, {"eu": eu, "us": min(of_us, us)}, {"eu": eu, "us": min(of_us, us)})
        for number, (eu, of_us) in VOTES.items()
    ]
    return rank(votes, ballots_per_side={"eu": 60, "us": us})


def test_six_to_eight_ideas_come_from_both_orders_each_with_its_reason() -> None:
    found = {each.number: each.reason for each in going_on.suggestions(a_ranking())}
    assert list(found) == [4, 6, 5, 2, 7, 1, 3]
    assert found[4] == "first in the two-sided order, fourth by dots"
    assert found[1] == "first by dots, without the support of every side"
    assert found[2] == "second by dots, fourth in the two-sided order"


def test_an_idea_without_a_dot_is_not_suggested() -> None:
    assert {9, 8}.isdisjoint({each.number for each in going_on.suggestions(a_ranking())})


def test_the_proposal_is_the_first_of_the_two_sided_order_and_of_dots_while_a_side_is_silent() -> None:
    assert [each.number for each in going_on.proposal(a_ranking())] == [4, 6, 5, 2, 7]
    silent = going_on.proposal(a_ranking(us=0))
    assert [each.number for each in silent] == [1, 2, 3, 4, 5, 6]
    assert silent[0].reason == "first by dots"


@pytest.mark.parametrize(("place", "word"), [(11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (103, "103rd")])
def test_places_beyond_the_tenth_are_numbers(place: int, word: str) -> None:
    votes = [IdeaVotes(number, {"eu": 200 - number}, {"eu": 200 - number}) for number in range(1, 110)]
    ranking = rank(votes, ballots_per_side={"eu": 200, "us": 0})
    assert going_on.reason(ranking.by_dots[place - 1]) == f"{word} by dots"


def test_a_list_takes_eight_and_says_what_to_do_with_the_ninth() -> None:
    full = GoingOn()
    for _ in range(MOST):
        full = going_on.with_idea(full, uuid4())
    with pytest.raises(Conflict, match="Take one off the list first"):
        going_on.with_idea(full, uuid4())
    assert going_on.with_idea(full, full.ideas[0]).ideas == full.ideas, "what is on it already takes no new place"


def test_there_is_one_wild_card_and_a_new_one_takes_its_place() -> None:
    one, two = uuid4(), uuid4()
    first = going_on.with_idea(GoingOn(), one, wild_card=True)
    second = going_on.with_idea(first, two, wild_card=True)
    assert (second.ideas, second.wild_card, second.version) == ((two,), two, 2)
    assert going_on.with_idea(second, two).wild_card is None, "picked as any other, it is no wild card any more"
    assert going_on.without_idea(second, two).wild_card is None


def test_a_proposal_is_accepted_only_while_nobody_has_picked() -> None:
    ideas: list[UUID] = [uuid4(), uuid4()]
    assert going_on.accepted(GoingOn(), ideas).ideas == tuple(ideas)
    with pytest.raises(Conflict, match="picked in the meantime"):
        going_on.accepted(going_on.with_idea(GoingOn(), uuid4()), ideas)
    with pytest.raises(Invalid, match="nothing to accept"):
        going_on.accepted(GoingOn(), [])
