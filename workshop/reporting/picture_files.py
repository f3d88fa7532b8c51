"""The pictures of the report as PNG, for documents that take no drawing: the same as in the HTML file."""

from __future__ import annotations

import json
from pathlib import Path

from workshop.reporting import html_pictures, typesetting
from workshop.reporting.blocks import Picture

_TEMPLATE = Path(__file__).with_name("picture.typ")
_DOTS_PER_INCH = 72.0
"""A picture is 1,792 dots wide: on 17 cm of paper that is 268 dots per inch."""

_ALONE = '<svg xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans" font-weight="700" text-anchor="middle" '


def png(picture: Picture) -> bytes:
    """Return the picture with the bundled fonts, the same bytes on every machine."""
    draw = html_pictures.sheet if picture.sheet else html_pictures.theme_map
    svg = str(draw(picture.painted, picture.alt)).replace("<svg ", _ALONE, 1)
    size = {"width": picture.painted["width"], "height": picture.painted["height"]}
    return typesetting.png(_TEMPLATE, {"svg": svg, "size": json.dumps(size)}, dots_per_inch=_DOTS_PER_INCH)
