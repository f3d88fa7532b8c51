"""The event of a rehearsal: the event itself, or a copy of it with room for all who play and all that they write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.domain import event_writing
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
    tree = event_writing.tree_of(text)
    limits = tree["limits"]
    limits.update({key: max(limits[key], number) for key, number in raised.items()})
    tree["tables"] = _names(tree["tables"], raised.get("tables", 0))
    limits["ideas_per_table"] = max(limits["ideas_per_table"], limits["published_per_table"])
    copy = event_writing.written(tree)
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
