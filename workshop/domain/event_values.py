"""The single values of an event file: texts, keys, numbers, choices, colours, times and time zones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from workshop.domain import text as texts
from workshop.domain.event_rules import AN_ADDRESS, EMAIL, Refused, Single, shown

NAME = 80
SENTENCE = 200
LEAST_CONTRAST = 3.0
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def text(most: int, *, lines: bool = False) -> Single:
    """A text in the normal form of `workshop.domain.text`, without e-mail addresses."""

    def take(found: Any) -> str:
        if not isinstance(found, str):
            raise Refused
        if EMAIL.search(unicodedata.normalize("NFKC", found)):
            raise Refused(AN_ADDRESS)
        normal = texts.clean(found, limit=10**9, lines=lines, what="text")
        if len(normal) > most:
            raise Refused(f"{len(normal)} characters")
        if texts.is_blank(normal):
            raise Refused("an empty text")
        return normal

    return Single(f"text of 1 to {most} characters, no e-mail address", take)


def key() -> Single:
    """A short name for the program: it stands in columns, links and references."""

    def take(found: Any) -> str:
        if isinstance(found, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", found):
            return found
        raise Refused

    return Single("1 to 40 of a-z, 0-9, _ and -, beginning with a letter or digit", take)


def whole(low: int, high: int) -> Single:
    def take(found: Any) -> int:
        if isinstance(found, int) and not isinstance(found, bool) and low <= found <= high:
            return found
        raise Refused

    return Single(f"a whole number from {low} to {high}", take)


def number(low: float, high: float) -> Single:
    def take(found: Any) -> float:
        if isinstance(found, int | float) and not isinstance(found, bool) and low <= found <= high:
            return float(found)
        raise Refused

    return Single(f"a number from {low:g} to {high:g}", take)


def one_of(choices: Iterable[str] | type[StrEnum]) -> Single:
    """One of the words listed, exactly as written; a word of an enum becomes its member."""
    words = {str(choice): choice for choice in choices}

    def take(found: Any) -> str:
        if isinstance(found, str) and found in words:
            return words[found]
        raise Refused

    return Single(f"one of {', '.join(words)}", take)


def language() -> Single:
    def take(found: Any) -> str:
        if isinstance(found, str) and re.fullmatch(r"[a-z]{2}", found):
            return found
        raise Refused

    return Single("a language code of two small letters, such as en", take)


def colour() -> Single:
    """A colour that a side can be recognised by on white paper and white screens (WCAG 2.2, 1.4.11)."""

    def take(found: Any) -> str:
        if not (isinstance(found, str) and re.fullmatch(r"#[0-9A-Fa-f]{6}", found)):
            raise Refused
        if (contrast := 1.05 / (_luminance(found) + 0.05)) < LEAST_CONTRAST:
            raise Refused(f'"{found}", which is too pale (contrast {contrast:.1f})')
        return found.upper()

    return Single("a colour as #RRGGBB with a contrast of at least 3 against white", take)


def clock() -> Single:
    """A local time. TOML's own times need seconds, so the usual way of writing them is a text."""

    def take(found: Any) -> time:
        if isinstance(found, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", found):
            return time.fromisoformat(found)
        if isinstance(found, time) and found == found.replace(second=0, microsecond=0):
            return found
        raise Refused

    return Single('a time of day as "HH:MM", 24 hours', take)


def day() -> Single:
    def take(found: Any) -> date:
        if isinstance(found, date) and not isinstance(found, datetime) and FIRST_DAY <= found <= LAST_DAY:
            return found
        raise Refused

    return Single(f"a date as YYYY-MM-DD without quotes, {FIRST_DAY.year} to {LAST_DAY.year}", take)


def time_zone() -> Single:
    """A name of the IANA time zone database. Names without a slash but UTC differ from machine to machine."""

    def take(found: Any) -> str:
        if isinstance(found, str) and found in _time_zones():
            return found
        raise Refused(shown(found) + _like(found))

    return Single("a time zone such as Europe/Copenhagen or UTC", take)


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name) | {"UTC"}


def _like(found: Any) -> str:
    """A hint for those who write the city only."""
    city = str(found).rpartition("/")[2].strip().replace(" ", "_").casefold() if isinstance(found, str) else ""
    named = sorted(name for name in _time_zones() if city and name.rpartition("/")[2].casefold() == city)
    return f" (did you mean “{named[0]}”?)" if named else ""


def _luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
