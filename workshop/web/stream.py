"""``GET /live/stream``: what a page may see, pushed to it when it changes. ``/live/now`` is the same as one answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.errors import Invalid, NotAllowed, Unavailable
from workshop.live.watch import watch_database
from workshop.services import access, installation, topics
from workshop.services.access import Badge
from workshop.services.installation import Installation
from workshop.web import callers, presence
from workshop.web.answers import guarded
from workshop.web.audience import Audience
from workshop.web.event_stream import EventStream
from workshop.web.listener import Listener
from workshop.web.stopping import on_stop_signal

_audiences: dict[int, Audience] = {}


def routes() -> list[Route]:
    """The stream, the same for networks that swallow streams, and single topics that a page draws only sometimes."""
    return [Route("/live/stream", stream), Route("/live/now", now), Route("/live/topic", topic)]


@asynccontextmanager
async def running(house: Installation) -> AsyncIterator[Audience]:
    """Follow the feed and other processes while the server runs; end every stream when it stops."""
    audience = Audience(house.db, house.feed)
    watch = watch_database(house.feed, house.settings.database_url, partial(topics.revisions, house.db))
    watch.start()
    _audiences[id(house)] = audience
    try:
        async with presence.told(house, audience):
            with on_stop_signal(audience.end_all):
                yield audience
    finally:
        del _audiences[id(house)]
        await audience.close()
        await asyncio.to_thread(watch.stop)


@guarded
async def stream(request: Request) -> Response:
    """Everything that this screen may see and does not have yet, and from then on what changes.

    ``have=room:12,people:3`` names what it has, ``draw=room`` what it wants with content, ``as=observer`` (or a role)
    the kind of page; without it the browser is the phone or tablet that has joined.
    """
    audience, listener = await _listener(request)
    audience.must_have_a_place()
    return EventStream(audience, await audience.room(listener.badge.workshop_id), listener)


@guarded
async def now(request: Request) -> Response:
    """What a stream would send now, as ``{"topics": [...], "changed": {...}}``."""
    audience, listener = await _listener(request)
    room = await audience.room(listener.badge.workshop_id)
    return Response(await room.everything(listener), media_type=_JSON, headers=_NOT_KEPT)


@guarded
async def topic(request: Request) -> Response:
    """One topic that this screen may see: a phone fetches the board only while it reads or votes."""
    audience = _audience()
    badge = await audience.in_thread(partial(_badge, request))
    room = await audience.room(badge.workshop_id)
    name = request.query_params.get("topic", "")
    if not room.may_fetch(badge, name):
        raise NotAllowed("This is not shown in the current step.")
    encoded = await room.encoded(name)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(encoded.data(), media_type=_JSON, headers=_NOT_KEPT)
    return Response(encoded.packed(), media_type=_JSON, headers={**_NOT_KEPT, "content-encoding": "gzip"})


async def _listener(request: Request) -> tuple[Audience, Listener]:
    audience = _audience()
    asked_at = time.monotonic()
    badge = await audience.in_thread(partial(_badge, request))
    drawn = request.query_params.get("draw")
    device = callers.device(installation.current(), request)
    return audience, Listener(
        badge,
        access.hash_of(device),
        asked_at,
        draws=None if drawn is None else frozenset(drawn.split(",")),
        sent=_read_have(request.query_params.get("have", "")),
    )


def _badge(request: Request) -> Badge:
    code, role = request.query_params.get("code", ""), request.query_params.get("as", "")
    return callers.screen(installation.current(), request, code, role=role)


def _read_have(text: str) -> dict[str, int]:
    """Read ``room:12,table:<id>:3``: the revision stands after the last colon."""
    have = {}
    for part in text.split(",") if text else ():
        name, _, revision = part.rpartition(":")
        if not name or not revision.isdecimal() or len(revision) > 12:
            raise Invalid("What this page has cannot be read. Please reload it.")
        have[name] = int(revision)
    return have


def _audience() -> Audience:
    found = _audiences.get(id(installation.current()))
    if found is None:
        raise Unavailable("The server is just starting or stopping. The page tries again by itself.")
    return found


_NOT_KEPT = {"cache-control": "no-store"}
_JSON = "application/json"
