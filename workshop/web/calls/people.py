"""Who acts on a device, and who is ready to go on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.services import installation, phone, readiness
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling


def routes() -> list[Route]:
    return [
        Route("/live/me", me),
        Route("/live/ready", ready, methods=["POST"]),
    ]


@guarded
async def me(request: Request) -> Response:
    """Who acts on this device, with their own ideas."""
    sent = calling.query(request)
    return await calling.answer(lambda: phone.me(installation.current().db, calling.pen(request, sent)))


@guarded
async def ready(request: Request) -> Response:
    """Say that one is ready in a step, or not; answers with who acts here. A tablet speaks for everybody around it."""
    kinds = {"code": asked.text, "step": asked.text, "ready": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)
    return await calling.done(
        request, sent, lambda db, pen: readiness.say(db, pen, sent["step"], ready=sent["ready"]), phone.me
    )
