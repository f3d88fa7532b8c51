"""Who is heard: devices with a stream, tables that write or tap; a page that only reads may be asleep."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.served import Room, served_room
from workshop.domain.event import StepKind
from workshop.services import topics
from workshop.web import presence


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(presence, "EVERY_SECONDS", 0.1)
    with served_room(tmp_path) as room:
        yield room


def tables(room: Room, *, devices: int, connected: int, heard: bool) -> bool:
    """Whether the desk comes to know this of the only table with people, in a few seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        known = topics.payload(room.house.db, room.view.id, topics.PRESENCE).body["by_table"]
        if [(one["devices"], one["connected"], one["heard_at"] is not None) for one in known] == [
            (devices, connected, heard)
        ]:
            return True
        time.sleep(0.05)
    return False


def test_the_desk_comes_to_know_who_is_connected_and_who_has_tapped(room: Room) -> None:
    anna, _ben = room.phone("Anna"), room.phone("Ben")
    room.open_step(StepKind.WRITE)
    with anna.stream() as one, anna.stream() as two:
        one.topic("room")
        two.topic("room")
        assert tables(room, devices=2, connected=1, heard=False), "two tabs are one device, and reading is no word"
        assert anna.post("/live/ready", step="write", ready=True).status_code == 200
        assert tables(room, devices=2, connected=1, heard=True)
    with room.stranger().stream() as heard:
        heard.topic("room")
        assert tables(room, devices=2, connected=0, heard=True)
