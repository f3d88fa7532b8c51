"""A chart as plain geometry: blocks, lines, marks and words, drawn in this order.

Lengths are pixels of a picture that is 1,792 wide, x to the right, y down. Every part has a key that stays the same
while its idea does, so that a screen lets it glide. ``paint`` names what it stands for, not a colour: `INK`, `QUIET`,
`GROUND`, `ACCENT`, `ON_ACCENT`, or a side (`of_side`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from workshop.drawing import lettering

Anchor = Literal["start", "middle", "end"]

WIDTH, HEIGHT = 1792.0, 668.0
MOST_IDEAS = 8
"""What is read at 15 m."""

INK, QUIET, GROUND, ACCENT, ON_ACCENT = "ink", "quiet", "ground", "accent", "on accent"


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle by its upper left corner."""

    key: str
    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from one place to another; ``opacity`` from 0 to 1."""

    key: str
    x: float
    y: float
    to_x: float
    to_y: float
    paint: str
    width: float = 2
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape around its middle: a side's, or a circle."""

    key: str
    x: float
    y: float
    radius: float
    paint: str
    shape: str = "circle"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: ``x`` is its begin, end or middle, ``y`` the middle of its height, ``room`` its widest width."""

    key: str
    text: str
    x: float
    y: float
    size: float
    room: float
    anchor: Anchor = "start"
    paint: str = INK
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole chart."""

    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()
    width: float = WIDTH
    height: float = HEIGHT


def of_side(key: str) -> str:
    """The paint of a side."""
    return f"side {key}"


def fitted(choices: Iterable[str], size: float, *, room: float) -> str:
    """The first of these texts that fits, else the last one cut off."""
    text = ""
    for text in choices:
        if lettering.width(text, size) <= room:
            return text
    return lettering.broken(text, size, limit=room, lines=1)[0]


def coloured(sheet: Sheet, colours: Mapping[str, str]) -> dict[str, Any]:
    """The chart as JSON values, each paint as its colour in ``colours``."""

    def drawn(parts: Iterable[Block | Line | Mark | Words]) -> list[dict[str, Any]]:
        return [asdict(part) | {"paint": colours[part.paint]} for part in parts]

    return {
        "width": sheet.width,
        "height": sheet.height,
        "blocks": drawn(sheet.blocks),
        "lines": drawn(sheet.lines),
        "marks": drawn(sheet.marks),
        "words": drawn(sheet.words),
    }
