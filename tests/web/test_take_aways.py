"""A person's take-away as a file: for the phone that is theirs, and in turn when the whole room taps."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from tests.live.served import Phone, Room, served_room
from workshop.domain.event import StepKind
from workshop.web import take_aways

MINE = "/download/{}/my-workshop.pdf"


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[tuple[Room, Phone]]:
    """A room in which Ada has written."""
    with served_room(tmp_path) as room:
        room.open_step(StepKind.WRITE)
        phone = room.phone()
        phone.write("Heat from data centres")
        room.open_step(StepKind.CLOSING)
        yield room, phone


def test_the_phone_reads_and_keeps_its_own_sheet(writing: tuple[Room, Phone]) -> None:
    room, phone = writing
    told = phone.get("/live/take_away")
    assert "Heat from data centres" in told.text
    assert told.headers["cache-control"] == "no-store"
    path = MINE.format(room.view.code)
    file = phone.get(path)
    assert (file.status_code, file.content[:5]) == (200, b"%PDF-")
    assert file.headers["cache-control"] == "no-store"
    named = f'attachment; filename="roundtable-{room.view.code}-my-workshop.pdf"'
    assert file.headers["content-disposition"] == named


def test_nobody_gets_the_sheet_of_somebody_else(writing: tuple[Room, Phone]) -> None:
    room, phone = writing
    other = room.phone("Ben")
    assert phone.badge
    for path in ("/live/take_away", MINE.format(room.view.code)):
        for asking in (other, room.stranger()):
            refused = asking.get(path, person=str(phone.badge.participant_id))
            assert refused.status_code == 403
            assert "Heat" not in refused.text
            assert refused.headers["cache-control"] == "no-store"
        assert phone.get(path, person="me").status_code == 422
    assert other.get(MINE.format("ABCDEF")).status_code in {403, 404}


def test_at_a_tablet_each_person_has_their_own(writing: tuple[Room, Phone]) -> None:
    room, _ = writing
    shared, both = room.tablet("Cleo", "Dan")
    assert [shared.get("/live/take_away", person=who).json()["title"] for who in both] == ["Cleo", "Dan"]
    assert shared.get(MINE.format(room.view.code), person=both[1]).status_code == 200


def test_a_full_queue_is_told_when_to_come_again() -> None:
    async def taps() -> tuple[int, str, bytes]:
        gate = threading.Event()
        before = [asyncio.ensure_future(take_aways.pool.run(gate.wait)) for _ in range(take_aways.MOST_WAITING + 1)]
        await asyncio.sleep(0)
        answer = await take_aways.my_workshop(Request({"type": "http", "path_params": {}, "headers": []}))
        gate.set()
        await asyncio.gather(*before)
        return answer.status_code, answer.headers["retry-after"], bytes(answer.body)

    status, pause, sentence = asyncio.run(taps())
    assert (status, int(pause)) == (503, take_aways.RETRY_SECONDS)
    assert sentence.decode() == take_aways.FULL
