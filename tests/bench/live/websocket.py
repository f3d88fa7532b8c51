"""A browser's websocket: binary frames both ways, pings answered."""

import asyncio
import base64
import os
import struct

from tests.bench.live.browser import PATIENCE, Browser, Wire

_CLOSE, _PING, _PONG, _BINARY = 8, 9, 10, 2


class WebSocket:
    """An open socket; ``receive`` gives None when it is closed."""

    def __init__(self, wire: Wire) -> None:
        self._reader, self._writer = wire
        self.received = 0

    @classmethod
    async def open(cls, browser: Browser, path: str, protocols: list[str]) -> "WebSocket":
        async with asyncio.timeout(PATIENCE):
            wire = await browser.connect()
            key = base64.b64encode(os.urandom(16)).decode()
            more = (
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                f"Sec-WebSocket-Key: {key}\r\n"
                f"Sec-WebSocket-Protocol: {', '.join(protocols)}\r\nOrigin: {browser.address}\r\n"
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
            )
            wire[1].write(browser.head("GET", path, more))
            status, headers = await browser.read_head(wire[0])
        if status != 101:
            raise ConnectionError(f"the websocket was refused with {status}")
        if "sec-websocket-extensions" in headers:
            raise ConnectionError("the server compresses its websockets, which the bench cannot read")
        return cls(wire)

    def send(self, payload: bytes) -> None:
        self._frame(_BINARY, payload)

    async def receive(self) -> bytes | None:
        try:
            while True:
                first, size = await self._reader.readexactly(2)
                if size > 125:
                    size = struct.unpack(
                        "!H" if size == 126 else "!Q", await self._reader.readexactly(2 if size == 126 else 8)
                    )[0]
                payload = await self._reader.readexactly(size)
                kind = first & 15
                if kind == _PING:
                    self._frame(_PONG, payload)
                elif kind == _CLOSE:
                    return None
                elif kind != _PONG:
                    self.received += size + 2
                    return payload
        except (asyncio.IncompleteReadError, OSError):
            return None

    def drop(self) -> None:
        """Gone without a word, as a phone that leaves the Wi-Fi."""
        self._writer.transport.abort()

    def _frame(self, kind: int, payload: bytes) -> None:
        size = bytes([128 | len(payload)]) if len(payload) < 126 else struct.pack("!BH", 254, len(payload))
        # A mask is required; this one leaves the text as it is, which costs nothing.
        self._writer.write(bytes([128 | kind]) + size + bytes(4) + payload)
