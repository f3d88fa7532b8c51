"""One after the other: who may run now, where everybody shares one processor.

Runs that overlap make each other slow: with ten at once the first ends as late as the last. One at a time, the most
urgent first, everybody but the last is done sooner and nobody later.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE = 0.5


@dataclass(order=True, slots=True)
class _Ticket:
    rank: int
    number: int
    admitted: threading.Event = field(default_factory=threading.Event, compare=False)
    since: float = field(default=0.0, compare=False)


class Admission:
    """Admits one thread at a time: the lowest rank first, then whoever came first.

    Whoever stays for more than ``patience`` seconds keeps running but holds nobody up any longer: a computation of
    seconds must not stop the room.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: list[_Ticket] = []
        self._inside: _Ticket | None = None
        self._mine = threading.local()

    def __len__(self) -> int:
        """How many are waiting."""
        return len(self._waiting)

    @contextmanager
    def turn(self, rank: int = 0) -> Iterator[None]:
        """Wait until it is this thread's turn. A turn within a turn is the same turn."""
        if getattr(self._mine, "held", False):
            yield
            return
        ticket = self._queue_up(rank)
        self._mine.held = True
        try:
            yield
        finally:
            self._mine.held = False
            self._leave(ticket)

    def _queue_up(self, rank: int) -> _Ticket:
        ticket = _Ticket(rank, next(self._numbers))
        with self._lock:
            heapq.heappush(self._waiting, ticket)
            self._admit_the_next()
        while not ticket.admitted.wait(self._patience):
            with self._lock:
                self._admit_the_next()
        return ticket

    def _leave(self, ticket: _Ticket) -> None:
        with self._lock:
            if self._inside is ticket:
                self._inside = None
                self._admit_the_next()

    def _admit_the_next(self) -> None:
        now = time.monotonic()
        free = self._inside is None or now - self._inside.since > self._patience
        if free and self._waiting:
            self._inside = heapq.heappop(self._waiting)
            self._inside.since = now
            self._inside.admitted.set()
