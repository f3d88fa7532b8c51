"""The two weights of Noto Sans inside the HTML file, cut down to the signs that it shows.

Names on the theme map are placed for these letters, so the picture is the same on every laptop. Signs that the font
does not have are drawn by the fonts of the laptop.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import lru_cache

from fontTools import subset
from fontTools.ttLib import TTFont

from workshop.reporting.glyphs import FONTS

_WEIGHTS = ((400, "NotoSans-Regular.ttf"), (700, "NotoSans-Bold.ttf"))
_FACE = (
    '@font-face {{ font-family: "Report"; font-weight: {weight}; '
    'src: url("data:font/woff;base64,{font}") format("woff"); }}\n'
)
_REMEMBERED = 4


def faces(signs: Iterable[str]) -> str:
    """Return style rules that bring the fonts."""
    wanted = "".join(sorted(set(signs)))
    return "".join(_FACE.format(weight=weight, font=_cut(name, wanted)) for weight, name in _WEIGHTS)


@lru_cache(maxsize=_REMEMBERED)
def _cut(name: str, signs: str) -> str:
    options = subset.Options(flavor="woff", layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False)
    with TTFont(FONTS / name, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=signs)
        cutter.subset(font)
        font.flavor = "woff"
        written = io.BytesIO()
        font.save(written)
    return base64.b64encode(written.getvalue()).decode()
