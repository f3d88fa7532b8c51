"""What the desk notices about tables, and the one thing that it suggests to do about it.

Suggestions stand in one order, and the first that fits is the only one shown: what stops a whole room comes before what
stops one table, and what stops people before what could be better. Everything is about tables; no person is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop.domain.event import Side, Step, StepKind

LEAST_SILENCE = 3
"""Minutes after which a silent table is worth a walk, in short steps; in long ones it is a third of the step."""

ASLEEP_MINUTES = 2
"""A phone that sleeps lets go of its connection after a minute: a table is away when it is silent besides."""

_WRITING = frozenset({StepKind.WARM_UP, StepKind.WRITE, StepKind.SHARE, StepKind.BUILD})
_WORKING = _WRITING | {StepKind.VOTE, StepKind.RATE, StepKind.CONSORTIUM, StepKind.COMMIT}
_SEATING = frozenset({StepKind.ARRIVE, StepKind.WARM_UP})


@dataclass(frozen=True, slots=True)
class TableSignals:
    """A table with people. ``heard`` tells whether anything came from it since the step opened.

    ``silent_minutes`` count from its last text or tap, or from the opening of the step. ``devices`` have joined there,
    ``connected`` of them have a page open now.
    """

    name: str
    seated: int
    by_side: Mapping[str, int]
    devices: int
    connected: int
    silent_minutes: int
    heard: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a moderator could do now. ``key`` stays the same as long as it is about the same thing."""

    key: str
    sentence: str


def silent_minutes(heard_at: datetime | None, opened_at: datetime, now: datetime) -> int:
    """Return whole minutes since a table was heard; silence before the step opened does not count."""
    since = max(heard_at or opened_at, opened_at)
    return max(0, int((now - since).total_seconds() // 60))


def suggest(
    step: Step,
    tables: Sequence[TableSignals],
    sides: Sequence[Side],
    *,
    asks_who_is_ready: bool,
    dismissed: Collection[str] = (),
) -> Suggestion | None:
    """Return the most urgent suggestion that nobody has dismissed; None when the room works."""
    if step.kind in _WORKING:
        found = [*_room_is_cut_off(tables), *_table_is_cut_off(tables)]
        found += _table_is_silent(step, tables, asks_who_is_ready=asks_who_is_ready)
    else:
        found = []
    if step.kind in _SEATING:
        found += _table_has_one_side(tables, sides)
    if asks_who_is_ready:
        found += _everybody_is_ready(tables)
    return next((one for one in found if f"{step.key} {one.key}" not in dismissed), None)


def dismissal(step: Step, suggestion: Suggestion) -> str:
    """What to remember when somebody dismisses a suggestion: it stays away for this step."""
    return f"{step.key} {suggestion.key}"


def _room_is_cut_off(tables: Sequence[TableSignals]) -> Iterator[Suggestion]:
    devices, connected = sum(table.devices for table in tables), sum(table.connected for table in tables)
    cut_off = [table for table in tables if _mostly_away(table)]
    if len(cut_off) >= 3 and 2 * (devices - connected) > devices:
        away = f"{devices - connected} of {devices} devices"
        yield Suggestion(
            "cut off", f"{away} in the room are asleep or cut off: check the Wi-Fi, then ask people to look."
        )


def _table_is_cut_off(tables: Sequence[TableSignals]) -> Iterator[Suggestion]:
    for table in sorted(tables, key=lambda table: table.connected - table.devices):
        if _mostly_away(table) and not table.ready:
            away = f"{table.devices - table.connected} of {table.devices} devices are"
            if table.devices == 1:
                away = "its only device is"
            yield Suggestion(
                f"cut off {table.name}", f"{table.name}: {away} asleep or cut off. Go and ask whether their pages work."
            )


def _mostly_away(table: TableSignals) -> bool:
    return (
        table.silent_minutes >= ASLEEP_MINUTES
        and table.devices > 0
        and 2 * (table.devices - table.connected) > table.devices
    )


def _table_is_silent(step: Step, tables: Sequence[TableSignals], *, asks_who_is_ready: bool) -> Iterator[Suggestion]:
    """A table that is ready is not silent; where nobody is asked, one that was heard may be done."""
    did = "has written nothing" if step.kind in _WRITING else "has tapped nothing"
    for table in sorted(tables, key=lambda table: -table.silent_minutes):
        done = table.ready if asks_who_is_ready else table.heard
        if not done and table.silent_minutes >= max(LEAST_SILENCE, step.minutes // 3):
            minutes = f"{table.silent_minutes} minutes"
            yield Suggestion(
                f"silent {table.name}", f"{table.name} {did} for {minutes}: go and ask what holds them up."
            )


def _table_has_one_side(tables: Sequence[TableSignals], sides: Sequence[Side]) -> Iterator[Suggestion]:
    """Only where another table could spare somebody of the side that is missing."""
    for table in tables:
        here = [side for side in sides if table.by_side.get(side.key, 0)]
        if table.seated < 3 or len(here) != 1:
            continue
        for side in sides:
            if any(other.by_side.get(side.key, 0) >= 2 for other in tables if other is not table and side not in here):
                only, missing = here[0].short, side.short
                yield Suggestion(
                    f"one side {table.name}",
                    f"{table.name} has only {only} people: ask somebody from {missing} to sit there.",
                )
                break


def _everybody_is_ready(tables: Sequence[TableSignals]) -> Iterator[Suggestion]:
    if tables and all(table.ready for table in tables):
        yield Suggestion("ready", "Every table is ready: open the next step when you like.")
