"""Threads for what blocks, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from workshop.web import metrics

T = TypeVar("T")


class Pool:
    """A few threads of a name; who finds all of them busy waits, and is counted. Use it from one event loop."""

    def __init__(self, name: str, *, threads: int) -> None:
        self._size = threads
        self._asked = 0
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
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
