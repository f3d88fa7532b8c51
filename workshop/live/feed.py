"""The feed of one process: whoever changes something publishes it, whoever shows something subscribes.

A subscription keeps topics, not messages: a reader that was slow finds the newest revision of each topic and nothing
else. So a burst of a hundred changes is one look, memory is bounded by the number of topics, and a publisher (a writing
transaction that has just ended) never waits for anybody.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self
from uuid import UUID

from workshop.domain.change import Change
from workshop.listeners import Listeners


class Feed:
    """Takes changes in any order and any number of times; only a revision that is newer than the known one counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[UUID, dict[str, int]] = {}
        self._subscriptions: dict[UUID, tuple[Subscription, ...]] = {}
        self._hear_all: Listeners[[Sequence[Change]]] = Listeners()

    def on_change(self, listener: Callable[[Sequence[Change]], None]) -> Callable[[], None]:
        """Call the listener, in the publishing thread, with what is new in any workshop that somebody shows.

        Other processes' changes are among them. Returns how to stop that.
        """
        return self._hear_all.add(listener)

    def publish(self, changes: Iterable[Change]) -> None:
        """Tell subscribers what is newer than what they know. Returns at once, from any thread."""
        with self._lock:
            newer: dict[UUID, dict[str, int]] = {}
            for change in changes:
                known = self._newest.get(change.workshop_id)
                if known is not None and change.revision > known.get(change.topic, -1):
                    known[change.topic] = change.revision
                    newer.setdefault(change.workshop_id, {})[change.topic] = change.revision
            for workshop_id, topics in newer.items():
                for subscription in self._subscriptions.get(workshop_id, ()):
                    subscription.put(topics)
        if newer:
            self._hear_all.tell([Change(room, *topic) for room, topics in newer.items() for topic in topics.items()])

    def subscribe(self, workshop_id: UUID) -> Subscription:
        """Hear of every change from now on. Subscribe first, read the state after that: then nothing is missed."""
        subscription = Subscription(workshop_id, leave=self._leave)
        with self._lock:
            self._newest.setdefault(workshop_id, {})
            self._subscriptions[workshop_id] = (*self._subscriptions.get(workshop_id, ()), subscription)
        return subscription

    def watched(self) -> tuple[UUID, ...]:
        """The workshops that somebody shows right now: only these are worth looking up elsewhere."""
        with self._lock:
            return tuple(self._subscriptions)

    def _leave(self, subscription: Subscription) -> None:
        with self._lock:
            staying = tuple(
                kept for kept in self._subscriptions.get(subscription.workshop_id, ()) if kept is not subscription
            )
            if staying:
                self._subscriptions[subscription.workshop_id] = staying
            else:
                self._subscriptions.pop(subscription.workshop_id, None)
                self._newest.pop(subscription.workshop_id, None)


class Subscription:
    """What changed in one workshop since its reader last looked. Read it from one thread or from one event loop."""

    def __init__(self, workshop_id: UUID, *, leave: Callable[[Subscription], None]) -> None:
        self.workshop_id = workshop_id
        self.since = 0.0
        """The moment (``time.monotonic``) at which the oldest change of what was taken last had been published."""
        self._leave = leave
        self._lock = threading.Lock()
        self._dirty: dict[str, int] = {}
        self._dirty_since = 0.0
        self._changed = threading.Event()
        self._closed = False
        self._reader: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    def put(self, topics: Mapping[str, int]) -> None:
        """Let the reader know; for the feed. Waking up is done once, however much comes before the reader looks."""
        with self._lock:
            asleep = not self._dirty
            if asleep:
                self._dirty_since = time.monotonic()
            self._dirty.update(topics)
        if asleep:
            self._wake()

    def take(self) -> dict[str, int]:
        """The newest revision of each changed topic, without waiting; empty when nothing changed."""
        with self._lock:
            dirty, self._dirty = self._dirty, {}
            self.since = self._dirty_since
            self._changed.clear()
        return dirty

    def wait(self, seconds: float) -> dict[str, int]:
        """Like `take`, but wait so long for something to change. For threads."""
        self._changed.wait(seconds)
        return self.take()

    async def changes(self) -> AsyncIterator[dict[str, int]]:
        """Everything that changes until the subscription is closed. For an event loop."""
        event = asyncio.Event()
        with self._lock:
            self._reader = (asyncio.get_running_loop(), event)
        while not self._closed:
            dirty = self.take()
            if dirty:
                yield dirty
            else:
                await event.wait()
                event.clear()

    def close(self) -> None:
        """Stop hearing; a reader that waits goes on at once."""
        self._leave(self)
        self._closed = True
        self._wake()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _wake(self) -> None:
        self._changed.set()
        with self._lock:
            reader = self._reader
        if reader is not None:
            loop, event = reader
            with suppress(RuntimeError):  # the loop has ended, and its reader with it
                loop.call_soon_threadsafe(event.set)
