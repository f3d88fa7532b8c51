"""The event stream at the wire: what arrives, what never does, and who waits for nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.served import Room, served_room
from workshop.domain.event import StepKind


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


def test_a_stream_begins_with_everything_that_the_phone_may_see(room: Room) -> None:
    phone = room.phone()
    with phone.stream() as heard:
        step = heard.topic("room")["step"]
        assert step["kind"] == "arrive"
        assert heard.topic("people")["people"] == 1


def test_a_step_change_reaches_an_open_stream(room: Room) -> None:
    phone = room.phone()
    with phone.stream() as heard:
        heard.topic("room")
        room.open_step(StepKind.WRITE)
        changed = heard.topic("room", lambda data: data["step"]["kind"] == "write_alone")
        assert "write" in changed["may"]
        assert 0 < changed["clock"]["remaining"] <= changed["step"]["minutes"] * 60
        assert changed["clock"]["running"] is True
