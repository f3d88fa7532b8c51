"""A picture with its colours as plain values, for the wall's component and the template of the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.drawing.picture import Bubble, Name, Picture

DARK, LIGHT = "#14111A", "#FFFFFF"


def painted(picture: Picture, palette: Mapping[int, str], sides: Mapping[str, str]) -> dict[str, Any]:
    """The picture as JSON values.

    :param palette: the colour (#RRGGBB) of each theme's colour number, and of `NOT_SURE_COLOUR`.
    :param sides: the colour of each side by its key, for rings and bars.
    """
    return {
        "width": picture.width,
        "height": picture.height,
        "bubbles": [_bubble(bubble, palette[bubble.colour], sides) for bubble in picture.bubbles],
        "names": [_name(name, palette[name.colour], sides) for name in picture.names],
    }


def _bubble(bubble: Bubble, fill: str, sides: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": f"idea {bubble.number}",
        "x": bubble.x,
        "y": bubble.y,
        "radius": bubble.radius,
        "shape": bubble.shape,
        "fill": fill,
        "ring": sides.get(bubble.side, fill),
        "ink": _ink(fill),
        "text": bubble.text,
        "size": bubble.size,
        "room": bubble.room,
    }


def _name(name: Name, fill: str, sides: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": name.theme_id or f"note at {name.x:.0f}",
        "fill": fill,
        "lines": list(name.lines),
        "size": name.size,
        "step": name.step,
        "x": name.x,
        "y": name.y,
        "width": name.width,
        "bar": [
            {"side": piece.side, "text": piece.text, "x": piece.x, "width": piece.width, "fill": sides[piece.side]}
            for piece in name.bar
        ],
        "bar_y": name.bar_y,
        "bar_height": name.bar_height,
        "bar_size": name.bar_size,
    }


def _ink(colour: str) -> str:
    """Dark or light, whichever is read more easily on this colour (WCAG 2.2, relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return DARK if (luminance + 0.05) ** 2 > 0.05 * 1.05 else LIGHT
