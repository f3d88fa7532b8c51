"""How wide a text is before anybody draws it, and how it is broken into lines.

Measured with the advance widths of the bundled bold font, which is wider than the one of the screens. A sign that this
font lacks counts as wide as the widest emoji.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path

from fontTools.ttLib import TTFont

from workshop.domain.text import shorten

FONT = Path(__file__).parents[2] / "data" / "fonts" / "NotoSans-Bold.ttf"
UNKNOWN = 1.3
SLACK = 1.02
"""Kerning and rounding of other programs may add up to two parts in a hundred."""


def width(text: str, size: float) -> float:
    """The length of a line of text in letters of this size, at most."""
    return size * SLACK * sum(map(_advance, text))


def broken(text: str, size: float, *, limit: float, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines, none wider than the limit, of about the same length; "…" stands for a rest."""
    words = " ".join(text.split()).replace(" - ", "\u00a0- ").split(" ")  # a line ends with a dash, never begins so
    filled = _filled(words, size, limit)
    if len(filled) > lines:
        rest = " ".join(filled[lines - 1 :])
        return tuple(map(_plain, (*filled[: lines - 1], _cut(rest, size, limit))))
    # The narrowest column that needs no more lines: "Energy / efficiency" rather than one word alone at the end.
    longest = max(width(word, size) for word in words)
    for narrow in (limit * share for share in (0.5, 0.6, 0.7, 0.8, 0.9)):
        if longest <= narrow and len(narrower := _filled(words, size, narrow)) == len(filled):
            return tuple(map(_plain, narrower))
    return tuple(map(_plain, filled))


def lines_of(text: str, size: float, *, limit: float) -> int:
    """How many lines of this length a text fills, at most; a word that is wider than a line goes on in the next."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = width(f"{word} ", size)
        if used and used + wide > limit:
            lines, used = lines + 1, 0.0
        lines += int(wide // limit)
        used = (used + wide) % limit
    return lines


def shortened(text: str, size: float, *, limit: float, lines: int) -> str:
    """As much of a text as fits into so many lines of this length, "…" standing for the rest."""
    if lines_of(text, size, limit=limit) <= lines:
        return text
    cuts = (shorten(text, length) for length in range(len(text) - 1, 1, -1))
    return next((cut for cut in cuts if lines_of(cut, size, limit=limit) <= lines), "…")


def _plain(line: str) -> str:
    return line.replace("\u00a0", " ")


def _filled(words: list[str], size: float, limit: float) -> list[str]:
    """Lines filled word by word; a word that is wider than a line is cut."""
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size) <= limit:
            lines[-1] = joined
        else:
            lines.append(word if width(word, size) <= limit else _cut(word, size, limit))
    return lines


def _cut(text: str, size: float, limit: float) -> str:
    whole = accumulate(map(_advance, text))
    fitting = sum(1 for _ in takewhile(lambda so_far: size * SLACK * so_far <= limit, whole))
    shortened = (shorten(text, length) for length in range(min(len(text), fitting + 1), 1, -1))
    return next((cut for cut in shortened if width(cut, size) <= limit), "…")


def _advance(sign: str) -> float:
    known = _advances().get(ord(sign))
    if known is not None:
        return known
    return 0.0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else UNKNOWN


@cache
def _advances() -> dict[int, float]:
    """Advance widths by code point, as shares of the size."""
    with TTFont(FONT, lazy=True) as font:
        widths, whole = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[glyph][0] / whole for code, glyph in font.getBestCmap().items()}
