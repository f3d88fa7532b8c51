"""Dealing: which ideas a person is given to rate, so that all ideas get nearly the same number of raters.

Whoever comes is dealt the ideas that fewest people have been dealt so far, never their own. Ties are decided by a hash
of how many have been dealt before and the idea: as good as random from person to person, and the same whenever the same
room plays again. A hand is dealt once and kept, so a person's ideas stay theirs.

With n people, m ideas and k ideas each, every idea gets floor(n k / m) or one more of the hands, as long as nobody's
own ideas are in the way; a table of authors at the end can make it two (tests/domain/test_dealing.py plays it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping


def deal(
    dealt: Mapping[int, int], *, own: Collection[int], held: Collection[int], before: int, hand: int
) -> tuple[int, ...]:
    """The numbers of the ideas that a person is given now, least dealt first; fewer where the board has no more.

    :param dealt: for each idea on the board, how many people have been dealt it and have not said that they cannot
        judge it.
    :param own: ideas that this person has a part in.
    :param held: ideas that this person was dealt before, and that are still on the board.
    :param before: how many hands were dealt before this one.
    :param hand: how many ideas a person is to have in all.
    """
    free = [number for number in dealt if number not in own and number not in held]
    return tuple(sorted(free, key=lambda number: (dealt[number], _lot(before, number)))[: max(0, hand - len(held))])


def _lot(before: int, number: int) -> bytes:
    return hashlib.sha256(f"{before} {number}".encode()).digest()
