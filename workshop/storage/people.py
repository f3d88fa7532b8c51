"""People, their organisations, tables and devices: how they are written and read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, Row, Select, delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.room import Headcount, Person, TableView
from workshop.domain.text import fingerprint
from workshop.storage import inserting
from workshop.storage.prepared import Found, prepared
from workshop.storage.tables import Device, Organisation, Participant, RoomTable, Seat


def add(
    session: Session,
    workshop_id: UUID,
    person: Person,
    *,
    join_key: str,
    link_token_hash: str,
    dots_budget: int,
) -> None:
    """Write a person who has read the notice and joined."""
    session.add(
        Participant(
            id=person.id,
            workshop_id=workshop_id,
            join_key=join_key,
            name=person.name,
            organisation_id=_organisation(session, workshop_id, person) if person.organisation else None,
            side=person.side,
            sectors=list(person.sectors),
            room_table_id=person.table_id,
            link_token_hash=link_token_hash,
            joined_at=person.joined_at,
            consented_at=person.joined_at,
            dots_budget=dots_budget,
        )
    )
    session.flush()


def by_join_key(session: Session, workshop_id: UUID, join_key: str) -> Person | None:
    """The person who joined with this key: the same tap again."""
    return _first(_by_join_key(session, workshop_id, join_key))


def by_id(session: Session, workshop_id: UUID, participant_id: UUID) -> Person | None:
    """The person with this id, in this workshop only."""
    return _first(_by_id(session, workshop_id, participant_id))


def by_link(session: Session, link_token_hash: str) -> tuple[UUID, Person] | None:
    """The person whose personal link this is, with the workshop's id."""
    row = _by_link(session, link_token_hash).first()
    return None if row is None else (row.workshop_id, _person(row))


def everybody(session: Session, workshop_id: UUID) -> tuple[Person, ...]:
    """All people of a workshop in the order in which they joined."""
    statement = (
        _people()
        .where(col(Participant.workshop_id) == workshop_id)
        .order_by(col(Participant.joined_at), col(Participant.id))
    )
    return tuple(map(_person, session.connection().execute(statement)))


def count(session: Session, workshop_id: UUID) -> int:
    """How many people have joined."""
    statement = select(func.count()).select_from(Participant).where(Participant.workshop_id == workshop_id)
    return int(session.exec(statement).one())


def headcount(session: Session, workshop_id: UUID) -> Headcount:
    """Who has joined, by side."""
    statement = (
        select(Participant.side, func.count())
        .where(Participant.workshop_id == workshop_id)
        .group_by(col(Participant.side))
    )
    by_side = dict(session.exec(statement).all())
    return Headcount(people=sum(by_side.values()), by_side=by_side)


def hold(session: Session, workshop_id: UUID, people: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Those of these people who are still there, and their tables; nobody moves or removes them meanwhile."""
    statement = (
        select(Participant.id, Participant.room_table_id)
        .where(Participant.workshop_id == workshop_id, col(Participant.id).in_(people))
        .order_by(col(Participant.id))  # whoever holds several holds them in one order
        .with_for_update(key_share=True)
    )
    return dict(session.exec(statement).all())


def seated(session: Session, workshop_id: UUID, table_id: UUID) -> int:
    """How many people sit at a table."""
    return int(_seated(session, workshop_id, table_id).scalar_one())


def move(session: Session, participant_id: UUID, table_id: UUID) -> None:
    """Seat a person at another table."""
    session.connection().execute(
        update(Participant).where(col(Participant.id) == participant_id).values(room_table_id=table_id)
    )


def set_link(session: Session, participant_id: UUID, link_token_hash: str) -> None:
    """Replace a person's personal link."""
    session.connection().execute(
        update(Participant).where(col(Participant.id) == participant_id).values(link_token_hash=link_token_hash)
    )


def remove(session: Session, workshop_id: UUID, participant_id: UUID) -> bool:
    """Delete a person with their votes, drafts, seats, flags and ready lights; their ideas stay without a name."""
    outcome = session.connection().execute(
        delete(Participant).where(col(Participant.id) == participant_id, col(Participant.workshop_id) == workshop_id)
    )
    return outcome.rowcount == 1


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


def organisations(session: Session, workshop_id: UUID) -> Sequence[tuple[str, str]]:
    """Name and side of every organisation that somebody in the room named."""
    statement = select(Organisation).where(Organisation.workshop_id == workshop_id).order_by(col(Organisation.name))
    return [(row.name, row.side) for row in session.exec(statement)]


def add_device(
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
    return tuple(map(_person, _seats(session, workshop_id, device_hash)))


def tablet_table(session: Session, workshop_id: UUID, device_hash: str) -> UUID | None:
    """The table whose tablet this device is; None for a phone."""
    row = _device(session, workshop_id, device_hash).first()
    return row.room_table_id if row is not None and row.kind == "tablet" else None


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


def _organisation(session: Session, workshop_id: UUID, person: Person) -> UUID:
    key = fingerprint(person.organisation)
    insert = inserting.into(session, Organisation).values(
        id=uuid4(), workshop_id=workshop_id, name=person.organisation, name_key=key, side=person.side
    )
    session.connection().execute(insert.on_conflict_do_nothing())
    return session.exec(
        select(Organisation.id).where(Organisation.workshop_id == workshop_id, Organisation.name_key == key)
    ).one()


def _people() -> Select[*tuple[Any, ...]]:
    """What `_person` reads."""
    return select_columns(
        col(Participant.id),
        col(Participant.workshop_id),
        col(Participant.name),
        col(Participant.side),
        col(Participant.sectors),
        col(Participant.room_table_id),
        col(Participant.joined_at),
        col(Organisation.name).label("organisation"),
    ).join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)


def _first(found: Found) -> Person | None:
    row = found.first()
    return None if row is None else _person(row)


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        organisation=row.organisation or "",
        side=row.side,
        sectors=tuple(row.sectors),
        table_id=row.room_table_id,
        joined_at=row.joined_at,
    )


@prepared
def _by_id(workshop_id: UUID, participant_id: UUID) -> Executable:
    return _people().where(col(Participant.workshop_id) == workshop_id, col(Participant.id) == participant_id)


@prepared
def _by_join_key(workshop_id: UUID, join_key: str) -> Executable:
    return _people().where(col(Participant.workshop_id) == workshop_id, col(Participant.join_key) == join_key)


@prepared
def _by_link(link_token_hash: str) -> Executable:
    return _people().where(col(Participant.link_token_hash) == link_token_hash)


@prepared
def _seats(workshop_id: UUID, device_hash: str) -> Executable:
    return (
        _people()
        .join(Seat, col(Seat.participant_id) == col(Participant.id))
        .join(Device, col(Device.id) == col(Seat.device_id))
        .where(col(Device.workshop_id) == workshop_id, col(Device.device_hash) == device_hash)
        .order_by(col(Seat.seated_at), col(Participant.id))
    )


@prepared
def _device(workshop_id: UUID, device_hash: str) -> Executable:
    return select(Device.id, Device.kind, Device.room_table_id).where(
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
