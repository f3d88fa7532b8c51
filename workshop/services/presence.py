"""Presence: what servers tell of the tables' devices, and what the desk is told. It is about tables, not people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from workshop.domain.room import WorkshopView
from workshop.services import clock
from workshop.storage import Database, Session, announce
from workshop.storage import presence as rows
from workshop.storage.presence import Seen

__all__ = ["FRESH_SECONDS", "Seen", "TablePresence", "of_room", "tell"]

TOPIC = "presence"

FRESH_SECONDS = 60.0
"""A server that has told nothing for so long is gone, and its connections with it."""

KEPT_MINUTES = 180


@dataclass(frozen=True, slots=True)
class TablePresence:
    """How many devices joined at a table, how many are connected, and when somebody there wrote or tapped last."""

    table_id: UUID
    devices: int
    connected: int
    heard_at: datetime | None


def tell(db: Database, workshop_id: UUID, server: str, tables: Mapping[UUID, Seen]) -> None:
    """Write what a server knows of its tables; the desk hears of it. ``server`` is any name of its own."""
    now = clock.now()
    with db.writing() as session:
        rows.put(session, workshop_id, server, tables, at=now)
        rows.forget(session, workshop_id, before=now - timedelta(minutes=KEPT_MINUTES))
        announce(session, workshop_id, TOPIC)


def of_room(session: Session, view: WorkshopView) -> tuple[TablePresence, ...]:
    """Every table with devices, as all servers together know it; a device counts as connected once."""
    devices = rows.devices(session, view.id)
    seen = rows.of(session, view.id, since=clock.now() - timedelta(seconds=FRESH_SECONDS))
    return tuple(
        TablePresence(table_id, joined, min(joined, found.connected), found.heard_at)
        for table_id, joined in devices.items()
        for found in [seen.get(table_id, Seen())]
    )
