"""How the people of a rehearsal vote: a few ideas are liked by many, each side has a taste, and not everybody votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from uuid import UUID

from workshop.domain.event import Limits
from workshop.domain.idea import ShownIdea

_STAY_AWAY = 0.07
_SAVE_DOTS = 0.15
_OWN_SIDE = 1.3


def ballots(
    sides: Sequence[str], ideas: Sequence[ShownIdea], limits: Limits, *, seed: int
) -> tuple[tuple[tuple[UUID, int], ...], ...]:
    """Draw one ballot per person, in the order of their sides: ideas and their dots; empty for those who stay away."""
    chance = Random(f"{seed} dots")  # noqa: S311  a rehearsal, not a secret
    on_board = sorted(ideas, key=lambda idea: idea.number)
    common = [chance.lognormvariate(0, 0.9) for _ in on_board]
    tastes = {
        side: [
            quality * chance.lognormvariate(0, 0.6) * (_OWN_SIDE if idea.side == side else 1)
            for quality, idea in zip(common, on_board, strict=True)
        ]
        for side in sorted(set(sides))
    }
    return tuple(_ballot(on_board, tastes[side], limits, chance) for side in sides)


def _ballot(
    ideas: Sequence[ShownIdea], taste: Sequence[float], limits: Limits, chance: Random
) -> tuple[tuple[UUID, int], ...]:
    if not ideas or chance.random() < _STAY_AWAY:
        return ()
    budget = limits.dots if chance.random() > _SAVE_DOTS else chance.randint(1, limits.dots)
    given: Counter[UUID] = Counter()
    for _ in range(budget):
        open_to = [place for place, idea in enumerate(ideas) if given[idea.id] < limits.dots_per_idea]
        if open_to:
            given[ideas[chance.choices(open_to, [taste[place] for place in open_to])[0]].id] += 1
    return tuple(given.items())
