"""One open stream: what it has, and what it has to be sent next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from workshop.services.access import Badge

Ending = Literal["again", "replaced", "gone"]
"""Come back at once; stay away (another tab of this browser took the place); there is nobody or nothing left."""


class Due(NamedTuple):
    """What a stream has to send next: topics with their content, revisions only, and since when the oldest waits."""

    topics: list[str]
    told: dict[str, int]
    since: float | None


@dataclass(eq=False, slots=True)
class Listener:
    """Keeps topics, not messages, so that it never grows. ``draws`` limits what is sent with its content.

    ``asked_at`` (on the monotonic clock) is before the badge was read. ``sent`` holds the revision of each topic that
    the screen has, ``dirty`` what it must be sent, ``told`` the new revisions of topics that it only has to know about.
    ``since`` is the moment (``time.monotonic``) of the oldest change among them; what is sent to catch up has none.
    """

    badge: Badge
    device_hash: str
    asked_at: float = field(default_factory=time.monotonic)
    draws: frozenset[str] | None = None
    sent: dict[str, int] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    told: dict[str, int] = field(default_factory=dict)
    since: float | None = None
    ending: Ending | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def draws_topic(self, topic: str) -> bool:
        """Whether this screen wants the topic with its content."""
        return self.draws is None or topic.partition(":")[0] in self.draws

    def mark(self, topics: Iterable[str], *, since: float | None = None) -> None:
        """These topics must be sent; they changed at this moment."""
        self.dirty.update(topics)
        self._waken(since)

    def tell(self, revisions: Mapping[str, int], *, since: float | None = None) -> None:
        """The screen must know that these topics changed at this moment."""
        self.told.update(revisions)
        self._waken(since)

    def end(self, why: Ending) -> None:
        """Let the stream say goodbye."""
        self.ending = self.ending or why
        self._wake.set()

    async def something(self, seconds: float) -> bool:
        """Wait until there is something to send; False when nothing came for so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return False
        self._wake.clear()
        return True

    def take(self) -> Due:
        """What must be sent now, the step first, and what has to be told."""
        due = Due(sorted(self.dirty, key=lambda topic: (topic != "room", topic)), self.told, self.since)
        self.dirty, self.told, self.since = set(), {}, None
        return due

    def _waken(self, since: float | None) -> None:
        if since is not None and (self.since is None or since < self.since):
            self.since = since
        self._wake.set()
