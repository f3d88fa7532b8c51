"""Ideas of other tables: read, and added to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.build import BuildDraft, BuildKind
from workshop.services import builds, installation, phone, routing
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling
from workshop.web.calls.calling import Answer


def routes() -> list[Route]:
    return [
        Route("/live/hand", hand),
        Route("/live/read", read, methods=["POST"]),
        Route("/live/more", more, methods=["POST"]),
        Route("/live/build", build, methods=["POST"]),
        Route("/live/take_back", take_back, methods=["POST"]),
    ]


@guarded
async def hand(request: Request) -> Response:
    """The ideas that this table has to read, or this person without a table."""
    sent = calling.query(request)
    return await calling.answer(lambda: phone.hand(installation.current().db, calling.pen(request, sent)))


@guarded
async def read(request: Request) -> Response:
    """Say that one's table has read an idea; answers with its hand."""
    sent = await asked.body(request, {"code": asked.text, "idea": asked.identity}, calling.WHO)
    return await calling.done(request, sent, lambda db, pen: routing.read(db, pen, sent["idea"]), phone.hand)


@guarded
async def more(request: Request) -> Response:
    """Ask for a further hand when everything is read; answers with it."""
    sent = await asked.body(request, {"code": asked.text}, calling.WHO)
    return await calling.done(request, sent, routing.more, phone.hand)


@guarded
async def build(request: Request) -> Response:
    """Add to an idea, or change one's own words on it (``build`` and the ``version`` that was seen)."""
    kinds = {"code": asked.text, "idea": asked.identity, "kind": _kind, "text": asked.text, "fix": asked.text}
    sent = await asked.body(request, kinds, {**calling.WHO, "build": asked.identity, "version": asked.number})

    def send() -> Answer:
        db, author = installation.current().db, calling.person(request, sent)
        draft = BuildDraft(sent["kind"], sent["text"], sent["fix"])
        if sent["build"] is None:
            builds.submit(db, author, sent["idea"], draft)
        else:
            builds.revise(db, author, sent["build"], draft, seen_version=sent["version"] or 0)
        return _after_building(request, sent)

    return await calling.answer(send)


@guarded
async def take_back(request: Request) -> Response:
    """Take an own build back."""
    sent = await asked.body(request, {"code": asked.text, "build": asked.identity}, calling.WHO)

    def withdraw() -> Answer:
        builds.withdraw(installation.current().db, calling.person(request, sent), sent["build"])
        return _after_building(request, sent)

    return await calling.answer(withdraw)


def _kind(value: object) -> BuildKind:
    return BuildKind(asked.text(value))


def _after_building(request: Request, sent: Answer) -> Answer:
    """The hand, and who acts on this device: at a tablet everybody around it, whoever wrote."""
    db = installation.current().db
    pen = calling.device(request, sent)
    return {"hand": phone.hand(db, pen), "me": phone.me(db, pen)}
