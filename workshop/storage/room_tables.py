"""Tables of the room, and how many sit there: how they are read, and kept from filling up."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Executable, func
from sqlmodel import Session, col, select

from workshop.domain.room import TableView
from workshop.storage.prepared import prepared
from workshop.storage.tables import Participant, RoomTable


def tables(session: Session, workshop_id: UUID) -> tuple[TableView, ...]:
    """The tables of the room in order, with who sits there."""
    seated: dict[UUID | None, dict[str, int]] = {}
    for table_id, side, number in _seated_by_side(session, workshop_id):
        seated.setdefault(table_id, {})[side] = number
    return tuple(
        TableView(table_id, number, name, sum(by_side.values()), by_side)
        for table_id, number, name in _tables(session, workshop_id)
        for by_side in [seated.get(table_id, {})]
    )


def table_names(session: Session, workshop_id: UUID) -> dict[UUID, str]:
    """What the tables of the room are called, in order."""
    return {table_id: name for table_id, _, name in _tables(session, workshop_id)}


def table_name(session: Session, table_id: UUID) -> str:
    """What a table is called; empty for one that is not there."""
    return str(_table_name(session, table_id).scalar() or "")


def hold_table(session: Session, workshop_id: UUID, table_id: UUID) -> tuple[str, int] | None:
    """Keep a table from filling up while one more sits down: its name and how many sit there; None if unknown."""
    row = session.exec(
        select(RoomTable)
        .where(RoomTable.id == table_id, RoomTable.workshop_id == workshop_id)
        .with_for_update(key_share=False)
    ).first()
    if row is None:
        return None
    return row.name, seated(session, workshop_id, table_id)


def seated(session: Session, workshop_id: UUID, table_id: UUID) -> int:
    """How many people sit at a table."""
    return int(_seated(session, workshop_id, table_id).scalar_one())


@prepared
def _tables(workshop_id: UUID) -> Executable:
    return (
        select(RoomTable.id, RoomTable.number, RoomTable.name)
        .where(col(RoomTable.workshop_id) == workshop_id)
        .order_by(col(RoomTable.number))
    )


@prepared
def _table_name(table_id: UUID) -> Executable:
    return select(RoomTable.name).where(col(RoomTable.id) == table_id)


@prepared
def _seated(workshop_id: UUID, table_id: UUID) -> Executable:
    return (
        select(func.count())
        .select_from(Participant)
        .where(col(Participant.workshop_id) == workshop_id, col(Participant.room_table_id) == table_id)
    )


@prepared
def _seated_by_side(workshop_id: UUID) -> Executable:
    return (
        select(Participant.room_table_id, Participant.side, func.count())
        .where(col(Participant.workshop_id) == workshop_id)
        .group_by(col(Participant.room_table_id), col(Participant.side))
    )
