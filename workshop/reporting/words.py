"""Dates, counts and fixed sentences of a report, the same words under every locale of the machine."""

from __future__ import annotations

from datetime import date, time

from workshop.domain.event import Anonymity

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_NAMES_SHOWN = {
    Anonymity.NAMED: "Ideas carry the names of their authors.",
    Anonymity.TABLE_TAG: "Ideas carry the table they come from, no names.",
    Anonymity.ANONYMOUS: "Ideas carry neither names nor tables.",
}


def day(on: date) -> str:
    """Return "Wednesday 7 November 2018"."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]} {on.year}"


def span(starts: time, ends: time | None) -> str:
    """Return "11:00-12:20" with a proper dash, or the start alone."""
    return f"{starts:%H:%M}–{ends:%H:%M}" if ends else f"{starts:%H:%M}"


def count(number: int, thing: str) -> str:
    """Return "1 idea" or "2 ideas"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def names_shown(level: Anonymity) -> str:
    """Say what the anonymity level shows."""
    return _NAMES_SHOWN[level]
