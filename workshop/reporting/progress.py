"""What a build is at, told by whoever builds, in true stages: "Writing tables, 3 of 15", "Typesetting".

Exporters tell it to nobody in particular: whoever waits for the file listens in the thread that builds, and where
nobody listens nothing happens. So a format stays a function from a report to bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in words; ``done`` of ``of`` things where they can be counted, else both are 0."""

    words: str
    done: int = 0
    of: int = 0


Listener = Callable[[Stage], object]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell this listener what is told in the block."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def tell(words: str, done: int = 0, of: int = 0) -> None:
    """Say what is being done now."""
    listener = _listener.get()
    if listener is not None:
        listener(Stage(words, done, of))
