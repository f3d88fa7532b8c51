"""What every side supports, what divides the sides, and whether the room has groups that vote alike.

The first two ask each side for itself, as two-sided support does (`domain.ranking`): shares are supporters of a side by
its ballots, and the raw counts stay beside them. Nothing is said of a person.

A difference of shares is called a division only where chance does not explain it: by Fisher's exact test of the two
sides that differ most (R. A. Fisher, Statistical Methods for Research Workers, 1934, section 21.02), corrected for as
many looks as there are ideas and pairs of sides (Bonferroni). Otherwise 13 ballots of a side always "divide" the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp, lgamma

from workshop.domain.ranking import RankedIdea, Ranking

MOST_SHOWN = 5
FEWEST_SUPPORTERS = 2
LEAST_GAP = 0.2
LIKELIEST_BY_CHANCE = 0.05

FEWEST_VOTERS, FEWEST_VOTES = 20, 7
"""Opinion groups are looked for among people who voted for seven ideas, if there are twenty of them."""


@dataclass(frozen=True, slots=True)
class Division:
    """An idea that one side wants far more than another. ``gap`` is the difference of their shares (0 to 1).

    ``chance`` is how likely some idea of the board would differ so much if the sides thought alike (0 to 1).
    """

    idea: RankedIdea
    more: str
    less: str
    gap: float
    chance: float


@dataclass(frozen=True, slots=True)
class Opinions:
    """``shared``: at least two supporters on each side, and each side above its average idea, best lowest share first.

    ``divided``: largest gap first. Both have five at most, and none while a side has no ballot.
    """

    shared: tuple[RankedIdea, ...]
    divided: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class TypicalIdea:
    """An idea that a group of voters supports more than the others do: how many of the group, and of all others."""

    number: int
    supporters: int
    others: int


@dataclass(frozen=True, slots=True)
class VoterGroup:
    """People who vote alike: how many, and for what. Who they are is nowhere."""

    people: int
    ideas: tuple[TypicalIdea, ...]


@dataclass(frozen=True, slots=True)
class VoterGroups:
    """Groups of voters, largest first, or none and why. ``voters`` had votes enough to be asked.

    ``silhouette`` and ``stability`` are the evidence, where it came to them; the same ``seed`` gives the same groups.
    """

    voters: int
    groups: tuple[VoterGroup, ...] = ()
    why_none: str = ""
    silhouette: float | None = None
    stability: float | None = None
    seed: int = 0

    @property
    def sentence(self) -> str:
        """The result for readers."""
        if self.groups:
            groups = f"{len(self.groups)} groups of people vote alike"
            return f"{groups}, among {self.voters} with at least {FEWEST_VOTES} votes."
        return self.why_none


def too_few(voters: int) -> VoterGroups:
    """No groups, because there are not votes enough to tell groups from chance."""
    people = "1 person" if voters == 1 else f"{voters} people"
    need = f"{people} with at least {FEWEST_VOTES} votes, {FEWEST_VOTERS} are needed"
    return VoterGroups(voters, why_none=f"Not enough votes for opinion groups: {need}.")


def opinions(ranking: Ranking) -> Opinions:
    """What every side supports and what divides the sides."""
    if ranking.silent_sides or not ranking.ballots:
        return Opinions((), ())
    looks = len(ranking.by_dots) * comb(len(ranking.ballots), 2)
    found = (_division(idea, ranking.ballots, looks) for idea in ranking.by_dots)
    divided = sorted((each for each in found if each), key=lambda each: (-each.gap, each.idea.number))
    apart = {each.idea.number for each in divided}
    average = {side: _average(ranking, side) for side in ranking.ballots}
    shared = [idea for idea in ranking.by_dots if idea.number not in apart and _is_shared(idea, average)]
    shared.sort(key=lambda idea: (-min(_share(idea, side) for side in average), idea.number))
    return Opinions(tuple(shared[:MOST_SHOWN]), tuple(divided[:MOST_SHOWN]))


def _is_shared(idea: RankedIdea, average: Mapping[str, float]) -> bool:
    enough = all(idea.supporters[side] >= FEWEST_SUPPORTERS for side in average)
    return enough and all(_share(idea, side) > usual for side, usual in average.items())


def _average(ranking: Ranking, side: str) -> float:
    return sum(_share(idea, side) for idea in ranking.by_dots) / max(len(ranking.by_dots), 1)


def _division(idea: RankedIdea, ballots: Mapping[str, int], looks: int) -> Division | None:
    widest = max(combinations(ballots, 2), key=lambda pair: abs(_share(idea, pair[0]) - _share(idea, pair[1])))
    more, less = sorted(widest, key=lambda side: -_share(idea, side))
    gap = _share(idea, more) - _share(idea, less)
    if gap < LEAST_GAP:
        return None
    alike = _by_chance(idea.supporters[more], ballots[more], idea.supporters[less], ballots[less])
    chance = min(1.0, looks * alike)
    return Division(idea, more, less, gap, chance) if chance <= LIKELIEST_BY_CHANCE else None


def _share(idea: RankedIdea, side: str) -> float:
    return idea.shares[side] or 0.0


def _by_chance(yes: int, of: int, other_yes: int, other_of: int) -> float:
    """Fisher's exact test, two-sided: how likely these or less likely counts are when both think alike."""
    everybody, all_yes = of + other_of, yes + other_yes

    def likelihood(here: int) -> float:
        return exp(_ways(of, here) + _ways(other_of, all_yes - here) - _ways(everybody, all_yes))

    seen = likelihood(yes) * (1 + 1e-7)
    possible = range(max(0, all_yes - other_of), min(of, all_yes) + 1)
    return sum(each for here in possible if (each := likelihood(here)) <= seen)


def _ways(of: int, chosen: int) -> float:
    """The logarithm of the binomial coefficient."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
