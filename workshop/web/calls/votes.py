"""A person's ballot, and the dots on it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.services import installation, votes
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling
from workshop.web.calls.calling import Answer


def routes() -> list[Route]:
    return [
        Route("/live/ballot", ballot),
        Route("/live/vote", vote, methods=["POST"]),
    ]


@guarded
async def ballot(request: Request) -> Response:
    """A person's ballot: the order of the ideas by number, and the dots given. The ideas themselves are the board's."""
    sent = calling.query(request)

    def read() -> Answer:
        own = votes.ballot(installation.current().db, calling.person(request, sent))
        return {"order": [idea.number for idea in own.ideas], **_given(own)}

    return await calling.answer(read)


@guarded
async def vote(request: Request) -> Response:
    """Give an idea so many dots; answers with all that this person has given."""
    kinds = {"code": asked.text, "idea": asked.identity, "dots": asked.number}
    sent = await asked.body(request, kinds, calling.WHO)

    def cast() -> Answer:
        voter = calling.person(request, sent)
        return _given(votes.cast(installation.current().db, voter, sent["idea"], dots=sent["dots"]))

    return await calling.answer(cast)


def _given(given: votes.Given) -> Answer:
    return {
        "dots": {str(idea): dots for idea, dots in given.dots.items()},
        "by_number": given.by_number,
        "used": given.used,
        "budget": given.budget,
        "cap": given.cap,
        "open": given.open,
    }
