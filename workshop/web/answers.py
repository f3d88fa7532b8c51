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
    """Let an endpoint answer, or say in one sentence why not. What is our fault is logged, never with a text."""

    @functools.wraps(endpoint)
    async def guarding(request: Request) -> Response:
        try:
            return await endpoint(request)
        except WorkshopError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status, headers=_NOT_KEPT)
        except Exception as error:  # noqa: BLE001  the last place that can answer in JSON
            # The message of an exception may quote what somebody typed; its kind and place never do.
            log.error("live: %s %s failed: %s", request.method, request.url.path, _where(error))
            return JSONResponse({"error": _OUR_FAULT}, status_code=500, headers=_NOT_KEPT)

    return guarding


def _where(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place is not None else "?"
    return f"{type(error).__name__} at {at}"
