"""The ground of a picture: what is taken, and the free place nearest to a wanted one.

Places are the points of a fine grid, so that "nearest" is decided the same way everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Place = tuple[float, float]
Points = NDArray[np.float64]

NEAR = (6, 16, 40)
"""Radii around a wanted place in which a free one is looked for first."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box, gap: float) -> bool:
        """Whether the two come nearer to each other than the gap."""
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def count(self, points: Points) -> int:
        """How many of the points lie in it."""
        if not len(points):
            return 0
        away = points - (self.x, self.y)
        return int(((away >= 0) & (away <= (self.width, self.height))).all(axis=1).sum())


class Ground:
    """A rectangle on which circles of a few radii find their places, none on another or on a box."""

    def __init__(self, width: float, height: float, *, radii: Sequence[float], step: float, gap: float) -> None:
        self.gap = gap
        self.across: Points = np.arange(0, width + step / 2, step)
        self.down: Points = np.arange(0, height + step / 2, step)
        self.free: dict[float, NDArray[np.bool_]] = {
            radius: np.outer(
                (self.down >= radius) & (self.down <= height - radius),
                (self.across >= radius) & (self.across <= width - radius),
            )
            for radius in set(radii)
        }

    def keep_clear(self, box: Box, *, gap: float) -> None:
        """Let no circle come nearer to the box than the gap."""
        beside = np.maximum(np.maximum(box.x - self.across, self.across - box.x - box.width), 0)
        above = np.maximum(np.maximum(box.y - self.down, self.down - box.y - box.height), 0)
        away = np.hypot(above[:, None], beside[None, :])
        for radius in self.free:
            self.free[radius] &= away >= radius + gap

    def take(self, wanted: Place, radius: float) -> Place | None:
        """The free place nearest to the wanted one, which is taken from now on; None when there is none."""
        for reach in (*(radii * radius for radii in NEAR), None):
            found = self._nearest(wanted, radius, reach=reach)
            if found is not None:
                self._cover(found, radius)
                return found
        return None

    def _nearest(self, wanted: Place, radius: float, *, reach: float | None) -> Place | None:
        """The nearest free point within a reach; looking near first saves most of the way over the whole ground."""
        rows, columns = self._square(wanted, reach)
        down, across = self.down[rows], self.across[columns]
        away = np.square(down - wanted[1])[:, None] + np.square(across - wanted[0])[None, :]
        away[~self.free[radius][rows, columns]] = np.inf
        if away.size == 0:
            return None
        row, column = np.unravel_index(int(np.argmin(away)), away.shape)
        if not away[row, column] <= (np.finfo(np.float64).max if reach is None else reach**2):
            return None
        return float(across[column]), float(down[row])

    def _cover(self, place: Place, radius: float) -> None:
        for other, free in self.free.items():
            reach = radius + other + self.gap
            rows, columns = self._square(place, reach)
            away = np.square(self.down[rows] - place[1])[:, None] + np.square(self.across[columns] - place[0])[None, :]
            free[rows, columns] &= away >= reach**2

    def _square(self, middle: Place, reach: float | None) -> tuple[slice, slice]:
        if reach is None:
            return slice(None), slice(None)
        rows = np.searchsorted(self.down, (middle[1] - reach, middle[1] + reach))
        columns = np.searchsorted(self.across, (middle[0] - reach, middle[0] + reach))
        return slice(int(rows[0]), int(rows[1])), slice(int(columns[0]), int(columns[1]))
