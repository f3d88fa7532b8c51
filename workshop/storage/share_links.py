"""Links that open the newest frozen version without a login: only hashes of their tokens are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from workshop.storage.tables import ShareLink as Stored


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link that works, without its secret."""

    id: UUID
    created_at: datetime


def add(session: Session, workshop_id: UUID, *, token_hash: str, at: datetime) -> UUID:
    """Write a link that works from now on."""
    row = Stored(workshop_id=workshop_id, token_hash=token_hash, created_at=at)
    session.add(row)
    session.flush()
    return row.id


def working(session: Session, workshop_id: UUID) -> tuple[ShareLink, ...]:
    """The links of a workshop that nobody has taken back, newest first."""
    statement = select(Stored.id, Stored.created_at).where(
        Stored.workshop_id == workshop_id, col(Stored.revoked_at).is_(None)
    )
    return tuple(ShareLink(*row) for row in session.exec(statement.order_by(col(Stored.created_at).desc())))


def workshop_of(session: Session, token_hash: str) -> UUID | None:
    """The workshop that a working link opens."""
    statement = select(Stored.workshop_id).where(Stored.token_hash == token_hash, col(Stored.revoked_at).is_(None))
    return session.exec(statement).first()


def revoke(session: Session, workshop_id: UUID, link_id: UUID, *, at: datetime) -> bool:
    """Take a link of the workshop back; False when none with this id works."""
    these = col(Stored.id) == link_id, col(Stored.workshop_id) == workshop_id, col(Stored.revoked_at).is_(None)
    return session.connection().execute(update(Stored).where(*these).values(revoked_at=at)).rowcount == 1
