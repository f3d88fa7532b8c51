"""The event of a rehearsal: the event itself, or a copy of it with room for all who play and all that they write."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from workshop.domain.event import Event
from workshop.domain.event_file import read_event
from workshop.errors import Invalid

WORDS: Mapping[str, str] = {
    "people": "people",
    "tables": "tables",
    "seats_per_table": "seats per table",
    "ideas_per_person": "ideas per person",
    "ideas_per_table": "ideas per table",
    "published_per_table": "published ideas per table",
}
"""The limits that a rehearsal may raise, in the words of its announcement."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The event to play, as text and as value. ``raised`` says what differs from the original; empty: nothing."""

    text: str
    event: Event
    raised: str


def with_room(text: str, *, source: str, needs: Mapping[str, int]) -> Setting:
    """The event with every limit at least as high as it needs to be, and as many tables as people sit at."""
    event = read_event(text, source=source)
    have = {key: getattr(event.limits, key) for key in WORDS} | {"tables": len(event.tables)}
    raised = {key: needs[key] for key in WORDS if needs.get(key, 0) > have[key]}
    if not raised:
        return Setting(text, event, "")
    tree = tomllib.loads(text.removeprefix("\ufeff"))
    limits = tree["limits"]
    limits.update({key: max(limits[key], number) for key, number in raised.items()})
    tree["tables"] = _names(tree["tables"], raised.get("tables", 0))
    limits["ideas_per_table"] = max(limits["ideas_per_table"], limits["published_per_table"])
    copy = "\n".join(f"{json.dumps(key)} = {_toml(value)}" for key, value in tree.items())
    said = ", ".join(f"{number} {WORDS[key]}" for key, number in raised.items())
    try:
        return Setting(copy, read_event(copy, source=f"the copy of {source}"), said)
    except Invalid as error:
        raise Invalid(f"No event can be that large: {said}. Take fewer people or ideas (--people, --most).") from error


def _names(tables: list[str], number: int) -> list[str]:
    """The tables of the event and as many more as are missing, each name once."""
    taken = {name.casefold() for name in tables}
    more = (name for place in range(1, number + len(tables) + 1) if (name := f"Table {place}").casefold() not in taken)
    return [*tables, *(next(more) for _ in range(number - len(tables)))]


def _toml(value: Any) -> str:
    """A value in TOML, tables inline: what `tomllib` reads back as the same value."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value)
