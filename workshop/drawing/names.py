"""The names of themes on the map: as large as the picture allows, none on another, none beyond the edge.

A name stands amid its ideas or in a gap beside them. Places are tried in coarse steps around the middle of the theme,
so that a newcomer seldom moves a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import hypot, inf, sqrt
from statistics import median

import numpy as np

from workshop.drawing import labels
from workshop.drawing.ground import Box, Place, Points
from workshop.drawing.labels import LEAST
from workshop.drawing.picture import Map, Name

SIZES = (52, 46, 40, 36, 32, 28)
GAP = 16
SHARE_OF_PICTURE, MOST_OF_PICTURE = 0.2, 0.34
COARSE = 48
WORTH_ONE_IDEA = 20
"""Pixels that a name goes farther off to cover one idea less."""


Members = Mapping[str, Sequence[Place]]


def lay(picture: Map, members: Members) -> tuple[Name, ...]:
    """The labels of the map; ``members`` are the wanted places of each theme's ideas in the picture.

    Where not all names fit at the smallest size, those of the largest themes do.
    """
    notes = labels.notes(picture)
    themes = [theme for theme in picture.themes if theme.spots]
    placed: list[Name] = []
    for size, share in (*((size, SHARE_OF_PICTURE) for size in SIZES), (LEAST, MOST_OF_PICTURE)):
        # At the last try the largest themes come first: of what does not fit, the smallest stay without a name.
        ordered = sorted(themes, key=lambda theme: -len(theme.spots)) if share == MOST_OF_PICTURE else themes
        tried = [labels.of_theme(picture, theme, size) for theme in ordered]
        placed = _placed(picture, tried, notes, members, share=share)
        if len(placed) == len(themes):
            break
    return (*placed, *notes)


def _placed(
    picture: Map, tried: Sequence[Name], notes: Sequence[Name], members: Members, *, share: float
) -> list[Name]:
    """The labels at their places, in this order, as long as there is room for them and for the ideas."""
    room = share * picture.width * picture.height
    everyone = np.array([place for places in members.values() for place in places])
    taken = [box_of(note) for note in notes]
    placed: list[Name] = []
    for label in tried:
        room -= label.width * label.height
        box = _quiet_box(picture, label, taken, members[label.theme_id], everyone) if room >= 0 else None
        if box is not None:
            taken.append(box)
            placed.append(replace(label, x=box.x, y=box.y))
    return placed


def box_of(name: Name) -> Box:
    return Box(name.x, name.y, name.width, name.height)


def _quiet_box(
    picture: Map, label: Name, taken: Sequence[Box], middle: Sequence[Place], everyone: Points
) -> Box | None:
    """The free box near to the middle of the theme that sends fewest ideas away."""
    most_x, most_y = picture.width - label.width, picture.height - label.height
    if most_x < 0 or most_y < 0:
        return None
    wanted = tuple(COARSE * round(median(place[axis] for place in middle) / COARSE) for axis in (0, 1))
    first = (
        min(max(wanted[0] - label.width / 2, 0.0), most_x),
        min(max(wanted[1] - label.height / 2, 0.0), most_y),
    )
    best, least = None, inf
    for x, y in _around(first, rings=round(2 * picture.width / COARSE)):
        far = hypot(x - first[0], y - first[1]) / WORTH_ONE_IDEA
        if far >= least:
            break
        box = Box(x, y, label.width, label.height)
        if 0 <= x <= most_x and 0 <= y <= most_y and not any(box.meets(other, GAP) for other in taken):
            cost = far + box.count(everyone)
            best, least = (box, cost) if cost < least else (best, least)
    return best


def _around(first: Place, *, rings: int) -> Iterator[Place]:
    """The first place, then ever farther ones on a triangular grid, equals in a fixed order."""
    for dx, dy in _grid(rings):
        yield first[0] + dx * COARSE / 2, first[1] + dy * COARSE / 2


@lru_cache(maxsize=4)
def _grid(rings: int) -> tuple[Place, ...]:
    rows = range(-rings, rings + 1)
    points = [(column + row % 2 / 2, row * sqrt(3) / 2) for row in rows for column in rows]
    return tuple(sorted(points, key=lambda point: (round(point[0] ** 2 + point[1] ** 2, 6), point[1], point[0])))
