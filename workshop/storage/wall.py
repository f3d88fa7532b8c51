"""What a person decided about the wall: one row per workshop, with what it was before."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from workshop.domain.wall_control import WallControl
from workshop.storage import inserting
from workshop.storage.prepared import prepared
from workshop.storage.tables import Wall, table_of


def control(session: Session, workshop_id: UUID) -> WallControl:
    """What holds for the wall now."""
    row = _row(session, workshop_id).first()
    return WallControl() if row is None else _control(row.version, row.body)


def last_change(session: Session, workshop_id: UUID) -> tuple[WallControl, datetime] | None:
    """What held before the last change, and when it was made; None when that was an undo, or nothing was changed."""
    row = _row(session, workshop_id).first()
    return None if row is None or not row.before else (_control(row.version - 1, row.before), row.changed_at)


def save(session: Session, workshop_id: UUID, after: WallControl, *, before: WallControl | None, at: datetime) -> None:
    """Write what holds from now on; without ``before`` it cannot be undone. Whoever writes has taken the workshop."""
    values = {
        "version": after.version,
        "body": _document(after),
        "before": {} if before is None else _document(before),
        "changed_at": at,
    }
    row = inserting.into(session, Wall).values(workshop_id=workshop_id, **values)
    session.connection().execute(row.on_conflict_do_update(index_elements=["workshop_id"], set_=values))


def _document(control: WallControl) -> dict[str, Any]:
    """The same as plain JSON: ids become texts."""
    body = {"step": control.step, "kept": dict(control.kept), "spotlight": control.spotlight}
    plain: dict[str, Any] = json.loads(json.dumps(body, default=str))
    return plain


def _control(version: int, body: dict[str, Any]) -> WallControl:
    spotlight = UUID(body["spotlight"]) if body["spotlight"] else None
    return WallControl(version, body["step"], body["kept"], spotlight)


@prepared
def _row(workshop_id: UUID) -> Executable:
    return select_columns(table_of(Wall)).where(col(Wall.workshop_id) == workshop_id)
