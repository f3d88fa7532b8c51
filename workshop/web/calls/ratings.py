"""The routes of rating: the ideas that this person was dealt, and the marks given to one of them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.rating import Said
from workshop.services import installation
from workshop.services import ratings as service
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling


def routes() -> list[Route]:
    return [
        Route("/live/marks", read),
        Route("/live/marks", rate, methods=["POST"]),
    ]


@guarded
async def read(request: Request) -> Response:
    """A person's hand by id of the idea, in its order; the ideas themselves are the board's."""
    sent = calling.query(request)
    return await calling.answer(lambda: _told(service.hand(installation.current().db, calling.person(request, sent))))


@guarded
async def rate(request: Request) -> Response:
    """Say these marks of an idea, a missing one is none; answers with all that this person says."""
    kinds = {"code": asked.text, "idea": asked.identity, "passed": asked.yes_or_no}
    marks = {"impact": asked.number, "feasibility": asked.number}
    sent = await asked.body(request, kinds, {**calling.WHO, **marks})

    def say() -> dict[str, Any]:
        said = Said(sent["impact"], sent["feasibility"], sent["passed"])
        return _told(service.say(installation.current().db, calling.person(request, sent), sent["idea"], said))

    return await calling.answer(say)


def _told(hand: service.Hand) -> dict[str, Any]:
    return {
        "open": hand.open,
        "ideas": [
            {
                "id": each.idea_id,
                "impact": each.said.impact,
                "feasibility": each.said.feasibility,
                "passed": each.said.passed,
            }
            for each in hand.ideas
        ],
    }
