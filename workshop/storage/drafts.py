"""Drafts: what somebody is typing, one per person and place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from workshop.storage import inserting
from workshop.storage.tables import Draft


def keep(session: Session, participant_id: UUID, slot: str, body: Mapping[str, Any], *, at: datetime) -> None:
    """Write the draft of a place, over the one that was there."""
    insert = inserting.into(session, Draft).values(
        participant_id=participant_id, slot=slot, body=dict(body), saved_at=at
    )
    session.connection().execute(
        insert.on_conflict_do_update(
            index_elements=["participant_id", "slot"],
            set_={"body": insert.excluded.body, "saved_at": insert.excluded.saved_at},
        )
    )


def read(session: Session, participant_id: UUID, slot: str) -> Mapping[str, Any] | None:
    """The draft of a place, None when there is none."""
    statement = select(Draft.body).where(Draft.participant_id == participant_id, Draft.slot == slot)
    return session.exec(statement).first()


def others(session: Session, participant_id: UUID, slot: str) -> int:
    """How many drafts the person has in other places."""
    statement = (
        select(func.count()).select_from(Draft).where(Draft.participant_id == participant_id, Draft.slot != slot)
    )
    return int(session.exec(statement).one())


def discard(session: Session, participant_id: UUID, slot: str) -> None:
    """Remove the draft of a place, if there is one."""
    session.connection().execute(
        delete(Draft).where(col(Draft.participant_id) == participant_id, col(Draft.slot) == slot)
    )
