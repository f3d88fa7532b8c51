"""One read per revision: whoever comes first reads, whoever comes meanwhile waits for the same answer.

A step change makes a thousand phones and a wall ask for the same five things in the same tenth of a second.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Once(Generic[K, V]):
    """Keeps the newest answers (``most`` of them). A failed read is told to all who waited, and is not kept.

    The key must name the revision, so that an answer never gets old: a new revision is another key.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[K, Future[V]] = OrderedDict()

    def get(self, key: K, read: Callable[[], V]) -> V:
        """The answer for this key, read by one thread only."""
        with self._lock:
            future = self._answers.get(key)
            first = future is None
            if future is None:
                future = self._answers[key] = Future()
                self._forget_the_oldest()
            else:
                self._answers.move_to_end(key)
        if first:
            self._read_into(future, key, read)
        return future.result()

    def forget(self, key: K) -> None:
        """Let the next one read again."""
        with self._lock:
            self._answers.pop(key, None)

    def _read_into(self, future: Future[V], key: K, read: Callable[[], V]) -> None:
        try:
            future.set_result(read())
        except BaseException as error:
            self.forget(key)
            future.set_exception(error)
            raise

    def _forget_the_oldest(self) -> None:
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)
