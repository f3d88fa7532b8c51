"""Frozen versions of a workshop's report: how they are written, read and rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from workshop.domain.frozen_report import FrozenReport, checksum
from workshop.storage.tables import FrozenReport as Stored


def add(
    session: Session, workshop_id: UUID, version: FrozenReport, document: str, *, grant_id: UUID, seen: int
) -> None:
    """Write a version. ``grant_id`` and ``seen`` say whose tap it was, over which version."""
    session.add(
        Stored(
            workshop_id=workshop_id,
            number=version.number,
            at=version.at,
            actor=version.by,
            grant_id=grant_id,
            seen=seen,
            document=document,
            sha256=version.sha256,
        )
    )
    session.flush()


def newest(session: Session, workshop_id: UUID) -> int:
    """The number of the newest version, 0 without one."""
    statement = select(func.max(Stored.number)).where(Stored.workshop_id == workshop_id)
    return session.exec(statement).one() or 0


def of_tap(session: Session, workshop_id: UUID, *, grant_id: UUID, seen: int) -> FrozenReport | None:
    """The version that this tap has made already."""
    statement = _versions(workshop_id).where(col(Stored.grant_id) == grant_id, col(Stored.seen) == seen)
    row = session.connection().execute(statement).first()
    return None if row is None else FrozenReport(*row)


def versions(session: Session, workshop_id: UUID) -> tuple[FrozenReport, ...]:
    """Every version, newest first, without what stands in it."""
    return tuple(FrozenReport(*row) for row in session.connection().execute(_versions(workshop_id)))


def document(session: Session, workshop_id: UUID, number: int) -> tuple[str, str] | None:
    """The text of a version, and the checksum that it was given."""
    statement = select(Stored.document, Stored.sha256).where(Stored.workshop_id == workshop_id, Stored.number == number)
    return session.exec(statement).first()


def rewrite(session: Session, workshop_id: UUID, number: int, document: str, *, at: datetime) -> None:
    """Put another text in the place of a version's, because somebody was erased."""
    these = col(Stored.workshop_id) == workshop_id, col(Stored.number) == number
    values = {"document": document, "sha256": checksum(document), "rewritten_at": at}
    session.connection().execute(update(Stored).where(*these).values(**values))


def _versions(workshop_id: UUID) -> Select[*tuple[Any, ...]]:
    """In the order of the fields of a version."""
    columns = (Stored.number, Stored.at, Stored.actor, Stored.sha256, Stored.rewritten_at)
    these = select_columns(*map(col, columns)).where(col(Stored.workshop_id) == workshop_id)
    return these.order_by(col(Stored.number).desc())
