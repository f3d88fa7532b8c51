"""Text on slides: boxes by their place, and lines with size and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt

from workshop.drawing import lettering
from workshop.reporting.pdf_ideas import hue

_EMU_PER_POINT = 12_700
_LINE_HEIGHT = 1.2
_NARROWER = 0.9
"""The font of the deck against the one that is measured."""

Written = tuple[str, float, str, bool]
"""A line: its text, its size in points, its colour (#RRGGBB), whether it is bold."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a slide."""

    left: int
    top: int
    width: int
    height: int

    def column(self, place: int, of: int) -> Place:
        """One of several columns side by side."""
        return self.cell(place, of, 1)

    def cell(self, place: int, columns: int, rows: int) -> Place:
        """One cell of a grid, row by row."""
        width, height = self.width // columns, self.height // rows
        return Place(self.left + place % columns * width, self.top + place // columns * height, width, height)

    def high(self, share: float) -> Place:
        """The upper part of the height."""
        return Place(self.left, self.top, self.width, int(share * self.height))

    def part(self, start: float, share: float) -> Place:
        """A piece of the width."""
        return Place(self.left + int(start * self.width), self.top, int(share * self.width), self.height)


def write(page: Any, at: Any, lines: Sequence[Written], *, middle: bool = False) -> Any:
    """Write lines into a new box at a place, or into a shape that is there, and return it.

    Unless they stand in the middle of a shape, where one line is one line, they are cut so that they fit.
    """
    box = page.shapes.add_textbox(*map(Emu, (at.left, at.top, at.width, at.height))) if isinstance(at, Place) else at
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    told = [line for line in lines if line[0]]
    for number, (text, size, colour, bold) in enumerate(told if middle else _fitted(told, at)):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), bold
        run.font.color.rgb = rgb(colour)
    return box


def _fitted(lines: Sequence[Written], at: Any) -> list[Written]:
    """The same lines, the longest cut first, until all of them fit into the height of the box."""
    limit, height = at.width / _EMU_PER_POINT / _NARROWER, at.height / _EMU_PER_POINT
    counts = [lettering.lines_of(text, size, limit=limit) for text, size, *_ in lines]
    while max(counts, default=1) > 1 and sum(map(_high, counts, lines)) > height:
        counts[counts.index(max(counts))] -= 1
    return [
        (lettering.shortened(text, size, limit=limit, lines=count), size, colour, bold)
        for count, (text, size, colour, bold) in zip(counts, lines, strict=True)
    ]


def _high(count: int, line: Written) -> float:
    return count * line[1] * _LINE_HEIGHT


def rgb(colour: str, strength: float = 1.0) -> RGBColor:
    """A colour as the library wants it; a weaker one is mixed with white."""
    parts = (int(hue(colour)[at : at + 2], 16) for at in (1, 3, 5))
    red, green, blue = (round(255 - strength * (255 - part)) for part in parts)
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
