"""What the pictures of the wall are put together from: bars in the colours of sides, and their shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

Body = Mapping[str, Any]

_SHAPE = Markup('<i class="rt-shape rt-shape-{shape}" style="background:{colour}"></i>')
_TRACK = Markup('<div class="rt-track">{}</div>')
_PART = Markup('<i style="width:{width:.2f}%;background:{colour}"></i>')


def shape(side: Body) -> Markup:
    """The shape of a side in its colour."""
    return _SHAPE.format(shape=side["shape"], colour=side["colour"])


def track(parts: Markup) -> Markup:
    """The ground of a bar with its parts."""
    return _TRACK.format(parts)


def part(value: float, whole: float, colour: str) -> Markup:
    """A piece of a bar; nothing where there is nothing."""
    return _PART.format(width=100 * value / whole if whole else 0, colour=colour) if value else Markup("")


def by_side(counts: Mapping[str, int], sides: Sequence[Body], whole: float) -> Markup:
    """A bar with a piece for each side."""
    return track(joined(part(counts.get(side["key"], 0), whole, side["colour"]) for side in sides))


def joined(parts: Iterable[Markup]) -> Markup:
    """One after the other."""
    return Markup("").join(parts)
