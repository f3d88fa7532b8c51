"""A call of a phone: who asks, in which room, and the answer, worked out in a pool that all calls share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshop.services import installation
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database
from workshop.web import asked, callers, events
from workshop.web.pool import Pool

Answer = dict[str, Any]
Pen = ParticipantBadge | ScribeBadge

WHO = {"person": asked.identity}
"""Who is meant, which matters on a tablet only."""

_pool = Pool("api", threads=8)


async def answer(work: Callable[[], Answer]) -> Response:
    """What the work comes to, as JSON that no cache keeps."""
    body = await _pool.run(partial(_encoded, work))
    return Response(body, media_type="application/json", headers={"cache-control": "no-store"})


async def done(
    request: Request, sent: Answer, act: Callable[[Database, Pen], object], then: Callable[[Database, Pen], Answer]
) -> Response:
    """Whoever holds the pen does this; the answer is what they have ``then``."""

    def do() -> Answer:
        db, holder = installation.current().db, pen(request, sent)
        act(db, holder)
        return then(db, holder)

    return await answer(do)


def query(request: Request, required: Mapping[str, asked.Kind] = MappingProxyType({})) -> Answer:
    """What stands in the address: the room's code, who is meant, and what is ``required`` beside that."""
    return asked.fields(dict(request.query_params), {"code": asked.text, **required}, WHO)


def person(request: Request, sent: Answer) -> ParticipantBadge:
    """The one person who acts."""
    return callers.person(installation.current(), request, sent["code"], sent["person"])


def pen(request: Request, sent: Answer) -> Pen:
    """The person who acts, or a tablet for everybody around it."""
    return callers.pen(installation.current(), request, sent["code"], sent["person"])


def device(request: Request, sent: Answer) -> Pen:
    """The phone or the tablet itself, whoever is meant."""
    return callers.pen(installation.current(), request, sent["code"], None)


def _encoded(work: Callable[[], Answer]) -> bytes:
    return events.dumps(work())
