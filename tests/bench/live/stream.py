"""The page's connection to `/live/stream`, with the waits of `workshop/ui/components/stream.js`."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from tests.bench.live.browser import PATIENCE, Browser, chunks, parsed

_LEAST_PAUSE, _LONGEST_PAUSE = 0.3, 30.0
_ALL_AT_ONCE = 2.0

Hear = Callable[[str, Any], None]


class Stream:
    """Stays connected until it is closed. ``hear`` gets every event with its data."""

    def __init__(self, browser: Browser, place: dict[str, str], hear: Hear, *, draw: str = "") -> None:
        self.received = self.events = 0
        self.connected = False
        self._browser, self._place, self._hear, self._draw = browser, place, hear, draw
        self._revisions: dict[str, int] = {}
        self._running: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    def open(self, *, wait: float = 0.1) -> None:
        """Connect soon; the components of a page first gather for a tenth of a second."""
        self._running = asyncio.create_task(self._run(wait))

    def wake_up(self) -> None:
        """The network is back: a browser says so, and the page connects again soon, though not with all others."""
        self.open(wait=random.uniform(0, _ALL_AT_ONCE))

    def close(self) -> None:
        """Gone without a word, with what it has in mind."""
        if self._running is not None:
            self._running.cancel()
        if self._writer is not None:
            self._writer.transport.abort()

    def forget(self) -> None:
        """A page that is loaded anew has nothing."""
        self._revisions.clear()

    async def _run(self, wait: float) -> None:
        failures = 0
        while True:
            await asyncio.sleep(wait)
            try:
                wait = await self._listen()
                failures = 0
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                self._browser.streams_lost += 1
                failures = 1 if self.connected else failures + 1
                wait = _LEAST_PAUSE + random.uniform(0, min(_LONGEST_PAUSE, 0.5 * 2 ** min(failures, 7)))
            finally:
                self.connected = False

    async def _listen(self) -> float:
        """Read until the server says goodbye; gives the pause that it asks for."""
        have = ",".join(f"{topic}:{revision}" for topic, revision in self._revisions.items())
        asked = {**self._place, "have": have, **({"draw": self._draw} if self._draw else {})}
        async with asyncio.timeout(PATIENCE):
            reader, self._writer = await self._browser.connect()
            head = self._browser.head("GET", f"/live/stream?{urlencode(asked)}", "Accept: text/event-stream\r\n")
            self._writer.write(head)
            status, _ = await self._browser.read_head(reader)
        try:
            if status != 200:
                raise ConnectionError(f"the stream answered {status}")
            return await self._read(reader)
        finally:
            with suppress(OSError):
                self._writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> float:
        rest = b""
        async for piece in chunks(reader):
            self.received += len(piece)
            *events, rest = (rest + piece).split(b"\n\n")
            for event in events:
                name, _, data = event.partition(b"\n")
                self._take(name.decode().removeprefix("event: "), data.removeprefix(b"data: "))
                if name == b"event: bye":
                    return random.uniform(0, _ALL_AT_ONCE) if b"again" in data else _LONGEST_PAUSE
        raise ConnectionError("the stream ended without a word")

    def _take(self, name: str, data: bytes) -> None:
        self.connected = True
        self.events += name in {"topic", "changed"}
        read = parsed(data)
        if name == "topic":
            topic = f"table:{read['table_id']}" if read["topic"] == "table" else read["topic"]
            if read["revision"] < self._revisions.get(topic, 0):
                return
            self._revisions[topic] = read["revision"]
        self._hear(name, read)
