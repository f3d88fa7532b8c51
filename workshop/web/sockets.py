"""One browser's websocket, watched: Streamlit sees the frames it needs, in a human rhythm, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from starlette.types import Message, Receive, Send

from workshop.web import metrics
from workshop.web.frames import Pace, TokenBucket, Verdict, judge


class WatchedSocket:
    """Stands between the server and Streamlit for the life of one connection."""

    __slots__ = ("_bucket", "_clock", "_closed_with", "_receive", "_send", "_uploads")

    def __init__(
        self, receive: Receive, send: Send, *, pace: Pace, uploads: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._receive = receive
        self._send = send
        self._uploads = uploads
        self._clock = clock
        self._bucket = TokenBucket(pace, clock())
        self._closed_with: int | None = None

    async def receive(self) -> Message:
        """The next message for Streamlit. After we closed the socket that is its end, as if the browser had left."""
        while self._closed_with is None:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            verdict = await self._weigh(message.get("bytes"))
            if verdict is Verdict.PASS:
                return message
            if verdict.closes:
                await self._close(verdict.value)
        return {"type": "websocket.disconnect", "code": self._closed_with, "reason": ""}

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit says. What it still says to a socket that we closed is lost, without an error."""
        if self._closed_with is None:
            await self._send(message)

    async def _weigh(self, frame: bytes | None) -> Verdict:
        wait = self._bucket.take(self._clock())
        if wait is None:
            return Verdict.POLICY
        if wait:
            await asyncio.sleep(wait)
        return judge(frame, uploads=self._uploads)

    async def _close(self, code: int) -> None:
        self._closed_with = code
        metrics.refused(code)
        with suppress(OSError, RuntimeError):  # the browser, or Streamlit, was faster
            await self._send({"type": "websocket.close", "code": code, "reason": ""})
