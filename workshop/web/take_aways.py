"""Take-aways as files: ``/download/CODE/my-workshop.pdf`` for the person at this phone, and for nobody else.

At 12:20 a whole room may tap at once. One thread sets the pages, behind everything else. Whoever finds its queue full
is told so, and the phone comes again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workshop.errors import WorkshopError
from workshop.services import installation, take_away_files, workshops
from workshop.services.access import ParticipantBadge
from workshop.storage import Database
from workshop.web import asked, callers
from workshop.web.pool import Pool

MOST_WAITING = 40
RETRY_SECONDS = 5
FULL = "Many people take their sheet at this moment. Yours comes in a few seconds."

Make = Callable[[Database, ParticipantBadge], bytes]

pool = Pool("take-aways", threads=1, behind=True)
_KEPT_NOWHERE = {"cache-control": "no-store"}


def routes() -> list[Route]:
    """Both files of a person. ``person`` says who asks on a tablet."""
    return [
        Route("/download/{code}/my-workshop.pdf", my_workshop),
        Route("/download/{code}/my-organisation.pdf", my_organisation),
    ]


async def my_workshop(request: Request) -> Response:
    """The take-away of one person."""
    return await _in_turn(request, take_away_files.of_person, "my-workshop")


async def my_organisation(request: Request) -> Response:
    """The page of the organisation that this person speaks for."""
    return await _in_turn(request, take_away_files.of_organisation, "my-organisation")


async def _in_turn(request: Request, make: Make, name: str) -> Response:
    if pool.waiting >= MOST_WAITING:
        return PlainTextResponse(FULL, 503, headers={**_KEPT_NOWHERE, "retry-after": str(RETRY_SECONDS)})
    return await pool.run(partial(_file, request, make, name))


def _file(request: Request, make: Make, name: str) -> Response:
    house = installation.current()
    try:
        sent = asked.fields(dict(request.query_params), {}, {"code": asked.text, "person": asked.identity})
        badge = callers.person(house, request, request.path_params["code"], sent["person"])
        body = make(house.db, badge)
    except WorkshopError as error:
        return PlainTextResponse(str(error), status_code=error.status, headers=_KEPT_NOWHERE)
    code = workshops.of(house.db, badge).code
    named = f'attachment; filename="roundtable-{code}-{name}.pdf"'
    return Response(body, media_type="application/pdf", headers={**_KEPT_NOWHERE, "content-disposition": named})
