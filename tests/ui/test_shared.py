"""Shared reads: one for all sessions, at every revision, and never what the step hides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.served import EVENT, Room, open_house
from workshop.domain.event import StepKind
from workshop.errors import NotAllowed
from workshop.services import payloads, workshops
from workshop.ui import shared


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_house(tmp_path) as house:
        yield Room(house, workshops.create(house.db, EVENT.read_text(encoding="utf-8")))


def test_a_topic_is_read_once_for_everybody_until_it_changes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    read = payloads.people

    def counted(*arguments: object) -> object:
        reads.append(1)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setitem(payloads.BY_TOPIC, "people", counted)  # type: ignore[misc]
    for _ in range(3):
        assert shared.body(room.house, room.view.id, "people")["people"] == 0
    assert len(reads) == 1
    room.phone()
    assert shared.body(room.house, room.view.id, "people")["people"] == 1
    assert len(reads) == 2


def test_what_was_read_in_a_later_step_is_not_answered_after_going_back(room: Room) -> None:
    room.open_step(StepKind.VOTE)
    room.open_step(StepKind.REVEAL)
    assert shared.body(room.house, room.view.id, "results")["raw"] == []
    room.open_step(StepKind.VOTE)
    with pytest.raises(NotAllowed):
        shared.body(room.house, room.view.id, "results")


def test_a_chart_is_built_once_per_key() -> None:
    built: list[int] = []

    def build() -> str:
        built.append(1)
        return "chart"

    assert [shared.once(("chart", 7), build) for _ in range(3)] == ["chart"] * 3
    assert built == [1]
