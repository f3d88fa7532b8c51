"""Who is connected, by table: one row per table and server, so that several servers add up to one room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Executable, delete, func
from sqlmodel import Session, col, select

from workshop.storage import inserting
from workshop.storage.prepared import prepared
from workshop.storage.tables import Participant, Presence, RoomTable, Seat


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server, or all of them, know of a table: connected devices, and when somebody wrote or tapped last."""

    connected: int = 0
    heard_at: datetime | None = None


def put(session: Session, workshop_id: UUID, server: str, tables: Mapping[UUID, Seen], *, at: datetime) -> None:
    """Write what one server knows now, over what it knew before. Tables that were removed meanwhile are left out."""
    standing = set(session.exec(select(RoomTable.id).where(RoomTable.workshop_id == workshop_id)))
    for table_id in sorted(standing & tables.keys()):
        now = {"connected": tables[table_id].connected, "heard_at": tables[table_id].heard_at, "at": at}
        insert = inserting.into(session, Presence).values(
            room_table_id=table_id, server=server, workshop_id=workshop_id, **now
        )
        session.connection().execute(insert.on_conflict_do_update(index_elements=["room_table_id", "server"], set_=now))


def forget(session: Session, workshop_id: UUID, *, before: datetime) -> None:
    """Drop what servers wrote that are gone for long."""
    session.connection().execute(
        delete(Presence).where(col(Presence.workshop_id) == workshop_id, col(Presence.at) < before)
    )


def of(session: Session, workshop_id: UUID, *, since: datetime) -> dict[UUID, Seen]:
    """What all servers know together. Connections count from servers that have written ``since`` a moment."""
    seen: dict[UUID, Seen] = {}
    for row in _of(session, workshop_id):
        before = seen.get(row.room_table_id, Seen())
        connected = row.connected if row.at >= since else 0
        heard = max((at for at in (before.heard_at, row.heard_at) if at is not None), default=None)
        seen[row.room_table_id] = Seen(before.connected + connected, heard)
    return seen


def devices(session: Session, workshop_id: UUID) -> dict[UUID, int]:
    """How many devices have joined at each table."""
    return {row.room_table_id: row.devices for row in _devices(session, workshop_id)}


@prepared
def _of(workshop_id: UUID) -> Executable:
    return select(Presence.room_table_id, Presence.connected, Presence.heard_at, Presence.at).where(
        col(Presence.workshop_id) == workshop_id
    )


@prepared
def _devices(workshop_id: UUID) -> Executable:
    return (
        select(Participant.room_table_id, func.count(func.distinct(Seat.device_id)).label("devices"))
        .join(Seat, col(Seat.participant_id) == col(Participant.id))
        .where(col(Participant.workshop_id) == workshop_id, col(Participant.room_table_id).is_not(None))
        .group_by(col(Participant.room_table_id))
    )
