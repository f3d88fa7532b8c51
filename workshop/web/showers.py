"""Showers of small changes: joining, counting, getting ready and voting change something many times a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from workshop.services import topics

CALM_SECONDS = {
    topics.PEOPLE: 0.5,
    topics.COUNTERS: 0.2,  # only walls and desks hear it, and somebody waits to see an idea counted
    topics.READY: 0.5,
    topics.BUILDS: 0.5,
    topics.FLAGS: 0.5,
    topics.INTRODUCTIONS: 0.5,
    topics.TURNOUT: 0.5,
    topics.RATINGS: 0.5,
    topics.CONSORTIUM: 1.0,  # a whole room joins the cards in a minute, and they are the largest topic
    topics.PITCH: 0.5,
    topics.WISHES: 0.5,
}
# What every phone draws: at .13 ms for each, telling the room takes a fifteenth of a core at most, however large it is.
WHOLE_ROOM = frozenset({topics.PEOPLE, topics.CONSORTIUM})
SECONDS_PER_LISTENER = 0.002


class Showers:
    """Lets the first drop pass at once and collects what follows, so that screens hear it a few times a second."""

    def __init__(self, spread: Callable[[Mapping[str, int]], None], *, listeners: Callable[[], int]) -> None:
        self._spread = spread
        self._listeners = listeners
        self._held: dict[str, int | None] = {}

    def pass_on(self, changed: Mapping[str, int]) -> None:
        """Spread what may pass now; the rest comes when its shower is over."""
        passing = {topic: revision for topic, revision in changed.items() if not self._hold(topic, revision)}
        if passing:
            self._spread(passing)

    def _hold(self, topic: str, revision: int) -> bool:
        if topic not in CALM_SECONDS:
            return False
        if topic in self._held:
            self._held[topic] = revision
            return True
        self._held[topic] = None
        asyncio.get_running_loop().call_later(self._calm(topic), self._end, topic)
        return False

    def _calm(self, topic: str) -> float:
        crowd = self._listeners() if topic in WHOLE_ROOM else 0
        return max(CALM_SECONDS[topic], crowd * SECONDS_PER_LISTENER)

    def _end(self, topic: str) -> None:
        revision = self._held.pop(topic)
        if revision is not None:
            self.pass_on({topic: revision})
