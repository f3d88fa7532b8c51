"""Somebody who has not joined and only follows: a stream without a page. Cheap enough to have thousands."""

import asyncio
from typing import Any

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.room import Room
from tests.bench.live.stream import Stream
from tests.bench.live.tab import Tab


class Watcher:
    """A stream of an observer. It does nothing that people do; what it is asked to do it leaves."""

    def __init__(self, room: Room, number: int) -> None:
        self.room, self.name = room, f"Watcher {number}"
        self.tab = Tab(Browser(room.place.address), "")
        self.stream = Stream(self.tab.browser, {"code": room.place.code, "as": "observer"}, self._hear, draw="room")
        self._has_room = asyncio.Event()

    @property
    def live(self) -> bool:
        return self.stream.connected

    @property
    def heard(self) -> tuple[int, int]:
        return self.stream.events, self.stream.received

    async def arrive(self) -> None:
        await self.tab.browser.get("/")
        self.stream.open()
        async with asyncio.timeout(PATIENCE):
            await self._has_room.wait()

    async def write(self, title: str) -> None: ...

    async def publish(self) -> None: ...

    async def vote(self) -> None: ...

    async def ready(self) -> None: ...

    async def drop(self, *, away: float, reload: bool) -> None: ...

    def leave(self) -> None:
        self.stream.close()
        self.tab.leave()

    def _hear(self, name: str, data: Any) -> None:
        if name != "topic" or data["topic"] != "room":
            return
        self._has_room.set()
        change = self.room.change
        if change is not None and data["step"]["key"] == change.key:
            change.heard(self.name)
            change.drawn(self.name)
