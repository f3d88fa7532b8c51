"""Answers of the live routes: JSON, and one sentence when something is refused."""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from workshop.errors import WorkshopError

log = logging.getLogger(__name__)

_OUR_FAULT = "Something went wrong on our side. Your text is kept; please try again."
_NOT_KEPT = {"cache-control": "no-store"}

Endpoint = Callable[[Request], Awaitable[Response]]


def guarded(endpoint: Endpoint) -> Endpoint:
    """Let an endpoint answer, or say in one sentence why not. Our own mistakes are logged (see `logs`)."""

    @functools.wraps(endpoint)
    async def guarding(request: Request) -> Response:
        try:
            return await endpoint(request)
        except WorkshopError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status, headers=_NOT_KEPT)
        except Exception:
            log.exception("live: %s %s failed", request.method, request.url.path)
            return JSONResponse({"error": _OUR_FAULT}, status_code=500, headers=_NOT_KEPT)

    return guarding
