"""Reports as files: ``/download/CODE.pdf`` and its siblings, for the moderator and the organiser only.

Streamlit's own download button serves files without asking who wants them and may mix up two large ones, so the bytes
go through this route: compiled at that second, or from a frozen version: ``/download/CODE/v2.pdf``.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import asdict
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from workshop import signing
from workshop.errors import NotAllowed, NotFound, WorkshopError
from workshop.reporting import Exporter, exporters, table_cards
from workshop.reporting.table_cards import TableCard
from workshop.services import access, clock, installation, people, report_files, room_links, workshops
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.web.pool import Pool

_pool = Pool("reports", threads=2, behind=True)
_asked_meanwhile = Pool("progress", threads=1)
_OWN_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')
_SHARED = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer"}


async def download(request: Request) -> Response:
    """One report in one format, as an attachment."""
    return await _pool.run(partial(_download, request))


async def frozen(request: Request) -> Response:
    """One frozen version in one format: the same bytes whenever it is asked for."""
    return await _pool.run(partial(_frozen, request))


def routes() -> list[Route]:
    """The routes of the reports, and of what is printed before."""
    return [
        Route("/download/{code}/table-cards.pdf", cards),
        Route("/download/{code}/progress", progress),
        Route("/download/{code}/v{number:int}.{suffix}", frozen),
        Route("/download/{file}", download),
        Route("/s/{token}", shared),
    ]


async def progress(request: Request) -> Response:
    """What the build of a file is at, for whoever waits for it: ``?suffix=pdf``."""
    return await _asked_meanwhile.run(partial(_progress, request))


async def shared(request: Request) -> Response:
    """``/s/TOKEN``: the newest frozen version as the closing deck, without a login."""
    return await _pool.run(partial(_shared, request))


async def cards(request: Request) -> Response:
    """The sheets of QR cards for the tables, to print before anybody comes."""
    return await _pool.run(partial(_table_cards, request))


def _download(request: Request) -> Response:
    house = installation.current()
    code, _, suffix = request.path_params["file"].partition(".")
    try:
        exporter = _exporter(suffix)
        body = report_files.content(report_files.now(house.db, _reader(request, code)), exporter)
    except WorkshopError as error:
        return _refusal(error)
    return _attachment(body, media_type=exporter.media_type, name=f"roundtable-{code}.{suffix}")


def _frozen(request: Request) -> Response:
    code, number, suffix = (request.path_params[name] for name in ("code", "number", "suffix"))
    try:
        exporter = _exporter(suffix)
        badge = _reader(request, code)
        body = report_files.content(report_files.frozen(installation.current().db, badge, number), exporter)
    except WorkshopError as error:
        return _refusal(error)
    return _attachment(body, media_type=exporter.media_type, name=f"roundtable-{code}-v{number}.{suffix}")


def _progress(request: Request) -> Response:
    code = request.path_params["code"]
    try:
        exporter = _exporter(request.query_params.get("suffix", ""))
        _reader(request, code)
    except WorkshopError as error:
        return _refusal(error)
    stage = report_files.stage(code, exporter.name)
    told = {"words": "", "done": 0, "of": 0} if stage is None else asdict(stage)
    return JSONResponse(told, headers={"cache-control": "no-store"})


def _shared(request: Request) -> Response:
    db = installation.current().db
    try:
        compiled = report_files.shared(db, access.reader(db, request.path_params["token"]))
        body = report_files.content(compiled, exporters["html"])
    except WorkshopError as error:
        refusal = _refusal(error)
        refusal.headers.update(_SHARED)
        return refusal
    found = _OWN_POLICY.search(body)
    policy = found[1].decode() if found else "default-src 'none'"
    headers = {**_SHARED, "content-security-policy": f"{policy}; frame-ancestors 'none'"}
    return Response(body, media_type=exporters["html"].media_type, headers=headers)


def _table_cards(request: Request) -> Response:
    house, code = installation.current(), request.path_params["code"]
    try:
        badge = _reader(request, code)
    except WorkshopError as error:
        return _refusal(error)
    view = workshops.of(house.db, badge)
    on_tables = [
        TableCard(table.name, room_links.join_at(view, house.settings, table.number))
        for table in people.tables(house.db, badge)
    ]
    event = view.event
    body = table_cards.render(
        event.title, code, on_tables, place=house.settings.join_url, at=clock.now(), paper=event.paper
    )
    return _attachment(body, media_type="application/pdf", name=f"roundtable-{code}-table-cards.pdf")


def _exporter(suffix: str) -> Exporter:
    found = next((exporter for exporter in exporters.values() if exporter.suffix == suffix), None)
    if found is None:
        known = ", ".join(exporter.suffix for exporter in exporters.values())
        raise NotFound(f"There is no report in this format. There are: {known}.")
    return found


def _refusal(error: WorkshopError) -> Response:
    return PlainTextResponse(str(error), status_code=error.status, headers={"cache-control": "no-store"})


def _attachment(body: bytes, *, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=media_type, headers=headers)


def _reader(request: Request, code: str) -> OrganiserBadge | ModeratorBadge:
    db, signer = installation.current().db, installation.current().signer
    device = signing.read_device(request.cookies, signer) or ""
    for role, ask in (("organiser", access.organiser), ("moderator", access.moderator)):
        with suppress(NotAllowed):
            badge = ask(db, grant_id=signing.read_role(request.cookies, role, signer), device=device)
            if workshops.of(db, badge).code == code:
                return badge
    raise NotAllowed("The report is for the moderator and the organiser of this workshop. Open your link first.")
