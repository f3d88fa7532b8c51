"""Arrangements of themes: append-only versions of one document per workshop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from workshop.storage.tables import ThemeBoard


@dataclass(frozen=True, slots=True)
class BoardVersion:
    """One version: its number from 1 on, what was done to arrive at it, and the whole board as a document."""

    version: int
    action: str
    body: dict[str, Any]


def newest(session: Session, workshop_id: UUID, *, at_most: int | None = None) -> BoardVersion | None:
    """The newest version, or the newest one up to a number; None before themes were applied."""
    statement = select(ThemeBoard).where(ThemeBoard.workshop_id == workshop_id)
    if at_most is not None:
        statement = statement.where(col(ThemeBoard.version) <= at_most)
    row = session.exec(statement.order_by(col(ThemeBoard.version).desc()).limit(1)).first()
    return None if row is None else BoardVersion(row.version, row.action, row.body)


def append(
    session: Session, workshop_id: UUID, *, version: int, body: dict[str, Any], action: str, at: datetime
) -> None:
    """Write the next version. Two who write the same number: the second one raises IntegrityError."""
    session.add(ThemeBoard(workshop_id=workshop_id, version=version, body=body, action=action, applied_at=at))
    session.flush()
