"""The pace of a rehearsal: how the actions of a step are spread over the time that it gets."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence


class Pace:
    """So many minutes for the whole rehearsal, or none: then everything happens at once."""

    def __init__(
        self,
        minutes: float,
        *,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = minutes * 60
        self._wait, self._now = wait, now
        self._ends: list[float] = []

    def start(self, weights: Sequence[float]) -> None:
        """Begin, with the weight of each step: it gets that share of the time."""
        begins, total, so_far = self._now(), sum(weights), 0.0
        self._ends = [begins]
        for weight in weights:
            so_far += weight
            self._ends.append(begins + self._seconds * so_far / total)

    def act(self, actions: Sequence[Callable[[], object]]) -> None:
        """Do what happens in the next step, spread evenly over its time, and wait for its end."""
        begins, ends = self._ends.pop(0), self._ends[0]
        for place, action in enumerate(actions, start=1):
            self._wait_until(begins + (ends - begins) * place / (len(actions) + 1))
            action()
        self._wait_until(ends)

    def _wait_until(self, moment: float) -> None:
        left = moment - self._now()
        if self._seconds and left > 0:
            self._wait(left)
