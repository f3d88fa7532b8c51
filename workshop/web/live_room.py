"""One workshop as its open streams see it: the newest revisions, the step, and who has to be told what."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from uuid import UUID

from workshop.domain.room import WorkshopView
from workshop.errors import NotAllowed, NotFound, Unavailable
from workshop.live import Subscription
from workshop.services import topics
from workshop.services.access import Badge, ParticipantBadge, ScribeBadge
from workshop.web import events
from workshop.web.events import Encoded
from workshop.web.listener import Listener
from workshop.web.showers import Showers

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0

Read = Callable[[str], Awaitable[topics.Payload]]
ReadRevisions = Callable[[], Awaitable[Mapping[str, int]]]
ReadOutdated = Callable[[Collection[Badge]], Awaitable[Collection[Badge]]]

_Kind = tuple[type[Badge], UUID | None]
"""Badges of the same kind, at the same table where it matters, may have the same topics."""


class LiveRoom:
    """Takes what the feed says, decides whom it concerns, and reads each topic once per revision."""

    def __init__(
        self, subscription: Subscription, *, read: Read, read_revisions: ReadRevisions, read_outdated: ReadOutdated
    ) -> None:
        self.view: WorkshopView
        self._subscription = subscription
        self._read = read
        self._read_revisions = read_revisions
        self._read_outdated = read_outdated
        self._badges_changed_at = 0.0
        self._newest: dict[str, int] = {}
        self._changed_at: dict[str, float] = {}
        self._encoded: dict[str, tuple[int, asyncio.Task[Encoded]]] = {}
        self._listeners: dict[_Kind, set[Listener]] = {}
        self._outlooks: dict[_Kind, _Outlook] = {}
        self._showers = Showers(self._spread, listeners=lambda: sum(map(len, self._listeners.values())))
        self._following: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Read where the workshop stands, and follow it from there on."""
        self._newest = dict(await self._read_revisions())
        self.view = (await self.encoded(topics.ROOM)).view
        self._badges_changed_at = time.monotonic()
        self._following = asyncio.create_task(self._follow())

    async def close(self) -> None:
        """Stop following."""
        self._subscription.close()
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following

    def enter(self, listener: Listener) -> None:
        """Tell the listener everything that it does not have yet, and from now on what changes."""
        self._listeners.setdefault(_kind(listener.badge), set()).add(listener)
        if listener.asked_at <= self._badges_changed_at:  # its badge was read before the change, or before we followed
            self._look_again()
        listener.sent.pop(topics.ROOM, None)  # a clock stands still while its phone sleeps
        self._catch_up(listener)
        self._tell(listener, self._newest)

    def leave(self, listener: Listener) -> None:
        """Tell this listener nothing any more."""
        kind = _kind(listener.badge)
        alike = self._listeners.get(kind, set())
        alike.discard(listener)
        if not alike:
            self._listeners.pop(kind, None)

    def may_have(self, listener: Listener, topic: str) -> bool:
        """Whether the topic is for this listener in the step that we know of."""
        return listener.draws_topic(topic) and topic in self.visible(listener.badge)

    def visible(self, badge: Badge) -> frozenset[str]:
        """The topics that this badge may have in the step that we know of."""
        return self._outlook(badge).visible

    def may_fetch(self, badge: Badge, topic: str) -> bool:
        """Whether the topic may be asked for: what is sent anyway, and the board where phones hear of it."""
        return topic in self.visible(badge) or (topic == topics.BOARD and self._outlook(badge).hears(topic))

    async def news(self, listener: Listener, topic: str) -> Encoded | None:
        """What the listener has to be sent about a topic, if anything; it counts as sent."""
        if not self.may_have(listener, topic):
            return None
        try:
            encoded = await self.encoded(topic)
        except (NotAllowed, NotFound):  # the step went on in the meantime; the next event says so
            return None
        except Unavailable:
            asyncio.get_running_loop().call_later(RETRY_SECONDS, listener.mark, [topic])
            return None
        if not self.may_have(listener, topic) or listener.sent.get(topic) == encoded.revision:
            return None
        listener.sent[topic] = encoded.revision
        return encoded

    async def everything(self, listener: Listener) -> bytes:
        """What a stream would send this listener now, as one JSON object."""
        listener.sent.pop(topics.ROOM, None)
        self._catch_up(listener)
        self._tell(listener, self._newest)
        due = listener.take()
        news = [await self.news(listener, topic) for topic in due.topics]
        return events.everything([encoded for encoded in news if encoded is not None], due.told)

    def newest(self, topic: str) -> int:
        """The newest revision that we know of; 0 for a topic that never changed."""
        return self._newest.get(topic, 0)

    async def encoded(self, topic: str) -> Encoded:
        """The topic as bytes, at its newest revision or a later one. Raises WorkshopError."""
        revision = self.newest(topic)
        known = self._encoded.get(topic)
        if known is None or known[0] < revision:
            known = self._encoded[topic] = (revision, asyncio.create_task(self._encode(topic)))
        elif known[1].done() and not known[1].cancelled() and known[1].exception() is None:
            return known[1].result()  # what all but the first find: waiting for it would cost each more than sending
        try:
            return await asyncio.shield(known[1])
        except BaseException:
            if known[1].done() and self._encoded.get(topic) is known:
                del self._encoded[topic]
            raise

    async def _encode(self, topic: str) -> Encoded:
        return Encoded(await self._read(topic))

    async def _follow(self) -> None:
        async for changed in self._subscription.changes():
            if changed.get(topics.BADGES, 0) > self.newest(topics.BADGES):
                self._badges_changed_at = time.monotonic()
            for topic, revision in changed.items():
                self._newest[topic] = max(revision, self.newest(topic))
                self._changed_at.setdefault(topic, self._subscription.since)
            if topics.ROOM in changed:
                await self._look_at_the_step()
            if topics.BADGES in changed:
                await self._look_at_the_badges()
            self._showers.pass_on(changed)

    async def _look_at_the_step(self) -> None:
        """Read the step again. Until that works nothing new is shown: better late than too early."""
        while True:
            try:
                self.view = (await self.encoded(topics.ROOM)).view
                break
            except NotFound:
                for listener in self._everybody():
                    listener.end("gone")
                return
            except Unavailable:
                log.warning("live: the step could not be read; trying again")
                await asyncio.sleep(RETRY_SECONDS)
        self._outlooks.clear()
        for listener in self._everybody():
            self._catch_up(listener)

    async def _look_at_the_badges(self) -> None:
        """End the streams of those who are somebody else now, or nobody: they come back and are asked who they are."""
        try:
            outdated = await self._read_outdated({listener.badge for listener in self._everybody()})
        except Unavailable:
            log.warning("live: the badges could not be read; trying again")
            asyncio.get_running_loop().call_later(RETRY_SECONDS, self._look_again)
            return
        for listener in self._everybody():
            if listener.badge in outdated:
                listener.end("again")

    def _everybody(self) -> list[Listener]:
        return [listener for alike in self._listeners.values() for listener in alike]

    def _look_again(self) -> None:
        self._subscription.put({topics.BADGES: self.newest(topics.BADGES)})

    def _spread(self, changed: Mapping[str, int]) -> None:
        now = time.monotonic()
        since = min(self._changed_at.pop(topic, now) for topic in changed)
        for alike in self._listeners.values():
            outlook = self._outlook(next(iter(alike)).badge)
            shown = [topic for topic in changed if topic in outlook.visible]
            heard = {topic: revision for topic, revision in changed.items() if outlook.hears(topic)}
            for listener in alike if shown or heard else ():
                if fresh := [topic for topic in shown if listener.draws_topic(topic)]:
                    listener.mark(fresh, since=since)
                if heard:
                    listener.tell(heard, since=since)

    def _catch_up(self, listener: Listener) -> None:
        missing = [
            topic
            for topic in self.visible(listener.badge)
            if listener.draws_topic(topic) and listener.sent.get(topic) != self.newest(topic)
        ]
        if missing:
            listener.mark(missing)

    def _tell(self, listener: Listener, changed: Mapping[str, int]) -> None:
        hears = self._outlook(listener.badge).hears
        heard = {topic: revision for topic, revision in changed.items() if hears(topic)}
        if heard:
            listener.tell(heard)

    def _outlook(self, badge: Badge) -> _Outlook:
        kind = _kind(badge)
        if kind not in self._outlooks:
            self._outlooks[kind] = _Outlook(badge, self.view)
        return self._outlooks[kind]


def _kind(badge: Badge) -> _Kind:
    return type(badge), badge.table_id if isinstance(badge, ParticipantBadge | ScribeBadge) else None


class _Outlook:
    """What one kind of badge may have in one step; asked a thousand times, worked out once."""

    def __init__(self, badge: Badge, view: WorkshopView) -> None:
        self.visible = topics.visible(badge, view)
        self._badge, self._view = badge, view
        self._told: dict[str, bool] = {}

    def hears(self, topic: str) -> bool:
        if topic not in self._told:
            self._told[topic] = topics.told(self._badge, self._view, topic)
        return self._told[topic]
