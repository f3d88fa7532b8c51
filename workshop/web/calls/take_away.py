"""What a person takes away, in the words that stand on paper as well."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.reporting import take_away_of_person
from workshop.services import installation, take_away
from workshop.web.answers import guarded
from workshop.web.calls import calling
from workshop.web.calls.calling import Answer


def routes() -> list[Route]:
    return [Route("/live/take_away", mine)]


@guarded
async def mine(request: Request) -> Response:
    """The take-away of one person as the room stands now."""
    sent = calling.query(request)

    def read() -> Answer:
        sheet = take_away.of(installation.current().db, calling.person(request, sent))
        return asdict(take_away_of_person.page(sheet))

    return await calling.answer(read)
