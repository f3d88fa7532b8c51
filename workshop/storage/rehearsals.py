"""Rehearsals that were begun from a desk: what the logs of their workshops say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, select
from sqlmodel import Session, col

from workshop.storage.prepared import prepared
from workshop.storage.tables import LogEntry, Workshop

VERB = "rehearse"


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry about a rehearsal: the workshop that it plays in, and the one that it was begun from."""

    workshop_id: UUID
    code: str
    begun_from: UUID
    at: datetime
    details: Mapping[str, Any]


def noted(session: Session) -> Sequence[Noted]:
    """All entries about rehearsals that were begun from a desk, oldest first."""
    return [Noted(row[0], row[1], UUID(row[2]), row[3], row[4]) for row in _noted(session)]


@prepared
def _noted() -> Executable:
    """There are few rehearsals, mostly none, so the logs of real workshops are not looked at."""
    return (
        select(col(Workshop.id), col(Workshop.code), col(LogEntry.subject), col(LogEntry.at), col(LogEntry.details))
        .join(LogEntry, col(LogEntry.workshop_id) == col(Workshop.id))
        .where(col(Workshop.rehearsal), col(LogEntry.verb) == VERB)
        .order_by(col(Workshop.created_at), col(Workshop.id), col(LogEntry.sequence))
    )
