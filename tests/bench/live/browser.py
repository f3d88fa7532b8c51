"""The network side of one browser: cookies, kept connections, plain HTTP. As cheap as it can be, because a thousand of
them share two cores with the server that they measure."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zlib import MAX_WBITS, decompress

Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]

PATIENCE = 30.0
"""Seconds after which a person gives up; every wait of the bench ends then."""

_GZIP = MAX_WBITS | 16
_LONGEST_LINE = 4 * 2**20


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return parsed(decompress(self.body, _GZIP) if self.headers.get("content-encoding") == "gzip" else self.body)


@lru_cache(maxsize=64)
def parsed(data: bytes) -> Any:
    """JSON, read once for all who were sent the same: nobody may change it."""
    return json.loads(data)


@dataclass(eq=False)
class Browser:
    """One browser. ``received`` counts the bytes of the answers, the rest what broke without anybody's wish."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    received: int = 0
    streams_lost: int = 0
    sockets_lost: int = 0
    _kept: list[Wire] = field(default_factory=list)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    async def get(self, path: str) -> Answer:
        return await self.ask("GET", path)

    async def post(self, path: str, body: dict[str, Any]) -> Answer:
        return await self.ask("POST", path, json.dumps(body).encode(), "application/json")

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        """One request on a connection that is free, else on a new one."""
        more = f"Origin: {self.address}\r\nContent-Length: {len(body)}\r\n" if method != "GET" else ""
        more += f"Content-Type: {kind}\r\n" if kind else ""
        request = self.head(method, path, f"Accept-Encoding: gzip\r\n{more}") + body
        async with asyncio.timeout(PATIENCE):
            while (wire := self._free()) is not None:
                with suppress(OSError, asyncio.IncompleteReadError):  # the server was about to close it
                    return await self._exchange(wire, request)
            return await self._exchange(await self.connect(), request)

    async def connect(self) -> Wire:
        place = urlsplit(self.address)
        return await asyncio.open_connection(place.hostname, place.port or 80, limit=_LONGEST_LINE)

    def head(self, method: str, path: str, more: str = "") -> bytes:
        """The head of a request, with this browser's cookies."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kept = f"Cookie: {cookies}\r\n" if cookies else ""
        return f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\n{kept}{more}\r\n".encode()

    async def read_head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        """Status and headers of an answer; its cookies are kept."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:-2]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie":
                name, _, value = value.strip().partition(";")[0].partition("=")
                self.cookies[name] = value
        return int(lines[0].split(" ", 2)[1]), headers

    def leave(self) -> None:
        """Close what is kept open."""
        for _, writer in self._kept:
            with suppress(OSError):
                writer.transport.abort()
        self._kept.clear()

    def _free(self) -> Wire | None:
        while self._kept:
            wire = self._kept.pop()
            if not wire[0].at_eof() and not wire[1].is_closing():
                return wire
        return None

    async def _exchange(self, wire: Wire, request: bytes) -> Answer:
        reader, writer = wire
        try:
            writer.write(request)
            status, headers = await self.read_head(reader)
            if headers.get("transfer-encoding") == "chunked":
                body = b"".join([piece async for piece in chunks(reader)])
            else:
                body = await reader.readexactly(int(headers.get("content-length", 0)))
        except BaseException:
            writer.transport.abort()
            raise
        self._kept.append(wire)
        self.received += len(body)
        return Answer(status, headers, body)


async def chunks(reader: asyncio.StreamReader) -> Any:
    """The pieces of a chunked body, as they come."""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
