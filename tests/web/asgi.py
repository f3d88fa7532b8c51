"""A browser as an ASGI application sees it: one request, or one websocket, without a server in between."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "localhost:8501"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str


def ask(
    app: ASGIApp,
    path: str = "/",
    *,
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (("host", HOST),),
    body: Iterable[bytes] = (),
    scheme: str = "http",
    server: tuple[str, int | None] | None = ("127.0.0.1", 8501),
    client: str | None = "127.0.0.1",
) -> Answer:
    """Send one request and collect the whole answer."""
    pieces: list[Message] = [{"type": "http.request", "body": piece, "more_body": True} for piece in body]
    pieces.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Message] = []

    async def receive() -> Message:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "scheme": scheme, "server": server, "query_string": b""}
    scope |= {"headers": [(name.encode(), value.encode("latin-1")) for name, value in headers], "root_path": ""}
    scope |= {"client": client and (client, 50000)}
    asyncio.run(app(scope, receive, send))
    raw = [(name.decode().lower(), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], dict(raw), [value for name, value in raw if name == "set-cookie"], text)


@dataclass
class Talk:
    """What one websocket brought: frames Streamlit saw, how it ended for Streamlit and for the browser."""

    seen: list[bytes | None] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    closed_with: list[int] = field(default_factory=list)


def talk(
    wrap: Callable[[ASGIApp], ASGIApp],
    *frames: bytes | str,
    path: str = "/_stcore/stream",
    headers: Iterable[tuple[str, str]] = (("host", HOST),),
) -> Talk:
    """Open a websocket through the guard, send the frames, leave."""
    result = Talk()

    kinds = ("bytes" if isinstance(frame, bytes) else "text" for frame in frames)
    middle = [{"type": "websocket.receive", kind: frame} for kind, frame in zip(kinds, frames, strict=True)]
    incoming: list[Message] = [{"type": "websocket.connect"}, *middle, {"type": "websocket.disconnect", "code": 1001}]

    async def receive() -> Message:
        return incoming.pop(0)

    async def send(message: Message) -> None:
        assert not result.closed_with, "nothing may be sent after the close"
        if message["type"] == "websocket.close":
            result.closed_with.append(message["code"])

    scope = {"type": "websocket", "path": path, "scheme": "ws", "server": ("127.0.0.1", 8501), "query_string": b""}
    scope |= {"headers": [(name.encode(), value.encode("latin-1")) for name, value in headers], "root_path": ""}
    asyncio.run(wrap(_streamlit(result))(scope, receive, send))
    return result


def _streamlit(result: Talk) -> ASGIApp:
    """Stands where Streamlit stands: takes every frame, and says one more thing when all is over."""

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            result.inside.append(message["type"])
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
            elif message["type"] == "websocket.receive":
                result.seen.append(message.get("bytes"))
            else:
                await send({"type": "websocket.send", "bytes": b"late"})
                return

    return streamlit
