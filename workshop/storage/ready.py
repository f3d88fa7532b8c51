"""Who is ready: one row per person and step, counted at the table where the person sits now."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Executable, and_, delete, func, insert
from sqlmodel import Session, col, select

from workshop.storage.prepared import prepared
from workshop.storage.tables import Participant, Ready


def put(session: Session, people: Collection[UUID], step_key: str, *, ready: bool) -> int:
    """Write that these people are ready in a step, or that they are not; give how many changed. They must be held."""
    connection = session.connection()
    these = col(Ready.participant_id).in_(people), col(Ready.step_key) == step_key
    if not ready:
        return connection.execute(delete(Ready).where(*these)).rowcount
    before = set(session.exec(select(Ready.participant_id).where(*these)))
    new = [{"participant_id": person, "step_key": step_key} for person in people if person not in before]
    if new:
        connection.execute(insert(Ready), new)
    return len(new)


def steps_of(session: Session, participant_id: UUID) -> tuple[str, ...]:
    """The keys of the steps in which a person is ready."""
    return tuple(_steps_of(session, participant_id).scalars())


def by_table(session: Session, workshop_id: UUID, step_key: str) -> dict[UUID | None, tuple[int, int]]:
    """How many are ready in a step, of how many, at every table with people; None stands for people without one."""
    in_the_step = and_(col(Ready.participant_id) == col(Participant.id), col(Ready.step_key) == step_key)
    statement = (
        select(Participant.room_table_id, func.count(col(Ready.participant_id)), func.count())
        .join(Ready, in_the_step, isouter=True)
        .where(Participant.workshop_id == workshop_id)
        .group_by(col(Participant.room_table_id))
    )
    return {table_id: (ready, people) for table_id, ready, people in session.exec(statement)}


def at_table(session: Session, workshop_id: UUID, table_id: UUID) -> dict[str, int]:
    """How many of those who sit at a table are ready, by step."""
    return {row.step_key: row.ready for row in _at_table(session, workshop_id, table_id)}


@prepared
def _steps_of(participant_id: UUID) -> Executable:
    return select(Ready.step_key).where(col(Ready.participant_id) == participant_id).order_by(col(Ready.step_key))


@prepared
def _at_table(workshop_id: UUID, table_id: UUID) -> Executable:
    return (
        select(Ready.step_key, func.count().label("ready"))
        .join(Participant, col(Participant.id) == col(Ready.participant_id))
        .where(col(Participant.workshop_id) == workshop_id, col(Participant.room_table_id) == table_id)
        .group_by(col(Ready.step_key))
    )
