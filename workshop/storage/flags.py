"""Flags on ideas that stand in a wrong theme: one row per person and idea, good for that theme only."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Executable, delete, func, insert
from sqlmodel import Session, col, select

from workshop.storage.prepared import prepared
from workshop.storage.tables import Flag, Idea


def put(session: Session, people: Collection[UUID], idea_id: UUID, theme_id: str, *, flagged: bool) -> int:
    """Write that these people, who must be held, flag an idea in a theme, or do not; give how many changed."""
    connection = session.connection()
    these = col(Flag.participant_id).in_(people), col(Flag.idea_id) == idea_id
    if not flagged:
        return connection.execute(delete(Flag).where(*these)).rowcount
    before = dict(session.exec(select(Flag.participant_id, Flag.theme_id).where(*these)).all())
    new = [person for person in people if before.get(person) != theme_id]
    if new:
        connection.execute(delete(Flag).where(col(Flag.participant_id).in_(new), col(Flag.idea_id) == idea_id))
        rows = [{"participant_id": person, "idea_id": idea_id, "theme_id": theme_id} for person in new]
        connection.execute(insert(Flag), rows)
    return len(new)


def of_person(session: Session, participant_id: UUID) -> dict[int, str]:
    """The numbers of the ideas that a person has flagged, each with its theme at that moment."""
    return {row.number: row.theme_id for row in _of_person(session, participant_id)}


def counted(session: Session, workshop_id: UUID) -> dict[tuple[UUID, str], int]:
    """How many people have flagged, by idea and theme."""
    statement = (
        select(Flag.idea_id, Flag.theme_id, func.count())
        .join(Idea, col(Idea.id) == col(Flag.idea_id))
        .where(Idea.workshop_id == workshop_id)
        .group_by(col(Flag.idea_id), col(Flag.theme_id))
    )
    return {(idea_id, theme_id): count for idea_id, theme_id, count in session.exec(statement)}


def clear(session: Session, idea_ids: Collection[UUID]) -> int:
    """Remove every flag of these ideas; give how many there were."""
    return session.connection().execute(delete(Flag).where(col(Flag.idea_id).in_(idea_ids))).rowcount


@prepared
def _of_person(participant_id: UUID) -> Executable:
    return (
        select(Idea.number, Flag.theme_id)
        .join(Flag, col(Flag.idea_id) == col(Idea.id))
        .where(col(Flag.participant_id) == participant_id)
        .order_by(col(Idea.number))
    )
