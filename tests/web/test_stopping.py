"""A server that is asked to stop stops, whatever still holds it."""

from __future__ import annotations

import subprocess
import sys

_HELD = """
import asyncio, signal
from workshop.web.stopping import on_stop_signal

async def held():
    signal.signal(signal.SIGINT, lambda *_: print("the server's own handler", flush=True))
    with on_stop_signal(lambda: print("farewell", flush=True), patience=0.5):
        signal.raise_signal(signal.SIGINT)
        await asyncio.sleep(0.1)
        a_thread_that_never_ends()

def a_thread_that_never_ends():
    while True:
        signal.pause()

asyncio.run(held())
"""


def test_a_server_that_something_holds_says_where_it_stands_and_ends() -> None:
    done = subprocess.run([sys.executable, "-c", _HELD], capture_output=True, text=True, timeout=60, check=False)
    assert sorted(done.stdout.splitlines()) == ["farewell", "the server's own handler"]
    assert done.returncode == 1
    assert "a_thread_that_never_ends" in done.stderr


def test_a_server_that_stops_in_time_is_let_go() -> None:
    free = _HELD.replace("        a_thread_that_never_ends()\n", "")
    done = subprocess.run([sys.executable, "-c", free], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
