"""What has to agree between the values of an event file, although each of them is fine alone.

The checks work on what could be read: a refused value is left out, and a check that needs it is not made, so that
one mistake is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from workshop.domain.event import OPEN_ENDED_KINDS, StepKind, to_utc
from workshop.domain.event_rules import UNSOUND, Mistake

DIFFERENT = (
    ("languages",),
    ("sides", "key"),
    ("sides", "name"),
    ("sides", "short"),
    ("sides", "colour"),
    ("sides", "shape"),
    ("sectors", "key"),
    ("sectors", "name"),
    ("tables",),
    ("organisations", "name"),
    ("run_of_show", "key"),
)
"""Where no value may stand twice, whatever its capitals."""

NO_MORE_THAN = (
    ("dots_per_idea", "dots"),
    ("published_per_table", "ideas_per_table"),
)

MOST_ONCE = frozenset({StepKind.ARRIVE, StepKind.VOTE, StepKind.RATE, StepKind.CLOSING})
"""A person has one budget of dots and one hand of ideas to rate for the whole workshop, and one coming and going."""

NEEDS_BEFORE = {
    StepKind.SHARE: (StepKind.WRITE,),
    StepKind.BUILD: (StepKind.WRITE,),
    StepKind.THEMES: (StepKind.WRITE,),
    StepKind.VOTE: (StepKind.WRITE,),
    StepKind.RATE: (StepKind.WRITE,),
    StepKind.REVEAL: (StepKind.VOTE, StepKind.RATE),
    StepKind.CONSORTIUM: (StepKind.WRITE,),
    StepKind.PITCH: (StepKind.CONSORTIUM,),
}
"""What a kind of step shows or uses comes from an earlier step of another kind, of one of these."""


def disagreements(tree: dict[str, Any]) -> Iterator[Mistake]:
    """All mistakes between values of an event that was read as *tree*, in the order of the file's keys."""
    yield from _twice(tree)
    yield from _unknown(tree, "organisations", "side", among="sides")
    yield from _unknown(tree, "organisations", "sectors", among="sectors")
    yield from _prompts_without_step(tree)
    yield from _agenda(tree)
    yield from _steps(tree)
    yield from _order_of_steps(tree)
    yield from _length(tree)
    yield from _limits(tree)
    yield from _retention(tree)


def _twice(tree: dict[str, Any]) -> Iterator[Mistake]:
    for path in DIFFERENT:
        seen: dict[str, str] = {}
        for where, value in _column(tree, *path):
            first = seen.setdefault(value.casefold(), where)
            if first != where:
                yield Mistake(where, f'"{value}" again, as in {first}', "each only once")


def _unknown(tree: dict[str, Any], section: str, key: str, *, among: str) -> Iterator[Mistake]:
    known = [value for _, value in _column(tree, among, "key")]
    if tree[among] is UNSOUND or len(known) < len(tree[among]):
        return
    for where, value in _column(tree, section, key):
        if value not in known:
            yield Mistake(where, f'"{value}"', f"a key of {among}: {', '.join(known)}")


def _prompts_without_step(tree: dict[str, Any]) -> Iterator[Mistake]:
    kinds = [kind for _, kind in _column(tree, "run_of_show", "kind")]
    if tree["run_of_show"] is UNSOUND or len(kinds) < len(tree["run_of_show"]):
        return
    for where, kind in _column(tree, "prompts", "step"):
        if kind not in kinds:
            yield Mistake(where, f'"{kind}"', f"a kind that the run of show has: {', '.join(dict.fromkeys(kinds))}")


def _agenda(tree: dict[str, Any]) -> Iterator[Mistake]:
    before = None
    for where, item in _rows(tree, "agenda"):
        starts, ends = item["starts"], item["ends"]
        if starts is UNSOUND:
            continue
        if before is not None and starts < before:
            yield Mistake(f"{where}.starts", f"{starts:%H:%M}", f"not before the item above it, {before:%H:%M}")
        if ends is not None and ends is not UNSOUND and ends <= starts:
            yield Mistake(f"{where}.ends", f"{ends:%H:%M}", f"a time after its start, {starts:%H:%M}")
        before = starts


def _steps(tree: dict[str, Any]) -> Iterator[Mistake]:
    for where, step in _rows(tree, "run_of_show"):
        kind, minutes, least = step["kind"], step["minutes"], step["least_minutes"]
        if kind in OPEN_ENDED_KINDS:
            wrong = [key for key in ("minutes", "least_minutes") if step[key] not in (0, UNSOUND)]
            yield from (Mistake(f"{where}.{key}", f"{step[key]}", f"0, “{kind}” has no clock") for key in wrong)
        elif kind is not UNSOUND and minutes == 0:
            yield Mistake(f"{where}.minutes", "0", "1 or more; only arrive and closing have no clock")
        elif UNSOUND not in (minutes, least) and least > minutes:
            yield Mistake(f"{where}.least_minutes", f"{least}", f"at most its minutes, {minutes}")


def _order_of_steps(tree: dict[str, Any]) -> Iterator[Mistake]:
    found = _column(tree, "run_of_show", "kind")
    if tree["run_of_show"] is UNSOUND or len(found) < len(tree["run_of_show"]):
        return
    (first_place, first), (last_place, last) = found[0], found[-1]
    if first is not StepKind.ARRIVE:
        yield Mistake(first_place, f'"{first}"', "arrive, the first step of every run of show")
    if last is not StepKind.CLOSING:
        yield Mistake(last_place, f'"{last}"', "closing, the last step of every run of show")
    seen: set[StepKind] = set()
    for where, kind in found:
        if kind in seen & MOST_ONCE:
            yield Mistake(where, f'"{kind}" again', "arrive, vote_blind, rate and closing only once")
        if (needed := NEEDS_BEFORE.get(kind)) and seen.isdisjoint(needed):
            yield Mistake(where, f'"{kind}"', f"this kind only after a step of the kind {' or '.join(needed)}")
        seen.add(kind)


def _length(tree: dict[str, Any]) -> Iterator[Mistake]:
    starts, ends = tree["starts"], tree["ends"]
    if UNSOUND in (starts, ends):
        return
    day = date(2001, 1, 1) if tree["date"] is UNSOUND else tree["date"]
    zone = "UTC" if tree["time_zone"] is UNSOUND else tree["time_zone"]
    there = round((to_utc(day, ends, zone) - to_utc(day, starts, zone)).total_seconds() / 60)
    minutes = [value for _, value in _column(tree, "run_of_show", "minutes")]
    if there <= 0:
        yield Mistake("ends", f"{ends:%H:%M}", f"a time after starts, {starts:%H:%M}, on the same day")
    elif tree["run_of_show"] is not UNSOUND and len(minutes) == len(tree["run_of_show"]) and sum(minutes) != there:
        allowed = f"{there} minutes, from starts ({starts:%H:%M}) to ends ({ends:%H:%M})"
        yield Mistake("run_of_show", f"{sum(minutes)} minutes in all", allowed)


def _limits(tree: dict[str, Any]) -> Iterator[Mistake]:
    limits = tree["limits"]
    if limits is UNSOUND:
        return
    for key, bound in NO_MORE_THAN:
        if UNSOUND not in (limits[key], limits[bound]) and limits[key] > limits[bound]:
            yield Mistake(f"limits.{key}", f"{limits[key]}", f"at most limits.{bound}, {limits[bound]}")
    people, tables, seats = limits["people"], limits["tables"], limits["seats_per_table"]
    if UNSOUND not in (people, tables, seats) and people > tables * seats:
        yield Mistake("limits.people", f"{people}", f"at most limits.tables x limits.seats_per_table, {tables * seats}")
    if UNSOUND not in (tree["tables"], tables) and len(tree["tables"]) > tables:
        yield Mistake("tables", f"{len(tree['tables'])} names", f"at most limits.tables, {tables}")


def _retention(tree: dict[str, Any]) -> Iterator[Mistake]:
    """A notice that promises another number of days than the program keeps would be untrue."""
    days, consent = tree["retention_days"], tree["consent"]
    if UNSOUND not in (days, consent) and not re.search(rf"\b{days}\b", consent):
        yield Mistake("consent", "a notice without the number of days", f"a notice that says {days}, as retention_days")


def _rows(tree: dict[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a section that could be read, each with its path."""
    rows = [] if tree[section] is UNSOUND else tree[section]
    return [(f"{section}[{index}]", row) for index, row in enumerate(rows) if row is not UNSOUND]


def _column(tree: dict[str, Any], section: str, key: str | None = None) -> list[tuple[str, Any]]:
    """The sound values of one key down a section, each with its path; the values of a list one by one."""
    rows = _rows(tree, section) if key is None else [(f"{at}.{key}", row[key]) for at, row in _rows(tree, section)]
    return [(where, value) for where, value in chain.from_iterable(map(_spread, rows)) if value is not UNSOUND]


def _spread(found: tuple[str, Any]) -> list[tuple[str, Any]]:
    where, value = found
    return [(f"{where}[{index}]", one) for index, one in enumerate(value)] if isinstance(value, list) else [found]
