"""Pictures of the deck as native shapes: the theme map, and charts of `workshop.drawing`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from workshop.reporting.pptx_text import Place, rgb, write

_SHAPES = {
    "circle": MSO_SHAPE.OVAL, "square": MSO_SHAPE.ROUNDED_RECTANGLE, "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "diamond": MSO_SHAPE.DIAMOND, "star": MSO_SHAPE.STAR_5_POINT, "cross": MSO_SHAPE.CROSS,
}  # fmt: skip
_ALIGNED = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
_EMU_PER_POINT = 12_700
_LINE = 1.3
_SPARE = 1.06
"""Fonts of other machines are a little wider than those that the picture was measured with."""


class _Scale:
    """From the pixels of a picture to places on a slide: as large as fits, in the middle."""

    def __init__(self, drawn: Mapping[str, Any], room: Place) -> None:
        self.unit: float = min(room.width / drawn["width"], room.height / drawn["height"])
        self.left = room.left + (room.width - drawn["width"] * self.unit) / 2
        self.top = room.top + (room.height - drawn["height"] * self.unit) / 2

    def place(self, x: float, y: float, width: float, height: float) -> Place:
        return Place(
            round(self.left + x * self.unit),
            round(self.top + y * self.unit),
            *(round(n * self.unit) for n in (width, height)),
        )

    def points(self, size: float) -> float:
        return max(1.0, round(size * self.unit / _EMU_PER_POINT, 1))


def theme_map(page: Any, drawn: Mapping[str, Any], room: Place) -> None:
    """Bubbles with their numbers, names with their bars."""
    scale = _Scale(drawn, room)
    for bubble in drawn["bubbles"]:
        radius = bubble["radius"]
        at = scale.place(bubble["x"] - radius, bubble["y"] - radius, 2 * radius, 2 * radius)
        mark = _mark(page, bubble["shape"], at, bubble["fill"])
        mark.line.color.rgb, mark.line.width = rgb(bubble["ring"]), Pt(2)
        if bubble["text"]:
            _inside(page, mark, bubble["text"], scale.points(bubble["size"]), bubble["ink"])
    for name in drawn["names"]:
        _name(page, name, scale)


def sheet(page: Any, drawn: Mapping[str, Any], room: Place) -> None:
    """Blocks, lines, marks and words, in this order."""
    scale = _Scale(drawn, room)
    for block in drawn["blocks"]:
        _mark(page, "block", scale.place(block["x"], block["y"], block["width"], block["height"]), block["paint"])
    for line in drawn["lines"]:
        start, end = scale.place(line["x"], line["y"], 0, 0), scale.place(line["to_x"], line["to_y"], 0, 0)
        ends = map(Emu, (start.left, start.top, end.left, end.top))
        drawn_line = page.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        drawn_line._element.remove(drawn_line._element.find(qn("p:style")))  # noqa: SLF001  its shadow has no other name
        drawn_line.line.color.rgb, drawn_line.line.width = (
            rgb(line["paint"], line["opacity"]),
            Pt(scale.points(line["width"])),
        )
    for mark in drawn["marks"]:
        radius = mark["radius"]
        at = scale.place(mark["x"] - radius, mark["y"] - radius, 2 * radius, 2 * radius)
        _mark(page, mark["shape"], at, mark["paint"])
    for words in drawn["words"]:
        _words(page, words, scale)


def _words(page: Any, words: Mapping[str, Any], scale: _Scale) -> None:
    room, height = words["room"] * _SPARE, words["size"] * _LINE
    left = {"start": 0.0, "middle": room / 2, "end": room}[words["anchor"]]
    at = scale.place(words["x"] - left, words["y"] - height / 2, room, height)
    frame = _line(page, at, words["text"], scale.points(words["size"]), words["paint"])
    frame.word_wrap = words["anchor"] != "middle"
    frame.paragraphs[0].alignment = _ALIGNED[words["anchor"]]
    frame.paragraphs[0].runs[0].font.bold = words["bold"]


def _name(page: Any, name: Mapping[str, Any], scale: _Scale) -> None:
    for place, text in enumerate(name["lines"]):
        at = scale.place(name["x"] - 20, name["y"] + place * name["step"], name["width"] + 40, name["step"])
        frame = _line(page, at, text, scale.points(name["size"] * 0.94), name["fill"])
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    for piece in name["bar"]:
        at = scale.place(name["x"] + piece["x"], name["y"] + name["bar_y"], piece["width"], name["bar_height"])
        _inside(page, _mark(page, "block", at, piece["fill"]), piece["text"], scale.points(name["bar_size"]), "#FFFFFF")


def _mark(page: Any, shape: str, at: Place, colour: str) -> Any:
    kind = _SHAPES.get(shape, MSO_SHAPE.RECTANGLE)
    mark = page.shapes.add_shape(kind, *map(Emu, (at.left, at.top, at.width, at.height)))
    mark.fill.solid()
    mark.fill.fore_color.rgb = rgb(colour)
    mark.line.fill.background()
    mark.shadow.inherit = False
    return mark


def _inside(page: Any, mark: Any, text: str, size: float, colour: str) -> None:
    write(page, mark, [(text, size, colour, True)], middle=True)
    mark.text_frame.word_wrap = False
    mark.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER


def _line(page: Any, at: Place, text: str, size: float, colour: str) -> Any:
    """One line that stays one, even where a font is wider than its box."""
    frame = write(page, at, [(text or "–", size, colour, True)], middle=True).text_frame
    frame.word_wrap = False
    return frame
