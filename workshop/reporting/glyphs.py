"""Which signs the bundled fonts can print, and what stands in for the others.

The PDF uses the fonts in ``data/fonts`` and no others, so that it has the same bytes on every machine. The compiler
refuses a document with a sign that no font has (PDF/UA asks for that), so those signs become boxes before. A letter
and its marks must come from one font: marks that only another font has are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from workshop.domain.text import is_blank, normal

FONTS = Path(__file__).parents[2] / "data" / "fonts"
BOX = "□"

# Invisible signs that shaping takes away: joiners and the selectors of text or emoji style.
_SILENT = frozenset("\u200c\u200d\ufe0e\ufe0f")
# Marks that Unicode lists as letters or symbols: skin tones, the vowel AM of Thai and Lao, half-width voice marks.
_MARKS_BY_SHAPE = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u0e33\u0eb3\uff9e\uff9f")
_LONGEST_WORD = 24
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_BREAK_HERE = "\u200b"


def printable(text: str) -> str:
    """Return *text* in its normal form with boxes for what no font has and a break in every very long word."""
    cleaned = normal(text, lines=True)
    if not _main_font().issuperset(cleaned):
        cleaned = "".join(map(_as_printed, _letters(cleaned)))
    return _LONG_WORD.sub(_with_breaks, cleaned)


def without_glyph(text: str) -> str:
    """Return the signs of *text* that no font has, each once: `printable` puts boxes in their place."""
    missing = set(normal(text)) - _main_font() - _SILENT
    return "".join(sign for sign in sorted(missing) if _alone(sign) != sign)


def heading(text: str) -> str:
    """Return *text* as a heading, which must not look empty."""
    return "(no name)" if is_blank(text) else text


def families() -> tuple[str, ...]:
    """Return the families in the order in which they are tried: the main one, emoji, then the other scripts."""
    return tuple(_coverage())


def _as_printed(letter: str) -> str:
    """Return a letter with its marks if one font has it whole, else what is left of it."""
    wanted = {ord(sign) for sign in letter if sign not in _SILENT}
    if any(wanted <= signs for signs in _coverage().values()):
        return letter
    return "".join(_alone(sign) for sign in letter if not (sign in _SILENT or _is_mark(sign))) or BOX


def _alone(sign: str) -> str:
    return sign if any(ord(sign) in signs for signs in _coverage().values()) else BOX


def _letters(text: str) -> Iterator[str]:
    """Cut *text* where a sign begins that does not belong to the one before (a coarse form of grapheme clusters)."""
    letter = ""
    for sign in text:
        if letter and not (_is_mark(sign) or sign in _SILENT or letter[-1] == "\u200d"):
            yield letter
            letter = ""
        letter += sign
    yield letter


def _is_mark(sign: str) -> bool:
    """Tell whether *sign* is printed with the one before it, in that one's font."""
    return sign in _MARKS_BY_SHAPE or (unicodedata.category(sign)[0] == "M" and sign not in _SILENT)


def _with_breaks(word: re.Match[str]) -> str:
    """Let a line end inside a word that is wider than a column, between letters."""
    letters = list(_letters(word[0]))
    parts = (letters[start : start + _LONGEST_WORD] for start in range(0, len(letters), _LONGEST_WORD))
    return _BREAK_HERE.join("".join(part) for part in parts)


@cache
def _coverage() -> dict[str, frozenset[int]]:
    """Return the code points of each family: those that all its weights have."""
    signs: dict[str, frozenset[int]] = {}
    for path in sorted(FONTS.glob("*.ttf"), key=lambda path: (not path.name.startswith("NotoSans-"), path.name)):
        with TTFont(path, lazy=True) as font:
            family, covered = str(font["name"].getDebugName(1)), frozenset(font.getBestCmap())
        signs[family] = signs.get(family, covered) & covered
    return signs


@cache
def _main_font() -> frozenset[str]:
    return frozenset("\n").union(map(chr, _coverage()["Noto Sans"]))
