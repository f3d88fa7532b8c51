"""Consortium cards: who is on them and what comes next. Unique keys allow one lead and one owner per side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, delete, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from workshop.domain.consortium import Member, Plan, Role
from workshop.storage import inserting
from workshop.storage.prepared import prepared
from workshop.storage.tables import ConsortiumCard, ConsortiumMember, Organisation, Participant, table_of


def members(session: Session, workshop_id: UUID) -> Mapping[UUID, tuple[Member, ...]]:
    """Everybody on the cards of a workshop, by idea, in the order in which they joined."""
    found: dict[UUID, list[Member]] = {}
    for row in _members(session, workshop_id):
        found.setdefault(row.idea_id, []).append(_member(row))
    return {idea: tuple(each) for idea, each in found.items()}


def of_person(session: Session, participant_id: UUID) -> Mapping[UUID, Member]:
    """What one person has taken on, by idea."""
    return {row.idea_id: _member(row) for row in _of_person(session, participant_id)}


def plans(session: Session, workshop_id: UUID) -> Mapping[UUID, Plan]:
    """What comes next on the cards of a workshop that anybody has written on, by idea."""
    return {row.idea_id: Plan(row.next_step, row.due, row.version) for row in _plans(session, workshop_id)}


def plan(session: Session, workshop_id: UUID, idea_id: UUID) -> Plan:
    """What comes next on one card; nobody else changes it until the transaction ends."""
    card = inserting.into(session, ConsortiumCard).values(
        idea_id=idea_id, workshop_id=workshop_id, next_step="", due=None, version=0
    )
    session.connection().execute(card.on_conflict_do_nothing())  # so that there is a row to hold
    row = _held_plan(session, idea_id).one()
    return Plan(row.next_step, row.due, row.version)


def save(session: Session, idea_id: UUID, after: Plan) -> None:
    """Write what comes next."""
    session.connection().execute(
        update(ConsortiumCard)
        .where(col(ConsortiumCard.idea_id) == idea_id)
        .values(next_step=after.next_step, due=after.due, version=after.version)
    )


def put(session: Session, workshop_id: UUID, idea_id: UUID, person: Member, *, at: datetime) -> None:
    """Write somebody's role on a card, over the one before; a new role is not confirmed.

    The person must be held. Raises IntegrityError for a second lead of a side.
    """
    lead_of = person.side if person.role is Role.LEAD else None
    role = {"role": person.role.value, "lead_of": lead_of, "confirmed_at": None, "confirmed_version": 0}
    here = _is(idea_id, person.participant_id)
    if session.connection().execute(update(ConsortiumMember).where(*here).values(**role)).rowcount == 0:
        keys = {"idea_id": idea_id, "participant_id": person.participant_id, "workshop_id": workshop_id}
        session.connection().execute(_JOIN, {**keys, **role, "owner_of": None, "joined_at": at})


def leave(session: Session, idea_id: UUID, participant_id: UUID) -> bool:
    """Take somebody off a card; False when they were not on it."""
    outcome = session.connection().execute(delete(ConsortiumMember).where(*_is(idea_id, participant_id)))
    return outcome.rowcount == 1


def name_owner(session: Session, idea_id: UUID, side: str, participant_id: UUID | None) -> None:
    """Let this member answer for a side in place of its lead; None gives it back to the lead."""
    connection = session.connection()
    connection.execute(
        update(ConsortiumMember)
        .where(col(ConsortiumMember.idea_id) == idea_id, col(ConsortiumMember.owner_of) == side)
        .values(owner_of=None)
    )
    if participant_id is not None:
        connection.execute(update(ConsortiumMember).where(*_is(idea_id, participant_id)).values(owner_of=side))


def confirm(session: Session, idea_id: UUID, participant_id: UUID, *, version: int, at: datetime | None) -> None:
    """Write that somebody confirms their role with the plan of this version; ``at`` None takes it back."""
    session.connection().execute(
        update(ConsortiumMember)
        .where(*_is(idea_id, participant_id))
        .values(confirmed_at=at, confirmed_version=version if at is not None else 0)
    )


def _is(idea_id: UUID, participant_id: UUID) -> Any:
    return col(ConsortiumMember.idea_id) == idea_id, col(ConsortiumMember.participant_id) == participant_id


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(
        participant_id=row.participant_id,
        name=row.name,
        organisation=row.organisation or "",
        side=row.side,
        role=Role(row.role),
        owner=row.owner_of is not None,
        confirmed_at=row.confirmed_at,
        confirmed_version=row.confirmed_version,
    )


def _selected() -> Any:
    return (
        select_columns(
            table_of(ConsortiumMember),
            col(Participant.name),
            col(Participant.side),
            col(Organisation.name).label("organisation"),
        )
        .join(Participant, col(Participant.id) == col(ConsortiumMember.participant_id))
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .order_by(col(ConsortiumMember.joined_at), col(ConsortiumMember.participant_id))
    )


_JOIN = insert(table_of(ConsortiumMember))


@prepared
def _members(workshop_id: UUID) -> Executable:
    found: Executable = _selected().where(col(ConsortiumMember.workshop_id) == workshop_id)
    return found


@prepared
def _of_person(participant_id: UUID) -> Executable:
    found: Executable = _selected().where(col(ConsortiumMember.participant_id) == participant_id)
    return found


@prepared
def _plans(workshop_id: UUID) -> Executable:
    return select_columns(table_of(ConsortiumCard)).where(col(ConsortiumCard.workshop_id) == workshop_id)


@prepared
def _held_plan(idea_id: UUID) -> Executable:
    return select_columns(table_of(ConsortiumCard)).where(col(ConsortiumCard.idea_id) == idea_id).with_for_update()
