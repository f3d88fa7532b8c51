"""The pulse of wall and desk, as `workshop/ui/components/pulse.js` has it: one trigger at a time, bursts merged."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from tests.bench.live.widgets import Drawn

_LEAST_PAUSE = 0.35
_LONGEST_WAIT = 8.0


class Pulse:
    """``ask`` triggers the component for the topics that are newer than what is drawn."""

    def __init__(self, ask: Callable[[Drawn, str], None]) -> None:
        self._ask = ask
        self._component: Drawn | None = None
        self._data: dict[str, Any] = {}
        self._newest: dict[str, int] = {}
        self._asked = ""
        self._asked_at = -_LONGEST_WAIT
        self._timer: asyncio.TimerHandle | None = None

    def hear(self, revisions: dict[str, int]) -> None:
        """The stream tells the newest revisions."""
        self._newest.update({name: number for name, number in revisions.items() if number > self._newest.get(name, -1)})
        self._look()

    def update(self, component: Drawn) -> None:
        """The fragment has been drawn again."""
        self._component, self._data = component, json.loads(component.proto.json or component.proto.mixed.json)
        self._look()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        self.stop()
        if self._component is None:
            return
        drawn, loop = self._data["drawn"], asyncio.get_running_loop()
        stale = [name for name, number in self._newest.items() if self._covers(name) and number > drawn.get(name, 0)]
        if not stale:
            return
        state = json.dumps(drawn)
        wait = self._asked_at + (_LONGEST_WAIT if state == self._asked else _LEAST_PAUSE) - loop.time()
        if wait > 0:
            self._timer = loop.call_later(wait, self._look)
            return
        self._asked, self._asked_at = state, loop.time()
        self._ask(self._component, ",".join(sorted(stale)))
        self._timer = loop.call_later(_LONGEST_WAIT, self._look)

    def _covers(self, topic: str) -> bool:
        return topic in self._data["topics"] or topic.partition(":")[0] in self._data["topics"]
