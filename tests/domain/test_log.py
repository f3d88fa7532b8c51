"""The chain of the log: any change of any entry is found, at the entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.log import BEGINNING, Entry, canonical, first_broken, seal

ROOM = UUID(int=7)
MORNING = datetime(2018, 11, 7, 10, 0, tzinfo=UTC)


def a_chain(length: int) -> list[Entry]:
    chain: list[Entry] = []
    for place in range(1, length + 1):
        previous = chain[-1].hash if chain else BEGINNING
        details = {"number": place, "text": "ab" * 32, "originals": ["x", "y"]}
        entry = Entry(place, MORNING + timedelta(seconds=place), "moderator", "hide", "idea", details, previous, "")
        chain.append(replace(entry, hash=seal(ROOM, entry)))
    return chain


def broken(chain: list[Entry], *, like: list[Entry]) -> int | None:
    """Where the chain breaks, for a workshop that remembers the untouched one."""
    return first_broken(ROOM, chain, head=like[-1].hash if like else BEGINNING, length=len(like))


@pytest.mark.parametrize("length", [0, 1, 2, 9])
def test_an_untouched_chain_holds(length: int) -> None:
    assert broken(a_chain(length), like=a_chain(length)) is None


CHANGES: list[dict[str, Any]] = [
    {"sequence": 99},
    {"at": MORNING},
    {"actor": "organiser"},
    {"verb": "restore"},
    {"subject": "another idea"},
    {"details": {}},
    {"details": {"number": float("nan")}},
    {"details": ["no", "mapping"]},
    {"details": {"number": {1, 2}}},
    {"previous_hash": "0" * 64},
    {"hash": "0" * 64},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize("place", [1, 3, 5])
def test_any_changed_field_is_found_at_its_entry(place: int, change: dict[str, Any]) -> None:
    chain = a_chain(5)
    chain[place - 1] = replace(chain[place - 1], **change)
    assert broken(chain, like=a_chain(5)) == place


def test_a_removed_swapped_added_or_cut_off_entry_is_found() -> None:
    whole = a_chain(5)
    assert broken(whole[:2] + whole[3:], like=whole) == 3
    assert broken([whole[0], whole[2], whole[1], *whole[3:]], like=whole) == 2
    assert broken(whole[:4], like=whole) == 5
    assert broken([], like=whole) == 1
    assert broken(a_chain(6), like=whole) == 6


def test_a_chain_that_was_written_anew_from_an_entry_on_does_not_fit_the_head() -> None:
    whole = a_chain(5)
    forged = replace(whole[4], verb="nothing")
    assert broken([*whole[:4], replace(forged, hash=seal(ROOM, forged))], like=whole) == 5


def test_an_entry_of_another_workshop_does_not_fit() -> None:
    whole = a_chain(3)
    assert first_broken(UUID(int=8), whole, head=whole[-1].hash, length=3) == 1


def test_the_time_zone_in_which_a_moment_is_read_does_not_matter() -> None:
    entry = a_chain(1)[0]
    assert seal(ROOM, replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=9))))) == entry.hash


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.booleans(), max_size=5))
def test_canonical_json_does_not_depend_on_the_order_of_keys(document: dict[str, Any]) -> None:
    backwards = dict(reversed(document.items()))
    assert canonical(document) == canonical(backwards)
    assert canonical(document).isascii()
    assert " " not in canonical({"a": 1, "b": [2, 3]})
