"""From the board's map to the ground of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log2

from workshop.drawing.ground import Place
from workshop.drawing.picture import Map, Spot

STEPS_PER_DOUBLING = 4
LEAST_REACH = 0.4
FEW, MARGIN_OF_FEW = 40, 0.16


class Frame:
    """From places on the board (-1..1) to places in the picture, filled as far as ideas reach, in coarse steps."""

    def __init__(self, wanted: Map, spots: Sequence[Spot]) -> None:
        self.width, self.height = wanted.width, wanted.height
        self.across = _reach([spot.x for spot in spots])
        self.down = _reach([-spot.y for spot in spots])
        # A few themes at the four edges do not look like one picture.
        self.kept_clear = MARGIN_OF_FEW * max(0.0, 1 - in_steps(len(spots)) / FEW)

    def place(self, spot: Spot, radius: float) -> Place:
        (left, right), (top, bottom) = self.across, self.down
        x, y = (spot.x - left) / (right - left), (-spot.y - top) / (bottom - top)
        return _within(self.width, radius, self.kept_clear, x), _within(self.height, radius, self.kept_clear, y)


def in_steps(ideas: int) -> float:
    """How many ideas there are, in steps of a fifth, so that one more seldom changes a size."""
    return float(2 ** (ceil(STEPS_PER_DOUBLING * log2(max(ideas, 1))) / STEPS_PER_DOUBLING))


def _within(length: float, radius: float, kept_clear: float, share: float) -> float:
    edge = radius + kept_clear * length
    return edge + (length - 2 * edge) * share


def _reach(values: Sequence[float]) -> tuple[float, float]:
    low, high = floor(10 * min(values, default=-1.0)) / 10, ceil(10 * max(values, default=1.0)) / 10
    return (
        (low, high) if high - low >= LEAST_REACH else ((low + high - LEAST_REACH) / 2, (low + high + LEAST_REACH) / 2)
    )
