"""Votes of people without a device, counted by hand: dots on paper, by side, and how many ballots they came from.

They are counted apart, everywhere. A hand count tells how many dots an idea got, not how many people gave them, so it
cannot enter the shares of a side, which count supporters; and whoever types a number shall not move a ranking that
everybody else made with their own taps. So both orders stay those of the ballots cast on devices, and beside each idea
stands "plus 7 hand-counted dots".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.domain.event import Limits
from workshop.errors import Invalid

MOST_BALLOTS = 1000


@dataclass(frozen=True, slots=True)
class HandCount:
    """What was counted by hand for one side: ballots, and dots by number of the idea. A change raises ``version``."""

    side: str
    ballots: int = 0
    dots: Mapping[int, int] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class CountedByHand:
    """All hand counts of a room, for whoever shows results: ballots by side, dots by number of the idea and side."""

    ballots: Mapping[str, int] = field(default_factory=dict)
    dots: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    def on(self, number: int) -> int:
        """The dots that one idea got by hand, all sides together."""
        return sum(self.dots.get(number, {}).values())


NOTHING_BY_HAND = CountedByHand()


def label(dots: int) -> str:
    """What stands beside an idea's own dots; empty without hand-counted ones."""
    if dots == 0:
        return ""
    return "plus 1 hand-counted dot" if dots == 1 else f"plus {dots} hand-counted dots"


def ballots_label(ballots: int) -> str:
    """What stands beside the ballots cast on devices; empty without hand-counted ones."""
    if ballots == 0:
        return ""
    return "plus 1 ballot counted by hand" if ballots == 1 else f"plus {ballots} ballots counted by hand"


def read_lines(text: str) -> dict[int, int]:
    """Read one idea per line, its number and its dots: “14 3”. Raises Invalid naming the first other line."""
    dots: dict[int, int] = {}
    for place, line in enumerate(text.splitlines(), start=1):
        parts = line.replace("#", " ").replace(":", " ").replace(",", " ").split()
        if not parts:
            continue
        if len(parts) != 2 or not all(part.isdecimal() and len(part) <= 6 for part in parts):
            raise Invalid(f"Line {place}: write the number of an idea and its dots, for example 14 3.")
        number, given = map(int, parts)
        if number in dots:
            raise Invalid(f"#{number} stands in two lines. Add its dots up in one.")
        dots[number] = given
    return dots


def written(dots: Mapping[int, int]) -> str:
    """What `read_lines` reads."""
    return "\n".join(f"{number} {given}" for number, given in sorted(dots.items()))


def checked(limits: Limits, *, ballots: int, dots: Mapping[int, int]) -> dict[int, int]:
    """Return the dots without the ideas that got none. Raises Invalid when so many ballots cannot hold them."""
    if not 0 <= ballots <= MOST_BALLOTS:
        raise Invalid(f"The number of ballots is 0 to {MOST_BALLOTS}.")
    for number, given in dots.items():
        if given < 0:
            raise Invalid(f"#{number} cannot have less than 0 dots.")
        most = ballots * limits.dots_per_idea
        if given > most:
            raise Invalid(
                f"#{number} has {given} dots, but {_ballots(ballots)} can give one idea {most} at most "
                f"({limits.dots_per_idea} each). Count again."
            )
    total, most = sum(dots.values()), ballots * limits.dots
    if total > most:
        raise Invalid(f"{total} dots in all, but {_ballots(ballots)} have {most} ({limits.dots} each). Count again.")
    return {number: given for number, given in dots.items() if given}


def _ballots(number: int) -> str:
    return "1 ballot" if number == 1 else f"{number} ballots"
