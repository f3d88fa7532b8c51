"""How wall and desk follow the room: `workshop/ui/components/pulse.js`, one trigger at a time, bursts merged."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from tests.bench.live.stream import Stream
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn

_EAGER, _CALM = (0.25, 2), (0.5, 4)
_LONGEST_PAUSE = 1.5
_LONGEST_WAIT = 8.0


class Pulse:
    """Listens to the stream, and triggers its component when a topic is newer than what is drawn."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._tab: Tab | None = None
        self._stream: Stream | None = None
        self._component: Drawn | None = None
        self._data: dict[str, Any] = {}
        self._newest: dict[str, int] = {}
        self._asked = ""
        self._asked_at = -_LONGEST_WAIT
        self._took = 0.0
        self._waits = False
        self._timer: asyncio.TimerHandle | None = None

    def attach(self, tab: Tab) -> None:
        """The page is about to open."""
        self._tab = tab
        self._stream = Stream(tab.browser, {"code": self._code, "as": "staff"}, self._hear, draw="room")

    def start(self) -> None:
        """The page is drawn: connect."""
        self._stream.open()

    def drawn(self, element: Drawn) -> None:
        """The fragment has been drawn again, the pulse with it."""
        if element.kind == "bidi_component" and element.id.endswith("_pulse"):
            self._component, self._data = element, json.loads(element.proto.json or element.proto.mixed.json)
            if self._waits and json.dumps(self._data["drawn"]) != self._asked:
                self._took, self._waits = asyncio.get_running_loop().time() - self._asked_at, False
            self._look()

    def stop(self) -> None:
        """Close everything."""
        self._wait_no_longer()
        if self._stream is not None:
            self._stream.close()

    def _hear(self, name: str, data: Any) -> None:
        if name == "changed":
            newer = {topic: number for topic, number in data.items() if number > self._newest.get(topic, -1)}
            self._newest.update(newer)
            if newer:
                self._look()

    def _look(self) -> None:
        self._wait_no_longer()
        if self._component is None or self._tab is None:
            return
        drawn, loop = self._data["drawn"], asyncio.get_running_loop()
        stale = [
            topic for topic, number in self._newest.items() if self._covers(topic) and number > drawn.get(topic, 0)
        ]
        if not stale:
            return
        state = json.dumps(drawn)
        unanswered = state == self._asked
        least, breath = _EAGER if self._data["eager"] else _CALM
        pause = _LONGEST_WAIT if unanswered else min(max(least, breath * self._took), _LONGEST_PAUSE)
        wait = self._asked_at + pause - loop.time()
        if wait > 0:
            self._timer = loop.call_later(wait, self._look)
            return
        self._asked, self._asked_at, self._waits = state, loop.time(), True
        said = [{"event": "changed", "value": ",".join(sorted(stale))}]
        with suppress(ConnectionError):
            if unanswered:
                self._tab.run([])
            else:
                self._tab.trigger(self._component, json.dumps(said))
        self._timer = loop.call_later(_LONGEST_WAIT, self._look)

    def _covers(self, topic: str) -> bool:
        return topic in self._data["topics"] or topic.partition(":")[0] in self._data["topics"]

    def _wait_no_longer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
