"""A server that is asked to stop stops, whatever still holds it."""

from __future__ import annotations

import subprocess
import sys

_STOPS = """
import asyncio, signal
from workshop.web.stopping import on_stop_signal

async def stops():
    signal.signal(signal.SIGINT, lambda *_: print("the server's own handler", flush=True))
    with on_stop_signal(lambda: print("farewell", flush=True), patience={patience}):
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(0.1)
        {then}()

def something_that_never_ends():
    while True:
        signal.pause()

def nothing():
    pass

asyncio.run(stops())
"""


def test_a_server_that_something_holds_says_where_it_stands_and_ends() -> None:
    done = _stopped(then="something_that_never_ends", patience=2)
    assert sorted(done.stdout.splitlines()) == ["farewell", "the server's own handler"]
    assert done.returncode == 1
    assert "something_that_never_ends" in done.stderr


def test_a_server_that_stops_in_time_is_let_go() -> None:
    done = _stopped(then="nothing", patience=30)
    assert (done.returncode, done.stderr) == (0, "")


def _stopped(*, then: str, patience: float) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _STOPS.format(then=then, patience=patience)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
