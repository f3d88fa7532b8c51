"""What systemd hears from a process, on a real socket of its kind."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workshop.web import systemd


@contextmanager
def listening_at(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address)
        listening.settimeout(5)
        yield listening


@pytest.mark.parametrize("kind", ["file", "abstract"])
def test_it_is_told_that_we_are_ready_and_then_that_we_stop(tmp_path: Path, kind: str) -> None:
    path = str(tmp_path / "notify")

    async def live() -> bytes:
        async with systemd.told({"NOTIFY_SOCKET": path if kind == "file" else f"@{path}"}):
            return await asyncio.to_thread(listening.recv, 100)

    with listening_at(path if kind == "file" else f"\0{path}") as listening:
        assert asyncio.run(live()) == b"READY=1"
        assert listening.recv(100) == b"STOPPING=1"


def test_the_word_stays_away_while_the_event_loop_stands_still(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")

    def heard() -> list[bytes]:
        listening.setblocking(False)
        words = []
        while True:
            try:
                words.append(listening.recv(100))
            except BlockingIOError:
                return words

    async def live() -> tuple[list[bytes], list[bytes]]:
        async with systemd.told({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "60000"}):
            await asyncio.sleep(0.3)
            turning = heard()
            time.sleep(0.3)  # noqa: ASYNC251  the loop hangs: that is the point
            return turning, heard()

    with listening_at(path) as listening:
        turning, standing = asyncio.run(live())
    assert turning[0] == b"READY=1"
    assert turning.count(b"WATCHDOG=1") >= 2
    assert standing == []


def test_without_systemd_nothing_happens() -> None:
    async def live() -> bool:
        async with systemd.told({}):
            return True

    assert asyncio.run(live())


def test_a_systemd_that_does_not_listen_stops_nobody(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")

    async def live() -> None:
        async with systemd.told({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "30000"}):
            listening.close()
            await asyncio.sleep(0.1)

    with listening_at(path) as listening:
        asyncio.run(live())
    Path(path).unlink()
    asyncio.run(live())
