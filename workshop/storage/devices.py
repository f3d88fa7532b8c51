"""Devices and who acts on them: how they are written and read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, Row, delete
from sqlmodel import Session, col, select

from workshop.domain.room import Person
from workshop.storage import inserting, people
from workshop.storage.prepared import prepared
from workshop.storage.tables import Device, Participant, Seat


def add(
    session: Session, workshop_id: UUID, device_hash: str, *, kind: str, table_id: UUID | None, at: datetime
) -> UUID:
    """Write (or rewrite) what a browser is in this workshop: a phone, or the tablet of a table."""
    is_now = {"kind": kind, "room_table_id": table_id, "joined_at": at}
    insert = inserting.into(session, Device).values(
        id=uuid4(), workshop_id=workshop_id, device_hash=device_hash, **is_now
    )
    written = session.connection().execute(
        insert.on_conflict_do_update(index_elements=["workshop_id", "device_hash"], set_=is_now).returning(
            col(Device.id)
        )
    )
    return UUID(str(written.scalar_one()))


def seat(session: Session, device_id: UUID, participant_id: UUID, *, at: datetime) -> None:
    """Let a person act on a device; seating them twice is once."""
    insert = inserting.into(session, Seat).values(device_id=device_id, participant_id=participant_id, seated_at=at)
    session.connection().execute(insert.on_conflict_do_nothing())


def unseat(session: Session, workshop_id: UUID, device_hash: str, participant_id: UUID) -> None:
    """End that a person acts on a device; the person stays in the room."""
    row = _device(session, workshop_id, device_hash).first()
    if row is not None:
        session.connection().execute(
            delete(Seat).where(col(Seat.device_id) == row.id, col(Seat.participant_id) == participant_id)
        )


def seats(session: Session, workshop_id: UUID, device_hash: str) -> tuple[Person, ...]:
    """The people who act on a device, in the order in which they sat down."""
    return tuple(map(people.person, _seats(session, workshop_id, device_hash)))


def seating(session: Session, workshop_id: UUID, device_hash: str) -> tuple[UUID | None, tuple[Person, ...]]:
    """The table whose tablet this device is (None for a phone), and the people who act on it."""
    rows = _seats(session, workshop_id, device_hash).all()
    if not rows:
        return tablet_table(session, workshop_id, device_hash), ()
    return _table_of_tablet(rows[0]), tuple(map(people.person, rows))


def tablet_table(session: Session, workshop_id: UUID, device_hash: str) -> UUID | None:
    """The table whose tablet this device is; None for a phone."""
    row = _device(session, workshop_id, device_hash).first()
    return None if row is None else _table_of_tablet(row)


def every_seat(session: Session, workshop_id: UUID) -> frozenset[tuple[str, UUID, UUID | None]]:
    """Everybody who acts on a phone: the device, the person, and the table where they sit."""
    statement = (
        select(Device.device_hash, Participant.id, Participant.room_table_id)
        .join(Seat, col(Seat.device_id) == col(Device.id))
        .join(Participant, col(Participant.id) == col(Seat.participant_id))
        .where(Device.workshop_id == workshop_id, Device.kind == "phone")
    )
    return frozenset(session.exec(statement))


def every_tablet(session: Session, workshop_id: UUID) -> frozenset[tuple[str, UUID | None]]:
    """Every tablet and its table."""
    statement = select(Device.device_hash, Device.room_table_id).where(
        Device.workshop_id == workshop_id, Device.kind == "tablet"
    )
    return frozenset(session.exec(statement))


def last_workshop(session: Session, device_hash: str) -> UUID | None:
    """The workshop that this device joined last."""
    found: UUID | None = _workshops_of(session, device_hash).scalar()
    return found


def _table_of_tablet(row: Row[*tuple[Any, ...]]) -> UUID | None:
    table_id: UUID | None = row.tablet_table_id if row.kind == "tablet" else None
    return table_id


@prepared
def _seats(workshop_id: UUID, device_hash: str) -> Executable:
    return (
        people.selected()
        .add_columns(col(Device.kind), col(Device.room_table_id).label("tablet_table_id"))
        .join(Seat, col(Seat.participant_id) == col(Participant.id))
        .join(Device, col(Device.id) == col(Seat.device_id))
        .where(col(Device.workshop_id) == workshop_id, col(Device.device_hash) == device_hash)
        .order_by(col(Seat.seated_at), col(Participant.id))
    )


@prepared
def _device(workshop_id: UUID, device_hash: str) -> Executable:
    return select(Device.id, Device.kind, col(Device.room_table_id).label("tablet_table_id")).where(
        col(Device.workshop_id) == workshop_id, col(Device.device_hash) == device_hash
    )


@prepared
def _workshops_of(device_hash: str) -> Executable:
    return (
        select(Device.workshop_id)
        .where(col(Device.device_hash) == device_hash)
        .order_by(col(Device.joined_at).desc())
        .limit(1)
    )
