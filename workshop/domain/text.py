"""What people type, made safe to keep: one normal form for every title, pitch, name and note.

Phones, copied slides and jokes bring control characters, reversed text, towers of accents and invisible letters.
Storage, screens and reports all receive the normal form, so each of them has to escape only for its own syntax.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from workshop.errors import Invalid

MOST_MARKS = 3
"""Combining marks that may follow one letter: enough for Vietnamese, Hebrew and Greek, too few for a tower."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_PLAIN = re.compile(r"[ -~\n]*")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffc")
# Python sorts a run of marks in quadratic time, so a long run is cut before it is normalised, and to the limit after.
_MARKS_BEFORE_NORMALISING = 30


def clean(text: str, *, limit: int, lines: bool = False, what: str) -> str:
    """Return the normal form of *text*, which may be empty.

    :param limit: characters (code points of the normal form) that fit.
    :param lines: keep line ends (at most one empty line in a row); otherwise they become spaces.
    :param what: the reader's word for the text, used in the refusal: "title", "pitch", "name".
    :raises Invalid: when the normal form is longer than *limit*; nothing is cut off silently.
    """
    cleaned = normal(text, lines=lines)
    if len(cleaned) > limit:
        raise Invalid(f"The {what} has {len(cleaned)} characters; {limit} fit. Please shorten it.")
    return cleaned


def required(text: str, *, limit: int, lines: bool = False, what: str) -> str:
    """Return the normal form of *text*, which must show at least one visible character.

    :raises Invalid: when nothing visible is left, or too much.
    """
    cleaned = clean(text, limit=limit, lines=lines, what=what)
    if is_blank(cleaned):
        raise Invalid(f"The {what} is empty. Please fill it in.")
    return cleaned


def normal(text: str, *, lines: bool = False) -> str:
    """Return the normal form of a text of any length; *lines* as in `clean`."""
    return _fold_space(_normalise(text), lines=lines)


def is_blank(text: str) -> bool:
    """Tell whether a reader would see nothing: spaces, joiners, lone marks and blank letters only."""
    return not any(_is_visible(sign) for sign in text)


def fingerprint(text: str) -> str:
    """Return 64 hex digits that are equal for texts which differ only in case, spaces and line ends.

    A phone that sends again after a lost acknowledgement is recognised by it, whatever its keyboard changed.
    """
    folded = unicodedata.normalize("NFC", _normalise(text).casefold())
    return hashlib.sha256(" ".join(folded.split()).encode()).hexdigest()


def shorten(text: str, limit: int) -> str:
    """Return *text* on one line in at most *limit* characters (at least 1), "…" standing for the rest."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    end = limit - 1
    while end > 0 and (_joins(line[end]) or line[end - 1] == _ZWJ):
        end -= 1
    return line[:end].rstrip() + "…"


def _is_visible(sign: str) -> bool:
    """Tell whether a character leaves ink. Emoji younger than Python's tables are unassigned, and visible."""
    kind = unicodedata.category(sign)
    return (kind[0] in "LNPS" and sign not in _BLANK_LETTERS) or (kind == "Cn" and "\U0001f000" <= sign < "\U00020000")


def _normalise(text: str) -> str:
    """Drop what nobody may type, compose letters with their accents and cut towers of marks."""
    if _PLAIN.fullmatch(text):
        return text
    kept = _limit_marks(filter(_may_stay, _LINE_ENDS.sub("\n", text)), _MARKS_BEFORE_NORMALISING)
    return unicodedata.normalize("NFC", _limit_marks(unicodedata.normalize("NFC", kept), MOST_MARKS))


def _may_stay(sign: str) -> bool:
    """Tell whether a character may stay. Unassigned ones may (next year's emoji), the 66 non-characters may not."""
    if sign in (_ZWJ, _ZWNJ) or sign.isspace():
        return True
    if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs"):
        return False
    number = ord(sign)
    return not (0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE)


def _limit_marks(text: Iterator[str] | str, most: int) -> str:
    """Keep at most *most* combining marks and one joiner between two letters."""
    return "".join(_letters_with_few_marks(text, most))


def _letters_with_few_marks(text: Iterator[str] | str, most: int) -> Iterator[str]:
    marks = joiners = 0
    for sign in text:
        if sign in (_ZWJ, _ZWNJ):
            joiners += 1
            if joiners > 1:
                continue
        elif unicodedata.category(sign)[0] == "M":
            marks += 1
            if marks > most:
                continue
        else:
            marks = joiners = 0
        yield sign


def _fold_space(text: str, *, lines: bool) -> str:
    """Make every run of white space one space, and strip; with *lines*, keep line ends and at most one empty line."""
    if not lines:
        return " ".join(text.split())
    rows = (" ".join(row.split()) for row in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n")


def _joins(sign: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return sign in (_ZWJ, _ZWNJ) or unicodedata.category(sign)[0] == "M" or "\U0001f3fb" <= sign <= "\U0001f3ff"
