"""Who is ready: one row per person and step, counted at the table where the person sits now."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, delete, func, insert
from sqlmodel import Session, col, select

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
    statement = select(Ready.step_key).where(Ready.participant_id == participant_id).order_by(col(Ready.step_key))
    return tuple(session.exec(statement))


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
    statement = (
        select(Ready.step_key, func.count())
        .join(Participant, col(Participant.id) == col(Ready.participant_id))
        .where(Participant.workshop_id == workshop_id, Participant.room_table_id == table_id)
        .group_by(col(Ready.step_key))
    )
    return dict(session.exec(statement).all())
