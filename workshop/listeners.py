"""Listeners: a layer says that something happened, and knows nothing of who hears it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, ParamSpec

log = logging.getLogger(__name__)

P = ParamSpec("P")


class Listeners(Generic[P]):
    """Functions that are called one after the other, in the thread that tells. One that fails disturbs nobody."""

    def __init__(self) -> None:
        self._listeners: tuple[Callable[P, None], ...] = ()

    def add(self, listener: Callable[P, None]) -> Callable[[], None]:
        """Call the listener from now on. Returns how to stop that."""
        self._listeners = (*self._listeners, listener)

        def stop() -> None:
            self._listeners = tuple(kept for kept in self._listeners if kept is not listener)

        return stop

    def tell(self, *what: P.args, **more: P.kwargs) -> None:
        """Call them all."""
        for listener in self._listeners:
            try:
                listener(*what, **more)
            except Exception:
                log.exception("a listener failed; what it was told of is done all the same")
