"""The append-only log: how an entry is written in the transaction that did the thing, and read again.

The database itself refuses to change or delete an entry, unless the whole workshop is purged: migration 0002.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, insert, update
from sqlmodel import Session, col, select

from workshop.domain.log import BEGINNING, Entry, seal
from workshop.storage.prepared import prepared
from workshop.storage.tables import LogEntry, Workshop, table_of


def record(  # noqa: PLR0913  an entry has that many columns
    session: Session,
    workshop_id: UUID,
    *,
    actor: str,
    verb: str,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    """Append an entry. Counting it first locks the workshop's row, so that entries form one line on every database."""
    sequence, previous = _count(session, workshop_id).one()
    unsealed = Entry(
        sequence=sequence,
        at=at.astimezone(UTC),
        actor=actor,
        verb=verb,
        subject=subject,
        details=dict(details or {}),
        previous_hash=previous,
        hash=BEGINNING,
    )
    entry = replace(unsealed, hash=seal(workshop_id, unsealed))
    row = {"id": uuid4(), "workshop_id": workshop_id, **asdict(entry)}
    session.connection().execute(_APPEND, row)
    _seal(session, workshop_id, entry.hash)


def entries(session: Session, workshop_id: UUID) -> tuple[Entry, ...]:
    """The whole log of a workshop, oldest first."""
    statement = select(LogEntry).where(LogEntry.workshop_id == workshop_id).order_by(col(LogEntry.sequence))
    return tuple(
        Entry(
            sequence=row.sequence,
            at=row.at,
            actor=row.actor,
            verb=row.verb,
            subject=row.subject,
            details=row.details,
            previous_hash=row.previous_hash,
            hash=row.hash,
        )
        for row in session.exec(statement.execution_options(populate_existing=True))
    )


@prepared
def _count(workshop_id: UUID) -> Executable:
    return (
        update(Workshop)
        .where(col(Workshop.id) == workshop_id)
        .values(log_length=col(Workshop.log_length) + 1)
        .returning(col(Workshop.log_length), col(Workshop.log_head))
    )


_APPEND = insert(table_of(LogEntry))


@prepared
def _seal(workshop_id: UUID, head: str) -> Executable:
    return update(Workshop).where(col(Workshop.id) == workshop_id).values(log_head=head)


def head(session: Session, workshop_id: UUID) -> tuple[str, int]:
    """The newest hash and the number of entries, as the workshop's own row counts them."""
    statement = select(Workshop.log_head, Workshop.log_length).where(Workshop.id == workshop_id)
    return session.exec(statement).first() or (BEGINNING, 0)
