"""The JSON routes of the cards: joining, planning, offering, committing, wishing. Each answers with what is one's own.

All of them are about one person, because names appear with commitments: a tablet says with ``person`` who it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.consortium import Role, read_day
from workshop.domain.pitch import Help
from workshop.services import commitments, consortium, installation, pitches, taken_on
from workshop.services.access import ParticipantBadge
from workshop.storage import Database
from workshop.web import asked
from workshop.web.answers import Endpoint, guarded
from workshop.web.calls import calling
from workshop.web.calls.calling import Answer

Act = Callable[[Database, ParticipantBadge, Mapping[str, Any]], object]


def routes() -> list[Route]:
    """All of them."""
    return [
        Route("/live/commitments", mine),
        Route("/live/join", _doing(_join, {"idea": asked.identity}, {"role": _role}), methods=["POST"]),
        Route(
            "/live/plan",
            _doing(_plan, {"idea": asked.identity, "next_step": asked.text, "due": asked.text, "seen": asked.number}),
            methods=["POST"],
        ),
        Route(
            "/live/offer",
            _doing(_offer, {"idea": asked.identity, "kind": _help, "offered": asked.yes_or_no}),
            methods=["POST"],
        ),
        Route(
            "/live/confirm",
            _doing(_confirm, {"idea": asked.identity, "confirmed": asked.yes_or_no}),
            methods=["POST"],
        ),
        Route(
            "/live/wish",
            _doing(_wish, {"organisation": asked.identity, "wished": asked.yes_or_no}),
            methods=["POST"],
        ),
        Route("/live/rate", _doing(_rate, {"stars": asked.number, "comment": asked.text}), methods=["POST"]),
    ]


@guarded
async def mine(request: Request) -> Response:
    """What the people on this device have taken on."""
    sent = asked.fields(dict(request.query_params), {"code": asked.text}, {})
    return await calling.answer(lambda: _taken_on(request, sent))


def _doing(act: Act, kinds: Mapping[str, asked.Kind], optional: Mapping[str, asked.Kind] | None = None) -> Endpoint:
    """A route that lets one person do this and answers with what is the device's own."""

    @guarded
    async def endpoint(request: Request) -> Response:
        sent = await asked.body(request, {"code": asked.text, **kinds}, {**calling.WHO, **(optional or {})})

        def do() -> Answer:
            act(installation.current().db, calling.person(request, sent), sent)
            return _taken_on(request, sent)

        return await calling.answer(do)

    return endpoint


def _taken_on(request: Request, sent: Answer) -> Answer:
    return taken_on.of(installation.current().db, calling.device(request, sent))


def _role(value: object) -> Role:
    return Role(asked.text(value))


def _help(value: object) -> Help:
    return Help(asked.text(value))


def _join(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    consortium.join(db, person, sent["idea"], sent["role"])


def _plan(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    due = read_day(sent["due"])
    consortium.plan(db, person, sent["idea"], next_step=sent["next_step"], due=due, seen=sent["seen"])


def _offer(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    pitches.offer(db, person, sent["idea"], sent["kind"], offered=sent["offered"])


def _confirm(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    commitments.confirm(db, person, sent["idea"], confirmed=sent["confirmed"])


def _wish(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    commitments.wish(db, person, sent["organisation"], wished=sent["wished"])


def _rate(db: Database, person: ParticipantBadge, sent: Mapping[str, Any]) -> None:
    commitments.rate(db, person, stars=sent["stars"], comment=sent["comment"])
