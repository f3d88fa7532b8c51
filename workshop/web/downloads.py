"""Reports as files: ``/download/CODE.pdf`` and its siblings, for the moderator and the organiser only.

Streamlit's own download button serves files without asking who wants them and may mix up two large ones, so the bytes
go through this route: compiled at that second, never stored.
"""

from __future__ import annotations

from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workshop import signing
from workshop.errors import NotAllowed, NotFound, WorkshopError
from workshop.reporting import exporters
from workshop.services import access, installation, reports, workshops
from workshop.services.access import ModeratorBadge, OrganiserBadge


async def download(request: Request) -> Response:
    """One report in one format, as an attachment."""
    return await run_in_threadpool(_download, request)


def routes() -> list[Route]:
    """The route of the reports."""
    return [Route("/download/{code}.{suffix}", download)]


def _download(request: Request) -> Response:
    house = installation.current()
    try:
        exporter = next((e for e in exporters.values() if e.suffix == request.path_params["suffix"]), None)
        if exporter is None:
            known = ", ".join(known.suffix for known in exporters.values())
            raise NotFound(f"There is no report in this format. There are: {known}.")
        badge = _reader(request, request.path_params["code"])
        body = exporter.render(reports.compile_report(house.db, badge))
    except WorkshopError as error:
        return PlainTextResponse(str(error), status_code=error.status)
    name = f"roundtable-{request.path_params['code']}.{exporter.suffix}"
    return Response(
        body,
        media_type=exporter.media_type,
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


def _reader(request: Request, code: str) -> OrganiserBadge | ModeratorBadge:
    db, signer = installation.current().db, installation.current().signer
    device = signing.read_device(request.cookies, signer) or ""
    for role, ask in (("organiser", access.organiser), ("moderator", access.moderator)):
        with suppress(NotAllowed):
            badge = ask(db, grant_id=signing.read_role(request.cookies, role, signer), device=device)
            if workshops.of(db, badge).code == code:
                return badge
    raise NotAllowed("The report is for the moderator and the organiser of this workshop. Open your link first.")
