"""An idea stands in the wrong theme, somebody says."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.services import flags, phone
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling


def routes() -> list[Route]:
    return [
        Route("/live/flag", flag, methods=["POST"]),
    ]


@guarded
async def flag(request: Request) -> Response:
    """Say that an idea is in the wrong theme, or not; answers with who acts here. A tablet speaks for all around it."""
    kinds = {"code": asked.text, "idea": asked.number, "theme": asked.text, "flagged": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)
    return await calling.done(
        request,
        sent,
        lambda db, pen: flags.say(db, pen, sent["idea"], sent["theme"], flagged=sent["flagged"]),
        phone.me,
    )
