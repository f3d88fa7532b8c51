"""Which ideas go on: append-only versions of one list per workshop."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from workshop.domain.going_on import GoingOn
from workshop.storage.prepared import prepared
from workshop.storage.tables import GoingOnVersion, table_of


def newest(session: Session, workshop_id: UUID) -> GoingOn:
    """The list as it stands; empty at version 0 before anybody picked."""
    row = _newest(session, workshop_id).first()
    return GoingOn() if row is None else _list(row.version, row.body)


def before(session: Session, workshop_id: UUID) -> GoingOn | None:
    """The list before the newest change; None when there is none, or when it was an undo already."""
    rows = _newest(session, workshop_id).fetchmany(2)
    if not rows or rows[0].action == "undo":
        return None
    return _list(rows[1].version, rows[1].body) if len(rows) > 1 else GoingOn()


def append(session: Session, workshop_id: UUID, after: GoingOn, *, action: str, at: datetime) -> None:
    """Write the next version. Two who write the same number: the second one raises IntegrityError."""
    body = {"ideas": list(map(str, after.ideas)), "wild_card": after.wild_card and str(after.wild_card)}
    session.add(GoingOnVersion(workshop_id=workshop_id, version=after.version, action=action, body=body, at=at))
    session.flush()


def _list(version: int, body: dict[str, list[str] | str | None]) -> GoingOn:
    wild = body["wild_card"]
    return GoingOn(version, tuple(map(UUID, body["ideas"] or ())), UUID(wild) if isinstance(wild, str) else None)


@prepared
def _newest(workshop_id: UUID) -> Executable:
    return (
        select_columns(table_of(GoingOnVersion))
        .where(col(GoingOnVersion.workshop_id) == workshop_id)
        .order_by(col(GoingOnVersion.version).desc())
        .limit(2)
    )
