"""Habits of the people of a rehearsal: who comes late, taps twice, loses their phone, changes their mind.

Rooms are like that, and a rehearsal in which everybody behaves would rehearse nothing.
"""

from __future__ import annotations

from random import Random

_FEWEST = 10
"""In a smaller room everybody is there and behaves."""

_LATE, _TAPS_TWICE, _LOSES_THE_PHONE, _CHANGES_THEIR_MIND = 0.08, 0.1, 0.06, 0.15


class Habits:
    """The places of those who have a habit. The same seed gives the same people the same habits."""

    def __init__(self, people: int, *, seed: int) -> None:
        chance = Random(f"{seed} habits")  # noqa: S311  a rehearsal, not a secret

        def some(share: float) -> frozenset[int]:
            number = round(people * share) if people >= _FEWEST else 0
            return frozenset(chance.sample(range(people), number))

        self.late = some(_LATE)
        self.tap_twice = some(_TAPS_TWICE)
        self.lose_the_phone = some(_LOSES_THE_PHONE)
        self.change_their_mind = some(_CHANGES_THEIR_MIND)
