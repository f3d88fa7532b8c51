"""People, their organisations, tables and devices: how they are written and read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from workshop.domain.room import Headcount, Person, TableView
from workshop.domain.text import fingerprint
from workshop.storage import inserting
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
    return _one(session, Participant.workshop_id == workshop_id, Participant.join_key == join_key)


def by_id(session: Session, workshop_id: UUID, participant_id: UUID) -> Person | None:
    """The person with this id, in this workshop only."""
    return _one(session, Participant.workshop_id == workshop_id, Participant.id == participant_id)


def by_link(session: Session, link_token_hash: str) -> tuple[UUID, Person] | None:
    """The person whose personal link this is, with the workshop's id."""
    row = session.exec(select(Participant).where(Participant.link_token_hash == link_token_hash)).first()
    return None if row is None else (row.workshop_id, _person(session, row))


def everybody(session: Session, workshop_id: UUID) -> tuple[Person, ...]:
    """All people of a workshop in the order in which they joined."""
    statement = (
        select(Participant, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .where(Participant.workshop_id == workshop_id)
        .order_by(col(Participant.joined_at), col(Participant.id))
    )
    return tuple(_person_of(row, organisation or "") for row, organisation in session.exec(statement))


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
    statement = (
        select(func.count())
        .select_from(Participant)
        .where(Participant.workshop_id == workshop_id, Participant.room_table_id == table_id)
    )
    return int(session.exec(statement).one())


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
    """Delete a person with their votes, drafts, seats and ready lights; their ideas stay without a name."""
    outcome = session.connection().execute(
        delete(Participant).where(col(Participant.id) == participant_id, col(Participant.workshop_id) == workshop_id)
    )
    return outcome.rowcount == 1


def tables(session: Session, workshop_id: UUID) -> tuple[TableView, ...]:
    """The tables of the room in order, with who sits there."""
    seated: dict[UUID, Counter[str]] = {}
    statement = (
        select(Participant.room_table_id, Participant.side, func.count())
        .where(Participant.workshop_id == workshop_id)
        .group_by(col(Participant.room_table_id), col(Participant.side))
    )
    for table_id, side, number in session.exec(statement):
        if table_id is not None:
            seated.setdefault(table_id, Counter())[side] = number
    rows = session.exec(select(RoomTable).where(RoomTable.workshop_id == workshop_id).order_by(col(RoomTable.number)))
    return tuple(
        TableView(
            id=row.id,
            number=row.number,
            name=row.name,
            seated=seated.get(row.id, Counter()).total(),
            by_side=dict(seated.get(row.id, Counter())),
        )
        for row in rows
    )


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
    row = _device(session, workshop_id, device_hash)
    if row is not None:
        session.connection().execute(
            delete(Seat).where(col(Seat.device_id) == row.id, col(Seat.participant_id) == participant_id)
        )


def seats(session: Session, workshop_id: UUID, device_hash: str) -> tuple[Person, ...]:
    """The people who act on a device, in the order in which they sat down."""
    statement = (
        select(Participant, Organisation.name)
        .join(Seat, col(Seat.participant_id) == col(Participant.id))
        .join(Device, col(Device.id) == col(Seat.device_id))
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .where(Device.workshop_id == workshop_id, Device.device_hash == device_hash)
        .order_by(col(Seat.seated_at), col(Participant.id))
    )
    return tuple(_person_of(row, organisation or "") for row, organisation in session.exec(statement))


def tablet_table(session: Session, workshop_id: UUID, device_hash: str) -> UUID | None:
    """The table whose tablet this device is; None for a phone."""
    row = _device(session, workshop_id, device_hash)
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
    statement = select(Device).where(Device.device_hash == device_hash).order_by(col(Device.joined_at).desc()).limit(1)
    row = session.exec(statement).first()
    return None if row is None else row.workshop_id


def _device(session: Session, workshop_id: UUID, device_hash: str) -> Device | None:
    return session.exec(
        select(Device).where(Device.workshop_id == workshop_id, Device.device_hash == device_hash)
    ).first()


def _organisation(session: Session, workshop_id: UUID, person: Person) -> UUID:
    key = fingerprint(person.organisation)
    insert = inserting.into(session, Organisation).values(
        id=uuid4(), workshop_id=workshop_id, name=person.organisation, name_key=key, side=person.side
    )
    session.connection().execute(insert.on_conflict_do_nothing())
    return session.exec(
        select(Organisation.id).where(Organisation.workshop_id == workshop_id, Organisation.name_key == key)
    ).one()


def _one(session: Session, *conditions: bool) -> Person | None:
    row = session.exec(select(Participant).where(*conditions)).first()
    return None if row is None else _person(session, row)


def _person(session: Session, row: Participant) -> Person:
    organisation = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return _person_of(row, organisation.name if organisation else "")


def _person_of(row: Participant, organisation: str) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        organisation=organisation,
        side=row.side,
        sectors=tuple(row.sectors),
        table_id=row.room_table_id,
        joined_at=row.joined_at,
    )
