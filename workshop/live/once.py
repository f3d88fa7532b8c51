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


Revision = tuple[int, ...]


class Once(Generic[K, V]):
    """Keeps the answers that were asked for last (``most`` of them). A failed read is told to all who wait, not kept.

    Of each key only the newest revision is kept; where none is given, the key must name all that the answer depends on.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[K, tuple[Revision, Future[V]]] = OrderedDict()

    def get(self, key: K, read: Callable[[], V], *, revision: Revision = ()) -> V:
        """The answer for this key at this revision, read by one thread only."""
        with self._lock:
            known, future = self._answers.get(key, (None, None))
            first = future is None or known != revision
            if first:
                future = Future()
                if known is None or revision > known:
                    self._answers[key] = revision, future
            if key in self._answers:
                self._answers.move_to_end(key)
            self._forget_the_oldest()
        assert future is not None  # noqa: S101  for the types
        if first:
            self._read_into(future, key, read)
        return future.result()

    def _read_into(self, future: Future[V], key: K, read: Callable[[], V]) -> None:
        try:
            future.set_result(read())
        except BaseException as error:
            self._forget(key, future)
            future.set_exception(error)
            raise

    def _forget(self, key: K, future: Future[V]) -> None:
        with self._lock:
            if key in self._answers and self._answers[key][1] is future:
                del self._answers[key]

    def _forget_the_oldest(self) -> None:
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)
