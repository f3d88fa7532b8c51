"""Calls and streams are answered here, before the sessions, cookies and routers of pages.

A room of phones asks a thousand times within a second and keeps a thousand streams open: what each of them passes is
paid, and kept in memory, a thousand times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from workshop.web import events

Endpoint = Callable[[Request], Awaitable[Response]]

_SMALL = 1_000  # bytes that are not worth packing


class Direct:
    """ASGI middleware that answers ``routes`` itself, each found by its whole path; everything else passes.

    Their endpoints answer errors themselves (see ``answers.guarded``).
    """

    def __init__(self, app: ASGIApp, *, routes: Iterable[Route]) -> None:
        self._app = app
        self._endpoints: defaultdict[str, dict[str, Endpoint]] = defaultdict(dict)
        for route in routes:
            for method in route.methods or ():
                self._endpoints[route.path][method] = route.endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in self._endpoints:
            await self._app(scope, receive, send)
            return
        response = await self._response(Request(scope, receive))
        streams = response.media_type == events.MEDIA_TYPE
        answer = response if streams else GZipMiddleware(response, minimum_size=_SMALL, compresslevel=5)
        await answer(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        methods = self._endpoints[request.scope["path"]]
        endpoint = methods.get(request.method)
        if endpoint is None:
            return PlainTextResponse("This method is not used here.\n", 405, headers={"allow": ", ".join(methods)})
        return await endpoint(request)
