"""Where in the PDF boxes stand, and for which signs: what the fonts lack is told and not lost without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workshop.reporting import words
from workshop.reporting.glyphs import without_glyph

_IDEAS = "ideas_by_theme"
_MOST_SIGNS = 8


def of(contents: Mapping[str, Any]) -> str:
    """Return a sentence that lists the ideas with boxes, and the signs in their place; nothing where all is printed."""
    by_idea = {
        idea["number"]: signs for theme in contents[_IDEAS] for idea in theme["ideas"] if (signs := _boxed(idea))
    }
    told = [f"{number} ({_codes(signs)})" for number, signs in by_idea.items()]
    elsewhere = _boxed({key: value for key, value in contents.items() if key != _IDEAS})
    if rest := "".join(sign for sign in elsewhere if not any(sign in signs for signs in by_idea.values())):
        told.append(words.BOXES_ELSEWHERE.format(_codes(rest)))
    return words.BOXES.format(", ".join(told)) if told else ""


def _boxed(value: Any) -> str:
    """The signs in these strings that no font has, each once."""
    return "".join(dict.fromkeys("".join(map(without_glyph, _strings(value)))))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))


def _codes(signs: str) -> str:
    told = " ".join(f"U+{ord(sign):04X}" for sign in signs[:_MOST_SIGNS])
    return f"{told} …" if len(signs) > _MOST_SIGNS else told
