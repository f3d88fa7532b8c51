"""Similar ideas while somebody writes: in time or not at all, and the text stands in no address and no log."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.live.served import Room, served_room
from workshop import themes
from workshop.domain.event import StepKind
from workshop.themes import embedders
from workshop.web.calls.hints import Newest
from workshop.web.pool import Pool

TITLE, PITCH = "Hydrogen barges", "Push boats with fuel cells carry containers on the Rhine and the Ohio."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        themes.embed([themes.Text("", "Good morning")], embedder=embedders.quick_part(embedders.default_embedder()))
        yield room


def test_a_phone_is_told_of_its_tables_idea_and_of_nothing_else(room: Room) -> None:
    room.open_step(StepKind.SHARE)
    author, neighbour, stranger = room.phone("Ana"), room.phone("Bo"), room.phone("Cy", table=1)
    idea = author.write(TITLE, pitch=PITCH)
    author.write("Nurse exchange", pitch="Nurses swap wards for three months.")
    asked = {"title": TITLE, "pitch": PITCH}
    assert neighbour.post("/live/similar", **asked).json() == {
        "similar": [
            {
                "id": str(idea),
                "number": 1,
                "title": TITLE,
                "pitch": PITCH,
                "credit": "Table 1",
                "maybe_same": True,
                "where": "table",
                "completable": True,
                "buildable": False,
            }
        ]
    }
    assert stranger.post("/live/similar", **asked).json() == {"similar": []}
    assert author.post("/live/similar", idea=str(idea), **asked).json() == {"similar": []}
    assert neighbour.post("/live/similar", title="Hydrogen", pitch="").json() == {"similar": []}


def test_who_has_not_joined_or_asks_in_an_address_is_refused(room: Room) -> None:
    room.open_step(StepKind.SHARE)
    refused = room.stranger().post("/live/similar", title=TITLE, pitch=PITCH)
    assert refused.status_code == 403
    assert "has not joined" in refused.json()["error"]
    phone = room.phone()
    assert phone.get("/live/similar", title=TITLE, pitch=PITCH).status_code == 405
    for body in ({"title": TITLE}, {"title": 1, "pitch": ""}, {"title": TITLE, "pitch": PITCH, "more": 1}):
        assert phone.post("/live/similar", **body).status_code == 422
    assert phone.post("/live/similar", title=TITLE, pitch="x" * 20_000).status_code == 413


def test_the_text_reaches_no_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    room.open_step(StepKind.SHARE)
    phone = room.phone()
    phone.write(TITLE, pitch=PITCH)
    assert phone.post("/live/similar", title=TITLE, pitch=PITCH).json()["similar"]
    assert "Push boats" not in caplog.text


def test_of_one_person_only_the_newest_question_is_answered() -> None:
    looked, gate = [], threading.Event()

    def look(number: int) -> int:
        gate.wait(20)
        looked.append(number)
        return number

    async def run() -> list[Any]:
        newest: Newest[int] = Newest(Pool("test_hints", threads=1))
        asking = [asyncio.create_task(newest.answer("another", lambda: look(0)))]
        asking += [asyncio.create_task(newest.answer("Ana", partial(look, number))) for number in (1, 2, 3)]
        await asyncio.sleep(0.05)
        gate.set()
        return await asyncio.gather(*asking)

    assert asyncio.run(run()) == [0, None, None, 3]
    assert looked == [0, 3], "what nobody waits for costs nothing"


def test_when_many_wait_the_rest_get_none_at_once() -> None:
    gate = threading.Event()

    async def run() -> list[Any]:
        newest: Newest[bool] = Newest(Pool("test_hints", threads=1), most_waiting=2)
        asking = [asyncio.create_task(newest.answer(str(number), lambda: gate.wait(20))) for number in range(3)]
        await asyncio.sleep(0.05)
        assert await newest.answer("one too many", lambda: True) is None
        gate.set()
        return await asyncio.gather(*asking)

    assert asyncio.run(run()) == [True] * 3


def test_a_question_that_has_waited_too_long_gets_none() -> None:
    gate = threading.Event()

    async def run() -> list[Any]:
        newest: Newest[bool] = Newest(Pool("test_hints", threads=1), longest_wait=0.2)
        asking = [asyncio.create_task(newest.answer(str(number), lambda: gate.wait(20))) for number in range(2)]
        await asyncio.sleep(0.4)
        gate.set()
        answers = await asyncio.gather(*asking)
        return [*answers, await newest.answer("later", lambda: True)]

    assert asyncio.run(run()) == [True, None, True]


def test_a_question_that_fails_is_told_to_its_asker_and_stops_nobody() -> None:
    async def run() -> None:
        newest: Newest[int] = Newest(Pool("test_hints", threads=1))
        with pytest.raises(ZeroDivisionError):
            await newest.answer("Ana", lambda: 1 // 0)
        assert await newest.answer("Ana", lambda: 1) == 1

    asyncio.run(run())
