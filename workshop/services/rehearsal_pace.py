"""The pace of a rehearsal: how the actions of a step are spread over the time that it gets, and when it stops."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

_GLANCE_SECONDS = 0.5
"""How long a rehearsal waits before it looks whether it still goes on."""


class Stopped(Exception):
    """Somebody has stopped the rehearsal."""


class Pace:
    """So many minutes for the whole rehearsal, or none: then everything happens at once."""

    def __init__(
        self,
        minutes: float,
        *,
        wait: Callable[[float], object] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._seconds = minutes * 60
        self._wait, self._now, self._goes_on = wait, now, goes_on
        self._ends: list[float] = []

    def start(self, weights: Sequence[float]) -> None:
        """Begin, with the weight of each step: it gets that share of the time."""
        begins, total, so_far = self._now(), sum(weights), 0.0
        self._ends = [begins]
        for weight in weights:
            so_far += weight
            self._ends.append(begins + self._seconds * so_far / total)

    def act(self, actions: Sequence[Callable[[], object]]) -> None:
        """Do what happens in the next step, spread evenly over its time, and wait for its end. Raises Stopped."""
        begins, ends = self._ends.pop(0), self._ends[0]
        for place, action in enumerate(actions, start=1):
            self._wait_until(begins + (ends - begins) * place / (len(actions) + 1))
            self._must_go_on()
            action()
        self._wait_until(ends)

    def _wait_until(self, moment: float) -> None:
        while self._seconds and (left := moment - self._now()) > 0:
            self._must_go_on()
            self._wait(min(left, _GLANCE_SECONDS))

    def _must_go_on(self) -> None:
        if not self._goes_on():
            raise Stopped
