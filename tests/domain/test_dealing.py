"""Dealing: every idea gets nearly the same number of raters, nobody gets an own one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.dealing import deal

Hand = tuple[int, ...]


def dealt_to(
    people: int, ideas: int, hand: int, *, authors: bool = False
) -> tuple[Counter[int], list[tuple[int, ...]]]:
    """Deal to one person after the other; with ``authors`` the ideas are theirs, in the order in which they come."""
    counts = Counter(dict.fromkeys(range(1, ideas + 1), 0))
    hands = []
    for person in range(people):
        own = {number for number in counts if authors and number % people == person}
        given_now = deal(counts, own=own, held=(), before=person, hand=hand)
        assert own.isdisjoint(given_now)
        counts.update(given_now)
        hands.append(given_now)
    return counts, hands


@given(people=st.integers(1, 80), ideas=st.integers(1, 40), hand=st.integers(1, 8))
def test_the_numbers_of_raters_differ_by_one_at_most(people: int, ideas: int, hand: int) -> None:
    counts, hands = dealt_to(people, ideas, hand)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert all(len(set(given_now)) == len(given_now) == min(hand, ideas) for given_now in hands)


@given(people=st.integers(4, 80), ideas=st.integers(8, 40))
def test_with_authors_in_the_room_they_differ_by_two_at_most(people: int, ideas: int) -> None:
    counts, _ = dealt_to(people, ideas, 4, authors=True)
    assert max(counts.values()) - min(counts.values()) <= 2


def test_hands_differ_from_person_to_person_and_are_the_same_when_the_room_plays_again() -> None:
    _, hands = dealt_to(30, 24, 4)
    assert len(set(hands)) > 20
    assert dealt_to(30, 24, 4)[1] == hands


def test_a_hand_is_filled_up_and_no_more() -> None:
    counts = dict.fromkeys(range(1, 9), 3)
    more = deal(counts, own={1}, held={2, 3}, before=7, hand=4)
    assert len(more) == 2
    assert {1, 2, 3}.isdisjoint(more)
    assert deal(counts, own=(), held={2, 3, 4, 5, 6}, before=7, hand=4) == ()
    assert deal({1: 0}, own={1}, held=(), before=0, hand=4) == ()


def test_an_idea_that_some_cannot_judge_comes_next() -> None:
    assert deal({1: 5, 2: 4, 3: 5, 4: 5}, own=(), held=(), before=9, hand=1) == (2,)
