"""What surrounds the pages, put together: routes, middleware in order, start-up and shutdown."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from workshop import settings
from workshop.services import access, installation, workshops
from workshop.services.installation import Installation
from workshop.web import api, assets, downloads, health, links, stream
from workshop.web.guard import Guard
from workshop.web.identity import DeviceCookie

ANNOUNCE = "ROUNDTABLE_ANNOUNCE"
"""Set by `serve`: the process that has it prints the three links once it accepts connections."""


def routes() -> list[BaseRoute]:
    """Everything that is answered beside the pages."""
    return [*links.routes(), *health.routes(), *downloads.routes(), *stream.routes(), *api.routes(), *assets.routes()]


def middleware() -> list[Middleware]:
    """The guard comes first: what it refuses costs nothing. Then every page names its device."""
    house = installation.current()
    hosts = house.settings.allowed_hosts
    public = house.settings.public_host
    return [
        Middleware(
            Guard,
            allowed_hosts=(*hosts, public) if public else hosts,
            trust_forwarded=house.settings.behind_proxy,
        ),
        Middleware(DeviceCookie, signer=house.signer, trust_forwarded=house.settings.behind_proxy),
    ]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Open the room; on the way out close it, so that the database folds its journal."""
    house = installation.current()
    async with stream.running(house):
        threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
        if os.environ.get(ANNOUNCE):
            print(_links(house), flush=True)  # noqa: T201  the person who started the server reads it
        yield None
    installation.close()


def server_options() -> dict[str, Any]:
    """Where Streamlit's server listens. With a name of its own it asks nobody on the internet for its address."""
    chosen = settings.current()
    return {
        "server.port": chosen.port,
        "server.address": chosen.address,
        "browser.serverAddress": chosen.public_host or "localhost",
    }


def _links(house: Installation) -> str:
    """The room's three links. Unused role links of an earlier start stop working."""
    view = workshops.resume_or_create(house.db, house.settings.event_file)
    base, local = house.settings.join_url, f"http://localhost:{house.settings.port}"
    moderator = access.first_link(house.db, view.id, "moderator")
    organiser = access.first_link(house.db, view.id, "organiser")
    return "\n".join(
        (
            "",
            f"  {view.event.title}",
            "",
            f"  Join       {base}/j/{view.code}     room code {view.code}",
            f"  Moderator  {local}/r/{moderator}     works once",
            f"  Organiser  {local}/r/{organiser}     works once",
            f"  Wall       {local}/w/{view.code}",
            "",
            "  Stop with Ctrl+C. The workshop goes on where it was when you start again.",
            "",
        )
    )


def _warm_up() -> None:
    """Load what the first suggestion of themes needs, then keep the collector from walking through it again."""
    import workshop.themes  # noqa: F401, PLC0415  heavy: it must not delay the first page

    gc.collect()
    gc.freeze()
