"""What was dealt to whom in “Build on others”: one row per reader and idea. A reader is a table, or one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Executable, Row, delete, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from workshop.domain.routing import Dealt
from workshop.storage.prepared import prepared
from workshop.storage.tables import DealtIdea, table_of


def to_tables(session: Session, workshop_id: UUID) -> tuple[Dealt, ...]:
    """Everything that was dealt to tables, in a fixed order."""
    return tuple(map(_dealt, _to_tables(session, workshop_id)))


def to_people(session: Session, workshop_id: UUID) -> tuple[Dealt, ...]:
    """Everything that was dealt to people without a table."""
    return tuple(map(_dealt, _to_people(session, workshop_id)))


def to_table(session: Session, table_id: UUID) -> tuple[Dealt, ...]:
    """What one table has."""
    return tuple(map(_dealt, _to_table(session, table_id)))


def to_person(session: Session, participant_id: UUID) -> tuple[Dealt, ...]:
    """What one person without a table has."""
    return tuple(map(_dealt, _to_person(session, participant_id)))


def of_ideas(session: Session, idea_ids: Collection[UUID]) -> tuple[Dealt, ...]:
    """Which tables have these ideas."""
    these = _selected(col(DealtIdea.idea_id).in_(idea_ids), col(DealtIdea.room_table_id).is_not(None))
    return tuple(map(_dealt, session.connection().execute(these))) if idea_ids else ()


def change(
    session: Session, workshop_id: UUID, before: Iterable[Dealt], after: Iterable[Dealt], *, table: bool
) -> None:
    """Write the difference. ``table`` tells whether the readers are tables or people."""
    old = {(row.reader, row.idea): row for row in before}
    new = {(row.reader, row.idea): row for row in after}
    reader_of = col(DealtIdea.room_table_id) if table else col(DealtIdea.participant_id)
    connection = session.connection()
    for reader, idea in sorted(old.keys() - new.keys()):
        connection.execute(delete(DealtIdea).where(reader_of == reader, col(DealtIdea.idea_id) == idea))
    for key in sorted(old.keys() & new.keys()):
        if old[key] != new[key]:
            values = _values(new[key])
            this = (reader_of == key[0], col(DealtIdea.idea_id) == key[1])
            connection.execute(update(DealtIdea).where(*this).values(**values))
    added = [
        {"id": uuid4(), "workshop_id": workshop_id, "idea_id": idea, **_reader(reader, table=table), **_values(row)}
        for (reader, idea), row in sorted(new.items(), key=lambda each: each[0])
        if (reader, idea) not in old
    ]
    if added:
        connection.execute(insert(table_of(DealtIdea)), added)


def _reader(reader: UUID, *, table: bool) -> dict[str, UUID | None]:
    return {"room_table_id": reader if table else None, "participant_id": None if table else reader}


def _values(row: Dealt) -> dict[str, int | bool]:
    return {"hand": row.hand, "was_read": row.read, "passed_on": row.passed_on}


def _dealt(row: Row[*tuple[object, ...]]) -> Dealt:
    return Dealt(row.room_table_id or row.participant_id, row.idea_id, row.hand, row.was_read, row.passed_on)


_COLUMNS: Sequence[str] = ("room_table_id", "participant_id", "idea_id", "hand", "was_read", "passed_on")


def _selected(*conditions: ColumnElement[bool]) -> Executable:
    table = table_of(DealtIdea)
    return (
        select_columns(*(table.c[name] for name in _COLUMNS))
        .where(*conditions)
        .order_by(table.c.hand, table.c.room_table_id, table.c.participant_id, table.c.idea_id)
    )


@prepared
def _to_tables(workshop_id: UUID) -> Executable:
    return _selected(col(DealtIdea.workshop_id) == workshop_id, col(DealtIdea.room_table_id).is_not(None))


@prepared
def _to_people(workshop_id: UUID) -> Executable:
    return _selected(col(DealtIdea.workshop_id) == workshop_id, col(DealtIdea.participant_id).is_not(None))


@prepared
def _to_table(table_id: UUID) -> Executable:
    return _selected(col(DealtIdea.room_table_id) == table_id)


@prepared
def _to_person(participant_id: UUID) -> Executable:
    return _selected(col(DealtIdea.participant_id) == participant_id)
