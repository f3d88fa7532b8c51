"""Phones as `stream.js` and `votes.js` keep them: they connect again after a pause, send until they are answered."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from tests.live.served import Phone

Where = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True)
class Gap:
    """A time without a stream: when it began, why, and for how many seconds."""

    at: float
    why: Literal["broken", "again"]
    seconds: float


class Roaming:
    """A phone, or with ``role`` a wall, that listens and votes through whatever happens to the replicas."""

    def __init__(self, phone: Phone, *, role: str = "") -> None:
        self.phone = phone
        self.topics: dict[str, dict[str, Any]] = {}
        self.gaps: list[Gap] = []
        self.acknowledged: dict[str, int] = {}
        self.sent_again = 0
        self._query = {"code": phone.room.view.code, "as": role}
        self._lost: tuple[float, Literal["broken", "again"]] | None = None
        self._live = asyncio.Event()
        self._news = asyncio.Event()
        self._client = httpx.AsyncClient(
            base_url=phone.room.address, cookies=phone.cookies, timeout=15, trust_env=False, verify=False
        )

    async def listen(self) -> None:
        """Keep a stream open for ever."""
        failures = 0
        while True:
            heard, farewell = await self._one_stream()
            failures = 1 if heard else failures + 1
            self._live.clear()
            if heard:
                self._lost = time.monotonic(), farewell
            pause = min(30, 0.5 * 2 ** min(failures, 7)) * (0.5 + random.random())
            await asyncio.sleep(random.uniform(0, 2) if farewell == "again" else pause)

    async def is_live(self) -> None:
        """Wait for the first word of a stream."""
        await self._live.wait()

    async def hears(self, topic: str, where: Where = lambda _: True, *, seconds: float = 20) -> dict[str, Any]:
        """Wait for a topic, the newest that there is."""
        async with asyncio.timeout(seconds):
            while topic not in self.topics or not where(self.topics[topic]):
                self._news.clear()
                await self._news.wait()
        return self.topics[topic]

    async def gives(self, idea: str, dots: int) -> None:
        """Give an idea so many dots, and remember what was acknowledged."""
        vote = {"code": self._query["code"], "idea": idea, "dots": dots}
        while True:
            with suppress(httpx.TransportError):
                answer = await self._client.post("/live/vote", json=vote)
                if answer.status_code < 500:
                    assert answer.status_code == 200, answer.text
                    self.acknowledged = answer.json()["dots"]
                    return
            self.sent_again += 1
            await asyncio.sleep(random.uniform(0.25, 0.75))

    def gaps_since(self, moment: float) -> list[Gap]:
        return [gap for gap in self.gaps if gap.at >= moment]

    async def leave(self) -> None:
        await self._client.aclose()

    async def _one_stream(self) -> tuple[bool, Literal["broken", "again"]]:
        """Whether anything was heard, and how it ended."""
        heard, name = False, ""
        with suppress(httpx.TransportError):
            async with self._client.stream("GET", "/live/stream", params=self._query, timeout=40) as response:
                async for line in response.aiter_lines() if response.status_code == 200 else _nothing():
                    heard = True
                    self._is_back()
                    name = line.removeprefix("event: ") if line.startswith("event: ") else name
                    if line.startswith("data: "):
                        told = json.loads(line.removeprefix("data: "))
                        if name == "bye" and told["why"] == "again":
                            return heard, "again"
                        if name == "topic":
                            self.topics[told["topic"]] = told
                            self._news.set()
        return heard, "broken"

    def _is_back(self) -> None:
        if self._lost is not None:
            at, why = self._lost
            self.gaps.append(Gap(at, why, time.monotonic() - at))
            self._lost = None
        self._live.set()


@asynccontextmanager
async def listening(phones: Sequence[Roaming]) -> AsyncIterator[None]:
    """All of them with an open stream."""
    tasks = [asyncio.create_task(phone.listen()) for phone in phones]
    try:
        async with asyncio.timeout(30):
            for phone in phones:
                await phone.is_live()
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for phone in phones:
            await phone.leave()


async def _nothing() -> AsyncIterator[str]:
    return
    yield
