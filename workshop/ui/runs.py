"""Runs of scripts: how long a page, or one fragment of it, took once it was its turn. Whoever measures listens here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from workshop.listeners import Listeners

Kind = Literal["page", "fragment"]

P = ParamSpec("P")
T = TypeVar("T")

_listeners: Listeners[[str, Kind, float]] = Listeners()
_thread = threading.local()


class Run:
    """One run of a page; which page it is, the router knows only after it has looked."""

    page = "other"


def on_run(listener: Callable[[str, Kind, float], None]) -> Callable[[], None]:
    """Call the listener with page, kind and seconds of every run that ends. Returns how to stop that."""
    return _listeners.add(listener)


@contextmanager
def of_a_page() -> Iterator[Run]:
    """Around everything that the router does."""
    run, began = Run(), time.perf_counter()
    _thread.in_a_page = True
    try:
        yield run
    finally:
        _thread.in_a_page = False
        _listeners.tell(run.page, "page", time.perf_counter() - began)


def of_a_fragment(page: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Below ``@turns.fragment``: a run of the fragment alone is told; within a run of the page it belongs to that."""

    def measured(fragment: Callable[P, T]) -> Callable[P, T]:
        @wraps(fragment)
        def running(*args: P.args, **kwargs: P.kwargs) -> T:
            if getattr(_thread, "in_a_page", False):
                return fragment(*args, **kwargs)
            began = time.perf_counter()
            try:
                return fragment(*args, **kwargs)
            finally:
                _listeners.tell(page, "fragment", time.perf_counter() - began)

        return running

    return measured
