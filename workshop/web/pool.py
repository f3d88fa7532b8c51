"""Threads for what blocks, beside the event loop."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from workshop.web import metrics

T = TypeVar("T")

BEHIND_THE_ROOM = 10


class Pool:
    """A few threads of a name; who finds all of them busy waits, and is counted. Use it from one event loop.

    Threads ``behind`` the room come after all others.
    """

    def __init__(self, name: str, *, threads: int, behind: bool = False) -> None:
        self._size = threads
        self._asked = 0
        first = step_back if behind else None
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name, initializer=first)
        metrics.queue(name, lambda: self.waiting)

    @property
    def waiting(self) -> int:
        """How many calls wait for a thread."""
        return max(0, self._asked - self._size)

    async def run(self, work: Callable[[], T]) -> T:
        """The result of what blocks."""
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._asked -= 1

    def close(self) -> None:
        """Take nothing more; what runs ends by itself."""
        self._threads.shutdown(wait=False)


def step_back() -> None:
    """Let this thread come after the others, where the system has priorities for threads (Linux)."""
    if hasattr(os, "setpriority") and hasattr(threading, "get_native_id"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND_THE_ROOM)
