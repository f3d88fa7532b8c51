"""What surrounds the pages, put together: routes, middleware in order, start-up and shutdown."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from workshop import settings
from workshop.domain.room import WorkshopView
from workshop.services import installation, room_links, workshops
from workshop.services.installation import Installation
from workshop.ui import turns
from workshop.web import (
    assets,
    calls,
    downloads,
    health,
    links,
    logs,
    metrics,
    playing,
    promises,
    reading,
    scrape,
    stream,
    systemd,
    take_aways,
)
from workshop.web.direct import Direct
from workshop.web.guard import Guard
from workshop.web.host_config import HostConfig
from workshop.web.identity import DeviceCookie

ANNOUNCE = "ROUNDTABLE_ANNOUNCE"
"""Set by `serve`: the process that has it prints the three links once it accepts connections."""

# New objects that the collector waits for. After Python's own 700 it walked through all tabs of a room every few
# seconds while people arrived, and everything stood still meanwhile (0.3 s for 800 tabs). A tab is some 500 objects.
_SELDOM = (5_000, 10, 20)


def routes() -> list[BaseRoute]:
    """Everything that is answered beside the pages and the calls."""
    return [
        *links.routes(),
        *health.routes(),
        *scrape.routes(),
        *take_aways.routes(),
        *downloads.routes(),
        *assets.routes(),
    ]


def live_routes() -> list[Route]:
    """What pages ask again and again."""
    return [*stream.routes(), *calls.routes()]


def middleware() -> list[Middleware]:
    """The guard comes first: what it refuses costs nothing. Then come calls; a page is quiet, and names its device."""
    house = installation.current()
    trust = house.settings.behind_proxy
    return [
        Middleware(Guard, allowed_hosts=house.settings.answered_hosts, trust_forwarded=trust),
        Middleware(Direct, routes=live_routes()),
        Middleware(HostConfig),
        Middleware(DeviceCookie, signer=house.signer, trust_forwarded=trust),
    ]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Open the room; on the way out close it, so that the database folds its journal."""
    house = installation.current()
    logs.gather()
    metrics.queue("runs", turns.queue.__len__)
    async with (
        stream.running(house),
        metrics.watching(house.db),
        promises.kept(house),
        reading.ahead(house),
        playing.on_request(house),
    ):
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
        if os.environ.get(ANNOUNCE):
            print(_links(house), flush=True)  # noqa: T201  the person who started the server reads it
        async with systemd.told():
            yield None
    installation.close()


def server_options() -> dict[str, Any]:
    """Where Streamlit's server listens, and how it logs.

    With a name of its own it asks nobody on the internet for its address.
    """
    chosen = settings.current()
    return {
        "server.port": chosen.port,
        "server.address": chosen.address,
        "browser.serverAddress": chosen.public_host or "localhost",
        "logger.messageFormat": logs.FORMAT[chosen.log],
    }


def _links(house: Installation) -> str:
    """The room's links, for the person at the console."""
    view = workshops.resume_or_create(house.db, house.settings.event_file)
    return "\n".join(
        (
            "",
            f"  {view.event.title}",
            "",
            f"  Join       {room_links.join(view, house.settings)}     room code {view.code}",
            *_links_to_roles(house, view),
            f"  Wall       {room_links.wall(view, house.settings)}",
            "",
            "  Stop with Ctrl+C. The workshop goes on where it was when you start again.",
            "",
        )
    )


def _links_to_roles(house: Installation, view: WorkshopView) -> tuple[str, ...]:
    """Fresh ones; unused ones of an earlier start stop working.

    Behind a proxy they are asked for by hand: there the console is a log, and several replicas, each of which may start
    again at any time, would take each other's links away.
    """
    if house.settings.behind_proxy:
        return ("  Roles      python -m workshop links",)
    links = room_links.fresh(house.db, view, house.settings)
    return (
        f"  Moderator  {links.moderator}     works once",
        f"  Organiser  {links.organiser}     works once",
    )


def _warm_up() -> None:
    """Load what the first suggestion of themes needs, then keep the collector from walking through it again."""
    from workshop import themes  # noqa: PLC0415  heavy: it must not delay the first page

    themes.warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
