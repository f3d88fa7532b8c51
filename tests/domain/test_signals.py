"""One suggestion at a time: the most urgent one, in plain words, for any number of sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_steps import EVENT, NOON, minutes_later
from workshop.domain import signals
from workshop.domain.event import StepKind
from workshop.domain.event_file import read_event
from workshop.domain.signals import TableSignals

HARBOUR_FILE = Path(__file__).parents[2] / "data" / "events" / "harbour-2027.toml"
HARBOUR = read_event(HARBOUR_FILE.read_text(encoding="utf-8"), source=HARBOUR_FILE.name)
BUSY = TableSignals(
    name="Table 1",
    seated=5,
    by_side={"eu": 3, "us": 2},
    devices=5,
    connected=5,
    silent_minutes=0,
    heard=True,
    ready=False,
)


def said(kind: StepKind, *tables: TableSignals, ready: bool = True, dismissed: tuple[str, ...] = ()) -> str:
    step = next(step for step in EVENT.run_of_show if step.kind is kind)
    found = signals.suggest(step, tables, EVENT.sides, asks_who_is_ready=ready, dismissed=dismissed)
    return found.sentence if found else ""


def test_when_all_is_well_nothing_is_suggested() -> None:
    assert said(StepKind.WRITE, BUSY, replace(BUSY, name="Table 2")) == ""
    assert said(StepKind.WRITE) == ""


def test_the_most_silent_table_is_the_one_to_walk_to() -> None:
    quiet = replace(BUSY, name="Table 4", silent_minutes=5)
    assert (
        said(StepKind.WRITE, BUSY, replace(quiet, name="Table 3", silent_minutes=4), quiet)
        == "Table 4 has written nothing for 5 minutes: go and ask what holds them up."
    )


def test_a_long_step_gives_more_time_and_a_ready_table_is_done() -> None:
    quiet = replace(BUSY, silent_minutes=3)
    assert said(StepKind.WRITE, quiet)
    assert not said(StepKind.SHARE, quiet)
    assert not said(StepKind.WRITE, replace(quiet, ready=True), BUSY)


def test_where_nobody_says_ready_a_table_that_was_heard_may_be_done() -> None:
    quiet = replace(BUSY, silent_minutes=6)
    assert not said(StepKind.VOTE, quiet, ready=False)
    assert "has tapped nothing for 6 minutes" in said(StepKind.VOTE, replace(quiet, heard=False), ready=False)


def test_a_table_that_lost_its_devices_comes_before_one_that_is_silent() -> None:
    away = replace(BUSY, name="Table 2", connected=1, silent_minutes=2)
    quiet = replace(BUSY, name="Table 4", silent_minutes=9)
    assert said(StepKind.WRITE, quiet, away).startswith("Table 2: 4 of 5 devices are asleep or cut off.")
    tablet = replace(away, devices=1, connected=0)
    assert said(StepKind.WRITE, tablet).startswith("Table 2: its only device is asleep or cut off.")


def test_phones_that_sleep_while_a_table_talks_for_a_minute_are_no_matter() -> None:
    assert said(StepKind.SHARE, replace(BUSY, connected=1, silent_minutes=1)) == ""


def test_a_room_that_is_cut_off_comes_before_every_table() -> None:
    away = [replace(BUSY, name=f"Table {number}", connected=0, silent_minutes=2) for number in range(3)]
    assert said(StepKind.WRITE, *away, BUSY) == (
        "15 of 20 devices in the room are asleep or cut off: check the Wi-Fi, then ask people to look."
    )


def test_phones_in_pockets_are_no_matter_while_people_listen() -> None:
    assert said(StepKind.PITCH, replace(BUSY, connected=0, silent_minutes=20), ready=False) == ""


def test_a_table_of_one_side_is_mixed_while_people_still_sit_down() -> None:
    alone = replace(BUSY, name="Table 7", by_side={"eu": 5})
    assert said(StepKind.ARRIVE, BUSY, alone, ready=False) == (
        "Table 7 has only EU people: ask somebody from US to sit there."
    )
    assert said(StepKind.SHARE, BUSY, alone) == ""
    assert said(StepKind.ARRIVE, alone, replace(BUSY, by_side={"eu": 4, "us": 1}), ready=False) == "", "none to spare"


def test_three_sides_work_as_well_as_two() -> None:
    first, second, third = (side.key for side in HARBOUR.sides)
    arrive = HARBOUR.run_of_show[0]
    mixed, alone = replace(BUSY, by_side={first: 2, second: 1, third: 2}), replace(BUSY, by_side={first: 4})
    found = signals.suggest(arrive, [mixed, alone], HARBOUR.sides, asks_who_is_ready=False)
    assert found is not None
    assert HARBOUR.sides[2].short in found.sentence


def test_when_every_table_is_ready_the_next_step_may_come() -> None:
    assert "Every table is ready" in said(StepKind.SHARE, replace(BUSY, ready=True))


def test_what_was_dismissed_makes_room_for_the_next() -> None:
    one, two = replace(BUSY, name="Table 1", silent_minutes=9), replace(BUSY, name="Table 2", silent_minutes=8)
    step = next(step for step in EVENT.run_of_show if step.kind is StepKind.WRITE)
    first = signals.suggest(step, [one, two], EVENT.sides, asks_who_is_ready=True)
    assert first is not None
    gone = signals.dismissal(step, first)
    assert said(StepKind.WRITE, one, two, dismissed=(gone,)).startswith("Table 2")
    assert said(StepKind.SHARE, one, two, dismissed=(gone,)).startswith("Table 1"), "another step is another matter"


def test_silence_before_the_step_opened_does_not_count() -> None:
    assert signals.silent_minutes(None, NOON, minutes_later(5)) == 5
    assert signals.silent_minutes(NOON - timedelta(hours=1), NOON, minutes_later(2)) == 2
    assert signals.silent_minutes(minutes_later(4), NOON, minutes_later(5.9)) == 1
    assert signals.silent_minutes(minutes_later(6), NOON, minutes_later(5)) == 0


@given(
    st.sampled_from(EVENT.run_of_show),
    st.lists(
        st.builds(
            TableSignals,
            name=st.sampled_from(["Table 1", "Table 2"]),
            seated=st.integers(1, 10),
            by_side=st.dictionaries(st.sampled_from(["eu", "us"]), st.integers(1, 5)),
            devices=st.integers(0, 10),
            connected=st.integers(0, 10),
            silent_minutes=st.integers(0, 90),
            heard=st.booleans(),
            ready=st.booleans(),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_whatever_the_room_does_dismissing_comes_to_an_end(
    step: signals.Step, tables: list[TableSignals], ready: bool
) -> None:
    dismissed: list[str] = []
    for _ in range(20):
        found = signals.suggest(step, tables, EVENT.sides, asks_who_is_ready=ready, dismissed=dismissed)
        if found is None:
            return
        assert found.sentence[-1] == "."
        dismissed.append(signals.dismissal(step, found))
    raise AssertionError("there is always another suggestion")
