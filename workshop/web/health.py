"""``/healthz``: this process answers. ``/readyz``: it can also read and write its database."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from workshop.errors import WorkshopError
from workshop.services import installation

_NOT_READY = 503


async def alive(_request: Request) -> JSONResponse:
    """Answer without touching anything else."""
    return JSONResponse({"status": "ok"})


async def ready(_request: Request) -> JSONResponse:
    """Take a writing turn without writing, and try the disk: also a lost, locked or read-only database is noticed."""
    try:
        await run_in_threadpool(installation.current().db.must_be_ready)
    except WorkshopError as error:
        return JSONResponse({"status": "not ready", "reason": str(error)}, status_code=_NOT_READY)
    return JSONResponse({"status": "ready"})


def routes() -> list[Route]:
    """The two routes for whoever watches the process."""
    return [Route("/healthz", alive), Route("/readyz", ready)]
