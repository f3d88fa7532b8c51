"""Our own calls are answered before Streamlit's middleware: sessions and cookies are for its pages.

A room of phones asks a thousand times within a second, and what every request passes is paid a thousand times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

_SMALL = 1_000  # bytes that are not worth packing


class Direct:
    """ASGI middleware that answers ``routes`` itself, each found by its whole path; everything else passes."""

    def __init__(self, app: ASGIApp, *, routes: Iterable[Route]) -> None:
        at: defaultdict[str, list[Route]] = defaultdict(list)
        for route in routes:
            at[route.path].append(route)
        self._app = app
        self._routers = {path: Router(methods) for path, methods in at.items()}
        self._answer = ExceptionMiddleware(GZipMiddleware(self._route, minimum_size=_SMALL, compresslevel=5))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"] in self._routers
        await (self._answer if ours else self._app)(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._routers[scope["path"]](scope, receive, send)
