"""One open stream on the wire."""

from __future__ import annotations

import asyncio
import random

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from workshop.services.access import Badge, ObserverBadge, ParticipantBadge, ScribeBadge
from workshop.web import events, metrics
from workshop.web.audience import Audience
from workshop.web.listener import Listener
from workshop.web.live_room import LiveRoom

BEAT_SECONDS = 15.0
LONGEST_SECONDS = 20 * 60
"""A stream ends now and then, so that it is asked again who listens, whatever was missed meanwhile."""


class EventStream(Response):
    """Sends what its listener has to be sent, at the pace of its own connection, until one of the two leaves."""

    media_type = events.MEDIA_TYPE

    def __init__(self, audience: Audience, room: LiveRoom, listener: Listener) -> None:
        super().__init__()
        self._audience, self._room, self._listener = audience, room, listener

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        leaving = asyncio.create_task(self._notice_when_it_leaves(receive))
        self._audience.enter(self._room, self._listener)
        try:
            with metrics.STREAMS.labels(_kind(self._listener.badge)).track_inprogress():
                await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
                await self._speak(send)
        finally:
            self._audience.leave(self._room, self._listener)
            leaving.cancel()

    async def _speak(self, send: Send) -> None:
        ends_at = asyncio.get_running_loop().time() + LONGEST_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311
        goes_on = True
        while goes_on:
            something = await self._listener.something(BEAT_SECONDS)
            if asyncio.get_running_loop().time() > ends_at:
                self._listener.end("again")
            goes_on = await self._say(send, something=something)

    async def _say(self, send: Send, *, something: bool) -> bool:
        """Say what there is, and whether it was no goodbye. While it waits, a stream keeps nothing of it in memory."""
        if something:
            news = await self._news()
        else:
            news = events.BEAT
            metrics.sent(["beat"], len(news), since=None)
        if self._listener.ending is not None:
            bye = events.event("bye", events.dumps({"why": self._listener.ending}))
            metrics.sent(["bye"], len(bye), since=None)
            await send({"type": "http.response.body", "body": news + bye, "more_body": False})
            return False
        if news:
            await send({"type": "http.response.body", "body": news, "more_body": True})
        return True

    async def _news(self) -> bytes:
        due = self._listener.take()
        sent: list[tuple[str, bytes]] = []
        for topic in due.topics:
            encoded = await self._room.news(self._listener, topic)
            if encoded is not None:
                sent.append((topic.partition(":")[0], encoded.event()))
        if due.told:
            sent.append(("changed", events.event("changed", events.dumps(due.told))))
        news = events.together(tuple(event for _, event in sent))
        if news:
            metrics.sent((kind for kind, _ in sent), len(news), since=due.since)
        return news

    async def _notice_when_it_leaves(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._listener.end("gone")


def _kind(badge: Badge) -> str:
    return _KINDS.get(type(badge), "staff")


_KINDS: dict[type, str] = {ParticipantBadge: "phone", ScribeBadge: "tablet", ObserverBadge: "observer"}
_HEADERS = [
    (b"content-type", events.MEDIA_TYPE.encode()),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would collect events before it passes them on
]
