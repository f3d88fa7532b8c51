"""How many themes: the ideas themselves choose, a person asks for fewer or more, or for an exact number.

One fixed resolution makes too few themes of many subjects and too many of few. So several are tried, and the silhouette
(Rousseeuw 1987) says which suits this room; among nearly equal ones the coarsest, since themes are easier to read than
to part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from workshop.errors import Invalid
from workshop.themes.communities import Fixed, Ideas, communities, ideas_of
from workshop.themes.geometry import Labels, Matrix
from workshop.themes.settling import merged, polished, settled, smallest_theme
from workshop.themes.splitting import parts

Granularity: TypeAlias = Literal["fewer", "default", "more"]
FACTOR: Mapping[str, float] = MappingProxyType({"fewer": 0.7, "default": 1.0, "more": 1.3})
RESOLUTIONS = (0.85, 1.0, 1.2, 1.4, 1.7)
NEARLY_BEST = 0.005
MOST_THEMES = 15
STEP_DOWN = 0.88
LOWEST_RESOLUTION = 0.4
STEP_UP = 1.25
HIGHEST_RESOLUTION = 8.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for: a granularity, or an exact number of themes, which goes before it."""

    granularity: Granularity = "default"
    count: int | None = None

    def __post_init__(self) -> None:
        if self.granularity not in FACTOR:
            raise Invalid(f"Choose fewer, default or more themes; “{self.granularity}” is none of them.")
        if self.count is not None and self.count < 1:
            raise Invalid("Ask for at least one theme.")


@dataclass(frozen=True, slots=True)
class Grouping:
    """A label 0..n-1 per idea, fixed themes first, and the resolution that gave them."""

    labels: Labels
    resolution: float

    @property
    def themes(self) -> int:
        """How many themes have ideas."""
        return len(np.unique(self.labels))


def readable_themes(size: int) -> int:
    """How many themes a room takes in at a glance: 6 for 20 ideas, 8 for 60, 11 for 150, 15 from 500 on."""
    return int(min(MOST_THEMES, max(2, round(2.6 * size**0.28))))


def grouped(rows: Matrix, fixed: Fixed, wish: Wish, *, seed: int, start: Labels | None = None) -> Grouping:
    """These unit rows grouped as wished, setting out from the labels in `start` if there are any.

    Raises Invalid where so many themes cannot be made of these ideas.
    """
    ideas = ideas_of(rows, fixed, seed=seed, start=start)
    if wish.count is not None:
        return _exactly(ideas, wish.count)
    chosen = _chosen(ideas)
    if wish.granularity == "default":
        return chosen
    return _at(ideas, chosen.resolution * FACTOR[wish.granularity], MOST_THEMES)


def silhouette(rows: Matrix, labels: Labels) -> float:
    """Mean silhouette of unit rows with the cosine distance, -1..1; 0 for one theme, which parts nothing."""
    names, inverse, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    if not 1 < len(names) < len(rows):
        return 0.0
    sums = np.zeros((len(names), rows.shape[1]))
    np.add.at(sums, inverse, rows)
    likeness = rows @ sums.T
    own = np.arange(len(rows)), inverse
    inside = 1 - (likeness[own] - np.einsum("ij,ij->i", rows, rows)) / np.maximum(sizes[inverse] - 1, 1)
    apart = 1 - likeness / sizes
    apart[own] = np.inf
    outside = apart.min(axis=1)
    scale = np.maximum(np.maximum(inside, outside), 1e-9)
    return float(np.where(sizes[inverse] > 1, (outside - inside) / scale, 0.0).mean())


def _chosen(ideas: Ideas) -> Grouping:
    """The coarsest readable grouping whose silhouette is nearly the best."""
    most = max(readable_themes(len(ideas.rows)), ideas.fixed.count)
    tried = [_at(ideas, resolution, most) for resolution in RESOLUTIONS]
    readable = [found for found in tried if found.resolution in RESOLUTIONS] or tried[:1]
    suits = [round(silhouette(ideas.rows, found.labels), 6) for found in readable]
    return next(found for found, suit in zip(readable, suits, strict=True) if suit >= max(suits) - NEARLY_BEST)


def _at(ideas: Ideas, resolution: float, most: int) -> Grouping:
    """Themes at this resolution, or at the next lower one that makes at most so many."""
    rows, fixed, most = ideas.rows, ideas.fixed, max(most, ideas.fixed.count)
    while True:
        labels = settled(rows, communities(ideas, resolution=resolution), fixed)
        if labels.max(initial=-1) < most or resolution < LOWEST_RESOLUTION:
            break
        resolution *= STEP_DOWN
    labels = merged(rows, labels, fixed, most)  # near copies form islands that no resolution joins
    return Grouping(settled(rows, polished(rows, labels, fixed), fixed), resolution)


def _exactly(ideas: Ideas, count: int) -> Grouping:
    """The coarsest grouping of at least so many themes, the nearest merged; where there is none, the largest halved."""
    rows, fixed, smallest = ideas.rows, ideas.fixed, smallest_theme(len(ideas.rows))
    resolution = LOWEST_RESOLUTION
    found = _at(ideas, resolution, len(rows))
    while found.themes < count and resolution < HIGHEST_RESOLUTION:
        resolution *= STEP_UP
        found = _at(ideas, resolution, len(rows))
    free = np.arange(int(found.labels.max(initial=-1)) + 1) >= fixed.count
    labels = merged(rows, parts(rows, found.labels, count, smallest=smallest, may_split=free), fixed, count)
    if len(np.unique(labels)) != count:
        raise Invalid(f"{len(rows)} ideas, {fixed.count} of their themes fixed, do not make {count} themes.")
    return Grouping(settled(rows, labels, fixed), resolution)
