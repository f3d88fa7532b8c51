"""The audience of one process: every open stream, by workshop and by browser."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from workshop.errors import Unavailable
from workshop.live import Feed
from workshop.services import holding, topics
from workshop.storage import Database
from workshop.web.listener import Listener
from workshop.web.live_room import LiveRoom
from workshop.web.pool import Pool

MOST_STREAMS = 5_000
MOST_PER_DEVICE = 4
"""Browsers open six connections to one address at a time; two stay free for votes and pages."""

T = TypeVar("T")


class Audience:
    """Everybody who listens. All of it happens on one event loop; what blocks runs in a small pool of threads."""

    def __init__(self, db: Database, feed: Feed) -> None:
        self._db = db
        self._feed = feed
        self._pool = Pool("live", threads=4)
        self._rooms: dict[UUID, asyncio.Task[LiveRoom]] = {}
        self._by_device: dict[str, list[Listener]] = {}
        self._count = 0
        self._leaving = False

    def __len__(self) -> int:
        return self._count

    async def room(self, workshop_id: UUID) -> LiveRoom:
        """The live room of a workshop, opened by whoever asks first. Raises WorkshopError."""
        opening = self._rooms.get(workshop_id)
        if opening is None:
            opening = self._rooms[workshop_id] = asyncio.create_task(self._open(workshop_id))
        try:
            return await asyncio.shield(opening)
        except BaseException:
            if opening.done() and self._rooms.get(workshop_id) is opening:
                del self._rooms[workshop_id]
            raise

    def must_have_a_place(self) -> None:
        """Raise Unavailable when no more streams can be carried."""
        if self._count >= MOST_STREAMS:
            raise Unavailable("Too many screens are connected. Close some of them, then reload this page.")

    def enter(self, room: LiveRoom, listener: Listener) -> None:
        """Begin to tell a listener; the oldest stream of a browser that has too many of them ends."""
        own = self._by_device.setdefault(listener.device_hash, [])
        own.append(listener)
        self._count += 1
        for oldest in own[:-MOST_PER_DEVICE]:
            oldest.end("replaced")
        if self._leaving:  # it came between our goodbye and the moment in which the server stops to listen
            listener.end("again")
        room.enter(listener)

    def leave(self, room: LiveRoom, listener: Listener) -> None:
        """Forget a listener."""
        room.leave(listener)
        self._count -= 1
        own = self._by_device[listener.device_hash]
        own.remove(listener)
        if not own:
            del self._by_device[listener.device_hash]

    def by_workshop(self) -> dict[UUID, list[Listener]]:
        """Every open stream by workshop."""
        rooms: dict[UUID, list[Listener]] = {}
        for own in self._by_device.values():
            for listener in own:
                rooms.setdefault(listener.badge.workshop_id, []).append(listener)
        return rooms

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Run what blocks beside the event loop."""
        return await self._pool.run(work)

    def end_all(self) -> None:
        """Send everybody away, to come back at once: to another replica, or to us after a restart."""
        self._leaving = True
        for own in self._by_device.values():
            for listener in own:
                listener.end("again")

    async def close(self) -> None:
        """End all streams and stop reading."""
        self.end_all()
        openings, self._rooms = tuple(self._rooms.values()), {}
        for opening in openings:
            if opening.done() and not opening.cancelled() and opening.exception() is None:
                await opening.result().close()
            opening.cancel()
        self._pool.close()

    async def _open(self, workshop_id: UUID) -> LiveRoom:
        subscription = self._feed.subscribe(workshop_id)
        room = LiveRoom(
            subscription,
            read=lambda topic: self.in_thread(partial(topics.payload, self._db, workshop_id, topic)),
            read_revisions=lambda: self.in_thread(partial(topics.revisions, self._db, workshop_id)),
            read_outdated=lambda badges: self.in_thread(partial(holding.outdated, self._db, workshop_id, badges)),
        )
        try:
            await room.open()
        except BaseException:
            subscription.close()
            raise
        return room
