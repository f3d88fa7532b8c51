"""Drafts: what somebody is typing, one per person and place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from workshop.storage.prepared import prepared
from workshop.storage.tables import Draft, table_of


def keep(session: Session, participant_id: UUID, slot: str, body: Mapping[str, Any], *, at: datetime) -> None:
    """Write the draft of a place, over the one that was there."""
    row = {"participant_id": participant_id, "slot": slot, "body": dict(body), "saved_at": at}
    connection = session.connection()
    connection.execute(_KEEP[connection.dialect.name], row)


def read(session: Session, participant_id: UUID, slot: str) -> Mapping[str, Any] | None:
    """The draft of a place, None when there is none."""
    body: Mapping[str, Any] | None = _body(session, participant_id, slot).scalar()
    return body


def others(session: Session, participant_id: UUID, slot: str) -> int:
    """How many drafts the person has in other places."""
    return int(_others(session, participant_id, slot).scalar_one())


def discard(session: Session, participant_id: UUID, slot: str) -> None:
    """Remove the draft of a place, if there is one."""
    _discard(session, participant_id, slot)


def _keeping(insert: sqlite.Insert | postgresql.Insert) -> Executable:
    return insert.on_conflict_do_update(
        index_elements=["participant_id", "slot"],
        set_={"body": insert.excluded.body, "saved_at": insert.excluded.saved_at},
    )


_KEEP = {
    "sqlite": _keeping(sqlite.insert(table_of(Draft))),
    "postgresql": _keeping(postgresql.insert(table_of(Draft))),
}


@prepared
def _body(participant_id: UUID, slot: str) -> Executable:
    return select(Draft.body).where(col(Draft.participant_id) == participant_id, col(Draft.slot) == slot)


@prepared
def _others(participant_id: UUID, slot: str) -> Executable:
    return (
        select(func.count())
        .select_from(Draft)
        .where(col(Draft.participant_id) == participant_id, col(Draft.slot) != slot)
    )


@prepared
def _discard(participant_id: UUID, slot: str) -> Executable:
    return delete(Draft).where(col(Draft.participant_id) == participant_id, col(Draft.slot) == slot)
