"""How the people of a rehearsal rate: an idea has a worth that most of them see, each with an eye of their own."""

from __future__ import annotations

from random import Random

from workshop.domain.rating import MARKS, Said

_STAY_AWAY, _CANNOT_JUDGE = 0.07, 0.06
_SPREAD, _OWN_EYE = 0.9, 0.8


class Taste:
    """The marks of everybody for every idea; the same seed gives the same marks, whoever is asked first."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def stays_away(self, person: int) -> bool:
        """Whether somebody rates nothing at all."""
        return self._chance("away", person).random() < _STAY_AWAY

    def of(self, person: int, idea: int) -> Said:
        """What somebody says of an idea."""
        chance = self._chance("marks", person, idea)
        if chance.random() < _CANNOT_JUDGE:
            return Said(passed=True)
        impact, feasibility = (self._worth(scale, idea) + chance.gauss(0, _OWN_EYE) for scale in ("impact", "done"))
        return Said(_mark(impact), _mark(feasibility))

    def _worth(self, scale: str, idea: int) -> float:
        return self._chance(scale, idea).gauss(3.3, _SPREAD)

    def _chance(self, *what: object) -> Random:
        return Random(f"{self._seed} {what}")  # noqa: S311  a rehearsal, not a secret


def _mark(value: float) -> int:
    return min(max(round(value), MARKS[0]), MARKS[-1])
