"""Whom this server hears: the devices with an open stream and the last text or tap, by table, told every few seconds.

Every server tells its own part, so the desk sees the whole room however many servers carry it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from workshop.errors import WorkshopError
from workshop.services import clock, presence
from workshop.services.access import Badge, ParticipantBadge, ScribeBadge
from workshop.services.installation import Installation
from workshop.services.presence import Seen
from workshop.web.audience import Audience
from workshop.web.listener import Listener

log = logging.getLogger(__name__)

EVERY_SECONDS = 20.0

_heard: dict[UUID, dict[UUID, datetime]] = {}
"""When somebody at a table wrote or tapped last, by workshop; a table has one entry, so it stays small."""


def heard(badge: ParticipantBadge | ScribeBadge) -> None:
    """Somebody at a table has written or tapped."""
    if badge.table_id is not None:
        _heard.setdefault(badge.workshop_id, {})[badge.table_id] = clock.now()


@asynccontextmanager
async def told(house: Installation, audience: Audience) -> AsyncIterator[None]:
    """Tell while the server runs, and nothing while nobody listens."""
    server = secrets.token_hex(8)
    telling = asyncio.create_task(_tell(house, audience, server))
    try:
        yield
    finally:
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
        _heard.clear()


def connected(listeners: Iterable[Listener]) -> dict[UUID, int]:
    """How many devices are connected at each table; a browser with several tabs is one device."""
    devices: dict[UUID, set[str]] = {}
    for listener in listeners:
        table_id = _table(listener.badge)
        if table_id is not None:
            devices.setdefault(table_id, set()).add(listener.device_hash)
    return {table_id: len(at_table) for table_id, at_table in devices.items()}


async def _tell(house: Installation, audience: Audience, server: str) -> None:
    last: dict[UUID, frozenset[UUID]] = {}
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for workshop_id, listeners in audience.by_workshop().items():
            counts, times = connected(listeners), _heard.get(workshop_id, {})
            tables = frozenset(counts.keys() | times.keys())
            seen = {
                table: Seen(counts.get(table, 0), times.get(table))
                for table in tables | last.get(workshop_id, frozenset())
            }
            last[workshop_id] = tables
            try:
                await audience.in_thread(partial(presence.tell, house.db, workshop_id, server, seen))
            except WorkshopError as error:
                log.warning("presence: %s", error)
            except Exception:
                log.exception("presence: the desk could not be told who is connected; it is tried again")


def _table(badge: Badge) -> UUID | None:
    return badge.table_id if isinstance(badge, ParticipantBadge | ScribeBadge) else None
