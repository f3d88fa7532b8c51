"""Stopping: a server waits for open requests before it stops, and a stream would stay open for ever."""

from __future__ import annotations

import asyncio
import faulthandler
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE_SECONDS = 15.0

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_stop_signal(farewell: Callable[[], None], *, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Call ``farewell`` on the event loop when the process is asked to stop, then let the server's own handler work.

    A process that has not stopped after ``patience`` seconds, whatever it waits for, says on its standard error where
    every thread stands, and ends. What was acknowledged is in the database by then.

    Signals reach the main thread only; a server in another thread is stopped by whoever started it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def stopping(number: int, frame: FrameType | None) -> None:
        faulthandler.dump_traceback_later(patience, exit=True)
        loop.call_soon_threadsafe(farewell)
        earlier = before[signal.Signals(number)]
        if callable(earlier):
            earlier(number, frame)

    for number in _SIGNALS:
        signal.signal(number, stopping)
    try:
        yield
    finally:
        for number, earlier in before.items():
            if signal.getsignal(number) is stopping:
                signal.signal(number, earlier)
