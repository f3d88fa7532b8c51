"""People and their organisations: how they are written and read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, Row, Select, delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.room import Headcount, Person
from workshop.domain.text import fingerprint
from workshop.storage import inserting
from workshop.storage.prepared import Found, prepared
from workshop.storage.tables import Organisation, Participant


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
    return None if row is None else (row.workshop_id, person(row))


def everybody(session: Session, workshop_id: UUID) -> tuple[Person, ...]:
    """All people of a workshop in the order in which they joined."""
    statement = (
        selected()
        .where(col(Participant.workshop_id) == workshop_id)
        .order_by(col(Participant.joined_at), col(Participant.id))
    )
    return tuple(map(person, session.connection().execute(statement)))


def around_tables(session: Session, workshop_id: UUID) -> Sequence[tuple[UUID | None, UUID, str, Sequence[str]]]:
    """Everybody's table (None without one), id, side and sectors."""
    return [(row.room_table_id, row.id, row.side, row.sectors) for row in _around_tables(session, workshop_id)]


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


def move(session: Session, participant_id: UUID, table_id: UUID) -> None:
    """Seat a person at another table."""
    session.connection().execute(
        update(Participant).where(col(Participant.id) == participant_id).values(room_table_id=table_id)
    )


def set_budget(session: Session, workshop_id: UUID, dots: int) -> None:
    """Give everybody who has joined this many dots; nobody may have used any."""
    session.connection().execute(
        update(Participant).where(col(Participant.workshop_id) == workshop_id).values(dots_budget=dots)
    )


def set_link(session: Session, participant_id: UUID, link_token_hash: str) -> None:
    """Replace a person's personal link."""
    session.connection().execute(
        update(Participant).where(col(Participant.id) == participant_id).values(link_token_hash=link_token_hash)
    )


def remove(session: Session, workshop_id: UUID, participant_id: UUID) -> bool:
    """Delete a person with all that hangs on them: votes, drafts, roles, offers, wishes; ideas stay without a name."""
    outcome = session.connection().execute(
        delete(Participant).where(col(Participant.id) == participant_id, col(Participant.workshop_id) == workshop_id)
    )
    return outcome.rowcount == 1


def organisations(session: Session, workshop_id: UUID) -> Sequence[tuple[str, str]]:
    """Name and side of every organisation that somebody in the room named."""
    statement = select(Organisation).where(Organisation.workshop_id == workshop_id).order_by(col(Organisation.name))
    return [(row.name, row.side) for row in session.exec(statement)]


def _organisation(session: Session, workshop_id: UUID, person: Person) -> UUID:
    key = fingerprint(person.organisation)
    insert = inserting.into(session, Organisation).values(
        id=uuid4(), workshop_id=workshop_id, name=person.organisation, name_key=key, side=person.side
    )
    session.connection().execute(insert.on_conflict_do_nothing())
    return session.exec(
        select(Organisation.id).where(Organisation.workshop_id == workshop_id, Organisation.name_key == key)
    ).one()


def selected() -> Select[*tuple[Any, ...]]:
    """What `person` reads, for everybody in the database."""
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
    return None if row is None else person(row)


def person(row: Row[*tuple[Any, ...]]) -> Person:
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
def _around_tables(workshop_id: UUID) -> Executable:
    return (
        select(Participant.room_table_id, Participant.id, Participant.side, Participant.sectors)
        .where(col(Participant.workshop_id) == workshop_id)
        .order_by(col(Participant.joined_at), col(Participant.id))
    )


@prepared
def _by_id(workshop_id: UUID, participant_id: UUID) -> Executable:
    return selected().where(col(Participant.workshop_id) == workshop_id, col(Participant.id) == participant_id)


@prepared
def _by_join_key(workshop_id: UUID, join_key: str) -> Executable:
    return selected().where(col(Participant.workshop_id) == workshop_id, col(Participant.join_key) == join_key)


@prepared
def _by_link(link_token_hash: str) -> Executable:
    return selected().where(col(Participant.link_token_hash) == link_token_hash)
