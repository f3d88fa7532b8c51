"""The routes of the warm-up: what this person offers, looks for, and where they are from, set as a whole."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.introduction import Introduction
from workshop.services import installation
from workshop.services import introductions as service
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling


def routes() -> list[Route]:
    return [
        Route("/live/introduction", read),
        Route("/live/introduction", say, methods=["POST"]),
    ]


@guarded
async def read(request: Request) -> Response:
    """What a person has said, and what they typed since."""
    sent = calling.query(request)
    return await calling.answer(lambda: _told(service.own(installation.current().db, calling.person(request, sent))))


@guarded
async def say(request: Request) -> Response:
    """Introduce a person, in place of what was said before; answers with the introduction as it is saved."""
    kinds = {"code": asked.text, "offers": asked.texts, "needs": asked.texts, "place": asked.text}
    sent = await asked.body(request, kinds, calling.WHO)

    def write() -> dict[str, Any]:
        said = Introduction(sent["offers"], sent["needs"], sent["place"])
        return _told(service.say(installation.current().db, calling.person(request, sent), said))

    return await calling.answer(write)


def _told(own: service.Own) -> dict[str, Any]:
    return {
        "offers": own.said.offers,
        "needs": own.said.needs,
        "place": own.said.place,
        "draft": own.draft,
        "most": own.most,
        "open": own.open,
    }
