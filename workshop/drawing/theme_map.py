"""The theme map as geometry: names first, then every idea at the free place nearest to its own.

Ideas come in the order of their numbers and never give way to later ones, so a newcomer moves nobody: what decides the
size of all bubbles (how many there are, how far the map reaches) is read in coarse steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2, pi, sqrt

from workshop.drawing import lettering, names
from workshop.drawing.frame import Frame, in_steps
from workshop.drawing.ground import Ground
from workshop.drawing.labels import LEAST
from workshop.drawing.picture import NOT_SURE_COLOUR, Bubble, Map, Name, Picture, Spot

COVERED = 0.32
"""The share of the free ground that bubbles cover: more would push neighbours apart."""

LARGEST, SMALLEST = 36.0, 5.0
GAP = 5.0
NAME_GAP = 6.0
LEAST_DOTS, MOST_DOTS = 0.35, 5.0
NARROW = 0.78
"""How far a number may be drawn narrower than its letters are, so that #100 is told where #99 is."""

SHORTEST = "00"
"""Bubbles too small for two figures show none: nine numbers among hundreds would only look like a mistake."""

LETTERS = 1.05
"""The size of a number, as a share of the radius, where that is more than the least."""

SHRINK = 0.92
SIZES_PER_DOUBLING = 3
FINE = 4
"""Grid points in the radius of a bubble."""

INNER = {"circle": 0.97, "square": 0.8, "diamond": 0.56, "triangle": 0.45, "star": 0.42, "cross": 0.42}
"""Half of what a shape has for its number, as a share of the radius."""

Circle = tuple[float, float, float]


def draw(wanted: Map) -> Picture:
    """The whole picture. Bubbles grow with dots where all ideas have them, otherwise all are of one size."""
    spots = [(spot, theme.id, theme.colour) for theme in wanted.themes for spot in theme.spots]
    spots += [(spot, "", NOT_SURE_COLOUR) for spot in wanted.not_sure]
    spots.sort(key=lambda one: one[0].number)
    everyone = [spot for spot, _, _ in spots]
    frame = Frame(wanted, everyone)
    members = {theme.id: [frame.place(spot, LARGEST) for spot in theme.spots] for theme in wanted.themes}
    labels = names.lay(wanted, members)
    circles = _circles(frame, everyone, labels)
    shapes = {side.key: side.shape for side in wanted.sides}
    return Picture(
        width=wanted.width,
        height=wanted.height,
        bubbles=tuple(
            _bubble(spot, theme, colour, shapes.get(spot.side, "circle"), circle)
            for (spot, theme, colour), circle in zip(spots, circles, strict=True)
        ),
        names=labels,
    )


def _circles(frame: Frame, spots: Sequence[Spot], labels: Sequence[Name]) -> list[Circle]:
    """Centre and radius of each idea, shrunk together until all have a place."""
    covered = sum((label.width + GAP) * (label.height + GAP) for label in labels)
    unit = _radius(frame.width * frame.height - covered, len(spots))
    weights = _weights(spots)
    while True:
        radii = [round(unit * sqrt(weight), 2) for weight in weights]
        ground = Ground(frame.width, frame.height, radii=radii, step=max(unit / FINE, 1.0), gap=GAP)
        for label in labels:
            ground.keep_clear(names.box_of(label), gap=NAME_GAP)
        found = list(_settled(frame, spots, radii, ground))
        if len(found) == len(spots):
            return found
        unit *= SHRINK


def _settled(frame: Frame, spots: Sequence[Spot], radii: Sequence[float], ground: Ground) -> Iterator[Circle]:
    """One idea after another at the nearest free place, until one finds none."""
    for spot, radius in zip(spots, radii, strict=True):
        place = ground.take(frame.place(spot, radius), radius)
        if place is None:
            return
        yield round(place[0], 2), round(place[1], 2), radius


def _radius(ground: float, ideas: int) -> float:
    return min(max(sqrt(COVERED * max(ground, 1.0) / in_steps(ideas) / pi), SMALLEST), LARGEST)


def _weights(spots: Sequence[Spot]) -> list[float]:
    """The area of each bubble, 1 on the average: equal, or growing with the dots."""
    dots = [spot.dots for spot in spots if spot.dots is not None]
    if len(dots) < len(spots) or not sum(dots):
        return [1.0] * len(spots)
    mean = sum(dots) / len(dots)
    exact = (min(LEAST_DOTS + (1 - LEAST_DOTS) * given / mean, MOST_DOTS) for given in dots)
    return [2 ** (round(SIZES_PER_DOUBLING * log2(weight)) / SIZES_PER_DOUBLING) for weight in exact]


def _bubble(spot: Spot, theme: str, colour: int, shape: str, circle: Circle) -> Bubble:
    x, y, radius = circle
    text = str(spot.number)
    for size in (max(round(LETTERS * radius), LEAST), LEAST):
        room = _room(shape, radius, size)
        if NARROW * max(lettering.width(text, size), lettering.width(SHORTEST, size)) <= room:
            return Bubble(spot.number, theme, colour, spot.side, shape, x, y, radius, text, size, round(room, 2))
    return Bubble(spot.number, theme, colour, spot.side, shape, x, y, radius)


def _room(shape: str, radius: float, size: float) -> float:
    """How wide a number of this size may be in a shape, 0 where it is too high for it."""
    inner, tall = INNER[shape] * radius, 0.36 * size
    if tall > inner:
        return 0.0
    return 2 * (sqrt(inner**2 - tall**2) if shape == "circle" else inner)
