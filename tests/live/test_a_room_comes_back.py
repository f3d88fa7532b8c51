"""A whole room at the wire: two hundred streams, a server that stops and starts, and everybody back in one moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.browser.venue import Venue, open_venue
from tests.live.served import Phone, Room, open_house
from workshop.domain.event import StepKind
from workshop.services import clock, workshops

PEOPLE, STRANGERS = 100, 100


def test_a_room_of_streams_is_told_goodbye_and_comes_back_to_the_right_step_and_time(tmp_path: Path) -> None:
    with open_venue(tmp_path) as venue, open_house(venue.folder / "var") as house:
        view = workshops.find(house.db, venue.code)
        assert view is not None
        room = Room(house, view, venue.address)
        phones = [room.phone(f"Person {number}", table=number % 10) for number in range(PEOPLE)]
        phones += [room.stranger() for _ in range(STRANGERS)]
        asyncio.run(plays(venue, room, phones))


async def plays(venue: Venue, room: Room, phones: Sequence[Phone]) -> None:
    streams = [Stream(phone) for phone in phones]
    await everybody(stream.hears("arrive") for stream in streams)
    await asyncio.to_thread(room.open_step, StepKind.WRITE)
    await everybody(stream.hears("write_alone") for stream in streams)
    await asyncio.to_thread(venue.stop)
    assert await everybody(stream.ends() for stream in streams) == [{"why": "again"}] * len(streams)
    await asyncio.to_thread(venue.start)
    most = left(room)
    again = [Stream(phone) for phone in phones]
    back = await everybody(stream.hears("write_alone") for stream in again)
    least = left(room)
    await everybody(stream.leaves() for stream in (*streams, *again))
    assert all(least - 0.1 <= topic["clock"]["remaining"] <= most + 0.1 for topic in back)
    assert all(topic["clock"]["running"] for topic in back)


class Stream:
    """One plain stream, read as it comes."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._wire: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def hears(self, kind: str) -> dict[str, Any]:
        """The next state of the room in which this kind of step is open."""
        while True:
            name, data = await self._event()
            if name == "topic" and data["topic"] == "room" and data["step"]["kind"] == kind:
                return data

    async def ends(self) -> dict[str, Any]:
        """The last that the stream says before the server closes it."""
        last: dict[str, Any] = {}
        while (event := await self._event())[0]:
            last = event[1]
        return last

    async def leaves(self) -> None:
        if self._wire is not None:
            self._wire[1].close()
            await self._wire[1].wait_closed()

    async def _event(self) -> tuple[str, dict[str, Any]]:
        if self._wire is None:
            self._wire = await self._asks()
        name = ""
        while line := await self._wire[0].readline():
            field, _, value = line.decode().strip().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                return name, json.loads(value)
        return "", {}

    async def _asks(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        place = urlsplit(self._phone.room.address)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self._phone.cookies.items())
        query = urlencode({"code": self._phone.room.view.code})
        request = f"GET /live/stream?{query} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookies}\r\n\r\n"
        writer.write(request.encode())
        return reader, writer


async def everybody(calls: Any) -> list[Any]:
    async with asyncio.timeout(60):
        return await asyncio.gather(*calls)


def left(room: Room) -> float:
    found = workshops.of(room.house.db, room.moderator).state.remaining(clock.now())
    assert found is not None
    return found
