"""Telling systemd that this process is ready, and that it lives: one that hangs is ended and started again.

A proxy does not notice a replica that still accepts connections and never answers. The word comes from the event loop,
so it stays away when the loop stands still. Without systemd nothing happens (sd_notify(3)).
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def told(environment: Mapping[str, str] = os.environ) -> AsyncIterator[None]:
    """Say that we are ready, then that we live, in the rhythm that systemd asks for, and in the end that we stop."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.setblocking(False)
        with suppress(OSError):
            systemd.connect("\0" + address[1:] if address.startswith("@") else address)
        _say(systemd, b"READY=1")
        living = asyncio.create_task(_live(systemd, seconds=int(environment.get("WATCHDOG_USEC") or 0) / 1e6))
        try:
            yield
        finally:
            living.cancel()
            _say(systemd, b"STOPPING=1")


async def _live(systemd: socket.socket, *, seconds: float) -> None:
    while seconds:
        _say(systemd, b"WATCHDOG=1")
        await asyncio.sleep(seconds / 3)


def _say(systemd: socket.socket, what: bytes) -> None:
    with suppress(OSError):  # who does not listen is not told
        systemd.send(what)
