"""Two orders of the same votes: raw dots, and two-sided support.

Raw dots follow the larger delegation: 60 voters of one side and 13 of the other make every dot order an order of the
first side. Two-sided support asks each side for itself:

    share(idea, side) = ballots of the side with at least one dot on the idea / ballots of the side      [0 to 1]
    balanced(idea)    = (product of the shares over all n sides) ** (1 / n), their geometric mean        [0 to 1]

A ballot is one person who has cast at least one dot. Shares count supporters, not dots, so that a pile of dots from
one person weighs no more than that person. One side without any support makes the balanced score 0: an idea that
nobody over there wants is not a two-sided idea. Both orders are always given, and the raw counts stay in each.

Votes counted by hand stand beside both orders and in neither; `workshop.domain.hand_count` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from workshop.domain.hand_count import NOTHING_BY_HAND, CountedByHand


@dataclass(frozen=True, slots=True)
class IdeaVotes:
    """What the ballots say about one idea, by side; a side that is not named gave nothing."""

    number: int
    dots: Mapping[str, int]
    supporters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RankedIdea:
    """One idea with its raw counts and its place in both orders (1 is best; equals share a place: 1, 2, 2, 4).

    ``shares`` holds ``None`` for a side without ballots; then ``balanced`` and ``two_sided_rank`` are ``None`` too.
    """

    number: int
    dots: Mapping[str, int]
    supporters: Mapping[str, int]
    shares: Mapping[str, float | None]
    total_dots: int
    balanced: float | None
    dots_rank: int
    two_sided_rank: int | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The same ideas in both orders, best first, equals by number, and beside them what was counted by hand.

    ``two_sided`` is empty while a side has no ballot, because there is nothing to balance yet; ``silent_sides`` names
    the sides that are missing.
    """

    ballots: Mapping[str, int]
    by_dots: tuple[RankedIdea, ...]
    two_sided: tuple[RankedIdea, ...]
    by_hand: CountedByHand = NOTHING_BY_HAND

    @property
    def silent_sides(self) -> tuple[str, ...]:
        """The sides of which nobody has cast a ballot."""
        return tuple(side for side, count in self.ballots.items() if count == 0)

    @property
    def best_first(self) -> tuple[int, ...]:
        """The numbers of the ideas by two-sided support, by dots while a side is silent; none while all are."""
        order = self.two_sided or (self.by_dots if any(self.ballots.values()) else ())
        return tuple(idea.number for idea in order)


def rank(ideas_votes: Iterable[IdeaVotes], *, ballots_per_side: Mapping[str, int]) -> Ranking:
    """Order ideas by raw dots and by two-sided support.

    :param ideas_votes: one entry per idea, those without a dot included.
    :param ballots_per_side: for every side of the event, the number of persons who cast at least one dot.
    :raises ValueError: when the counts contradict each other (a side that does not exist, more supporters than ballots
        or than dots), because a wrong ranking must never be drawn.
    """
    ideas = sorted(ideas_votes, key=lambda idea: idea.number)
    for idea in ideas:
        _check(idea, ballots_per_side)
    strengths = {idea.number: _product_of_shares(idea, ballots_per_side) for idea in ideas}
    dots_ranks = _competition_ranks(ideas, lambda idea: Fraction(sum(idea.dots.values())))
    two_sided_ranks = (
        {} if None in strengths.values() else _competition_ranks(ideas, lambda idea: strengths[idea.number])
    )
    ranked = [
        _ranked(
            idea, ballots_per_side, strengths[idea.number], dots_ranks[idea.number], two_sided_ranks.get(idea.number)
        )
        for idea in ideas
    ]
    return Ranking(
        ballots=dict(ballots_per_side),
        by_dots=tuple(sorted(ranked, key=lambda idea: idea.dots_rank)),
        two_sided=tuple(sorted(ranked, key=lambda idea: idea.two_sided_rank or 0)) if two_sided_ranks else (),
    )


def _check(idea: IdeaVotes, ballots: Mapping[str, int]) -> None:
    for side in {*idea.dots, *idea.supporters}:
        supporters, dots = idea.supporters.get(side, 0), idea.dots.get(side, 0)
        if side not in ballots or not 0 <= supporters <= min(dots, ballots[side]) or (dots > 0) != (supporters > 0):
            raise ValueError(f"idea {idea.number}: {dots} dots of {supporters} supporters, side {side!r} of {ballots}")


def _product_of_shares(idea: IdeaVotes, ballots: Mapping[str, int]) -> Fraction | None:
    """Return the product as an exact number, so that equal support is an equal rank whatever the rounding."""
    if not ballots or 0 in ballots.values():
        return None
    return prod((Fraction(idea.supporters.get(side, 0), count) for side, count in ballots.items()), start=Fraction(1))


def _competition_ranks(ideas: list[IdeaVotes], strength: Callable[[IdeaVotes], Fraction | None]) -> dict[int, int]:
    ordered = sorted(((strength(idea) or Fraction(0), idea.number) for idea in ideas), key=lambda one: -one[0])
    ranks: dict[int, int] = {}
    for place, (value, number) in enumerate(ordered, start=1):
        equal_to_the_last = place > 1 and ordered[place - 2][0] == value
        ranks[number] = ranks[ordered[place - 2][1]] if equal_to_the_last else place
    return ranks


def _ranked(
    idea: IdeaVotes, ballots: Mapping[str, int], strength: Fraction | None, dots_rank: int, two_sided_rank: int | None
) -> RankedIdea:
    supporters = {side: idea.supporters.get(side, 0) for side in ballots}
    return RankedIdea(
        number=idea.number,
        dots={side: idea.dots.get(side, 0) for side in ballots},
        supporters=supporters,
        shares={side: supporters[side] / count if count else None for side, count in ballots.items()},
        total_dots=sum(idea.dots.values()),
        balanced=None if strength is None else float(strength) ** (1 / len(ballots)),
        dots_rank=dots_rank,
        two_sided_rank=two_sided_rank,
    )
