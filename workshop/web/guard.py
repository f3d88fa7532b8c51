"""The guard: the first code that sees a request, before our routes and before Streamlit.

It answers in microseconds what would otherwise be accepted, or block everybody: foreign pages, foreign names, calls
that reset other people's sessions, floods and oversized input. What it lets through it leaves as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.web import metrics
from workshop.web.bodies import LARGEST_BODY, MeteredBody
from workshop.web.frames import Pace
from workshop.web.hosts import AllowedHosts, is_https, is_loopback, is_same_origin, own_hosts
from workshop.web.policy import HeaderPolicy, streamlit_index
from workshop.web.sockets import WatchedSocket

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"})  # PUT keeps a draft
_UPLOAD_METHODS = frozenset({"PUT", "DELETE", "OPTIONS"})
_CORE = "/_stcore/"
_STREAM = "stream"
_UPLOADS = "upload_file/"
# What a browser needs of Streamlit's own routes. Closed by their absence: the agent routes, which run the app without
# a browser, metrics (walks all caches on each call) and the script health check (runs the script on each call).
_CORE_OPEN = frozenset({"health", "host-config"})
_CORE_OPEN_BELOW = ("bidi-components/",)
_SIGN_IN = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})  # Streamlit's; our roles are our own


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status and one sentence for whoever reads it: mostly the person who sets the server up."""

    status: int
    sentence: str


_NOT_HERE = Refusal(404, "There is nothing here.")
_TOO_LARGE = Refusal(413, f"This is more than {LARGEST_BODY // 1024} kB: send less at once.")


class Guard:
    """ASGI middleware for ``st.App(middleware=[Middleware(Guard, allowed_hosts=...), ...])``; it must come first.

    ``allowed_hosts`` are names besides this machine's own (see ``hosts.own_hosts``). ``may_upload`` decides from the
    cookies who may upload a file; without it nobody may.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: tuple[str, ...] = (),
        may_upload: Callable[[Mapping[str, str]], bool] | None = None,
        trust_forwarded: bool = False,
        pace: Pace | None = None,
    ) -> None:
        self._app = app
        self._hosts = AllowedHosts.of((*own_hosts(), *allowed_hosts))
        self._may_upload = may_upload or (lambda _cookies: False)
        self._trust_forwarded = trust_forwarded
        self._pace = pace or Pace()
        self._headers = HeaderPolicy(streamlit_index())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        send = self._completing(scope, send)
        refusal = self._foreign(scope) or self._closed(scope)
        if refusal is not None:
            metrics.refused(refusal.status)
            await _answer(refusal, scope, receive, send)
        elif _core_path(scope).startswith(_UPLOADS):
            await self._app(scope, receive, send)  # Streamlit limits these itself (server.maxUploadSize)
        else:
            await self._metered(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._foreign(scope) is not None or _core_path(scope) != _STREAM:
            metrics.refused(403)
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": ""})
            return
        socket = WatchedSocket(receive, send, pace=self._pace, uploads=self._uploads_open(scope))
        with metrics.SOCKETS.track_inprogress():
            await self._app(scope, socket.receive, socket.send)

    def _foreign(self, scope: Scope) -> Refusal | None:
        hosts, origins = _header(scope, b"host"), _header(scope, b"origin")
        if len(hosts) != 1 or not self._hosts.admit(hosts[0], scope):
            return Refusal(421, "Roundtable does not answer to this address: add it to the allowed hosts, or use the "
                                "address that was printed at the start.")  # fmt: skip
        if origins and (len(origins) != 1 or not is_same_origin(origins[0], hosts[0])):
            return Refusal(403, "This request came from another site's page: open Roundtable in its own tab.")
        return None

    def _closed(self, scope: Scope) -> Refusal | None:
        below_core = _core_path(scope)
        if below_core.startswith(_UPLOADS):
            open_now = scope["method"] in _UPLOAD_METHODS and self._uploads_open(scope)
            return None if open_now else _NOT_HERE
        if scope["method"] not in _METHODS:
            return Refusal(405, "This method is not used here.")
        if scope["path"] in _SIGN_IN or (below_core and not _is_open(below_core)):
            return _NOT_HERE
        announced = _header(scope, b"content-length")
        return _TOO_LARGE if any(not n.isdecimal() or int(n) > LARGEST_BODY for n in announced) else None

    async def _metered(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = MeteredBody(receive)
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, body.receive, noting)
        except Exception:
            if started or not body.exceeded:
                raise
            metrics.refused(_TOO_LARGE.status)
            await _answer(_TOO_LARGE, scope, receive, send)

    def _uploads_open(self, scope: Scope) -> bool:
        return self._may_upload(HTTPConnection(scope).cookies)

    def _completing(self, scope: Scope, send: Send) -> Send:
        hosts = _header(scope, b"host")
        trustworthy = is_https(scope, trust_forwarded=self._trust_forwarded) or (
            len(hosts) == 1 and is_loopback(hosts[0])
        )

        async def completing(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = self._headers.complete(message.get("headers", ()), trustworthy=trustworthy)
                message = {**message, "headers": headers}
            await send(message)

        return completing


async def _answer(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse(f"{refusal.sentence}\n", status_code=refusal.status)(scope, receive, send)


def _core_path(scope: Scope) -> str:
    """What follows Streamlit's own prefix, wherever in the path it stands; empty for every other path."""
    path: str = scope["path"]
    return path.partition(_CORE)[2]


def _is_open(below_core: str) -> bool:
    return below_core in _CORE_OPEN or below_core.startswith(_CORE_OPEN_BELOW)


def _header(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
