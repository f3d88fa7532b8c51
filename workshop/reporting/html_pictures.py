"""Pictures inside the HTML file: the theme map and the bars of charts as SVG, coloured by attributes only.

The file forbids styles that stand on elements, so nothing typed can ever become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

SHAPES = {
    "circle": "M100 0A100 100 0 1 1 -100 0A100 100 0 1 1 100 0Z",
    "square": "M-56 -86H56A30 30 0 0 1 86 -56V56A30 30 0 0 1 56 86H-56A30 30 0 0 1 -86 56V-56A30 30 0 0 1 -56 -86Z",
    "triangle": "M0 -100L92 60H-92Z",
    "diamond": "M0 -100L100 0L0 100L-100 0Z",
    "star": "M0 -100L29 -40L95 -31L48 15L59 81L0 50L-59 81L-48 15L-95 -31L-29 -40Z",
    "cross": "M-34 -94H34V-34H94V34H34V94H-34V34H-94V-34H-34Z",
}
"""The shapes of the sides, 200 wide around their middle: the same as on the wall."""

_RING = 0.94
"""The ring lies half outside of the shape."""

_BASELINE = 0.355
_BAR = 1000

_MAP = Markup('<svg class="map" role="img" aria-label="{}" viewBox="0 0 {:.0f} {:.0f}">{}{}</svg>')
_MARK = Markup(
    '<g transform="translate({} {})"><path d="{}" transform="scale({:.4f})" fill="{}" stroke="{}" stroke-width="16"/>'
    "{}</g>"
)
_TEXT = Markup('<text x="{}" y="{:.2f}" font-size="{}" fill="{}" data-room="{}">{}</text>')
_NAME = Markup('<g transform="translate({} {})">{}{}</g>')
_PIECE = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>{}')
_BARS = Markup('<svg class="bars" aria-hidden="true" viewBox="0 0 1000 20" preserveAspectRatio="none">{}</svg>')
_BLOCK = Markup('<rect x="{:.1f}" width="{:.1f}" height="20" fill="{}"/>')
_SHEET = Markup('<svg class="sheet" role="img" aria-label="{}" viewBox="0 0 {:.0f} {:.0f}">{}</svg>')
_RECT = Markup('<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{paint}"/>')
_LINE = Markup(
    '<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{paint}" stroke-width="{width}" opacity="{opacity}"/>'
)
_SPOT = Markup('<path d="{}" transform="translate({} {}) scale({:.4f})" fill="{}"/>')
_WORDS = Markup(
    '<text x="{x}" y="{y:.2f}" font-size="{size}" fill="{paint}" text-anchor="{anchor}" font-weight="{weight}" '
    'data-room="{room}">{text}</text>'
)
_SHAPE = Markup('<svg class="shape" aria-hidden="true" viewBox="-110 -110 220 220"><path d="{}" fill="{}"/></svg>')


def theme_map(painted: Mapping[str, Any], spoken: str) -> Markup:
    """The painted map, with what it says in words."""
    bubbles = joined(_bubble(bubble) for bubble in painted["bubbles"])
    names = joined(_name(name) for name in painted["names"])
    return _MAP.format(spoken, painted["width"], painted["height"], bubbles, names)


def sheet(drawn: Mapping[str, Any], spoken: str) -> Markup:
    """A chart of `workshop.drawing`, coloured, with what it says in words."""
    parts = (
        *(_RECT.format(**block) for block in drawn["blocks"]),
        *(_LINE.format(**line) for line in drawn["lines"]),
        *(_spot(mark) for mark in drawn["marks"]),
        *(_words(words) for words in drawn["words"]),
    )
    return _SHEET.format(spoken, drawn["width"], drawn["height"], joined(parts))


def bars(parts: Iterable[tuple[float, str]]) -> Markup:
    """One bar from parts: each a share of the whole width (0 to 1) and a colour."""
    drawn, at = [], 0.0
    for share, colour in parts:
        drawn.append(_BLOCK.format(at, _BAR * share, colour))
        at += _BAR * share
    return _BARS.format(joined(drawn))


def shape(name: str, colour: str) -> Markup:
    """The sign of a side."""
    return _SHAPE.format(SHAPES.get(name, SHAPES["circle"]), colour)


def joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _spot(mark: Mapping[str, Any]) -> Markup:
    path = SHAPES.get(mark["shape"], SHAPES["circle"])
    return _SPOT.format(path, mark["x"], mark["y"], mark["radius"] / 100, mark["paint"])


def _words(words: Mapping[str, Any]) -> Markup:
    at = {"y": words["y"] + _BASELINE * words["size"], "weight": 700 if words["bold"] else 400}
    return _WORDS.format(**{**words, **at})


def _bubble(bubble: Mapping[str, Any]) -> Markup:
    size = bubble["size"]
    number = _TEXT.format(0, _BASELINE * size, size, bubble["ink"], bubble["room"], bubble["text"])
    path, scale = SHAPES.get(bubble["shape"], SHAPES["circle"]), bubble["radius"] / 100 * _RING
    drawn = number if bubble["text"] else Markup("")
    return _MARK.format(bubble["x"], bubble["y"], path, scale, bubble["fill"], bubble["ring"], drawn)


def _name(name: Mapping[str, Any]) -> Markup:
    lines = joined(
        _TEXT.format(
            name["width"] / 2, (place + 0.5) * name["step"] + _BASELINE * name["size"], name["size"], name["fill"],
            name["width"], text,
        )
        for place, text in enumerate(name["lines"])
    )  # fmt: skip
    return _NAME.format(name["x"], name["y"], lines, joined(_piece(name, piece) for piece in name["bar"]))


def _piece(name: Mapping[str, Any], piece: Mapping[str, Any]) -> Markup:
    middle, y = piece["x"] + piece["width"] / 2, name["bar_y"] + name["bar_height"] / 2 + _BASELINE * name["bar_size"]
    text = _TEXT.format(middle, y, name["bar_size"], "#FFFFFF", piece["width"], piece["text"])
    return _PIECE.format(piece["x"], name["bar_y"], piece["width"], name["bar_height"], piece["fill"], text)
