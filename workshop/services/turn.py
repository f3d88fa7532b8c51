"""A transaction's view of its workshop: the step is read again inside it, so that a closing is exact."""

from __future__ import annotations

from uuid import UUID

from workshop.domain.room import WorkshopView
from workshop.errors import NotFound
from workshop.storage import Session
from workshop.storage import ideas as idea_rows
from workshop.storage import workshops as workshop_rows


def look(session: Session, workshop_id: UUID) -> WorkshopView:
    """The workshop, for a transaction that only reads."""
    return _found(workshop_rows.by_id(session, workshop_id))


def hold(session: Session, workshop_id: UUID) -> WorkshopView:
    """The workshop with its step held: nobody closes it before this transaction ends; others may hold it as well."""
    return _found(workshop_rows.by_id(session, workshop_id, hold=True))


def take(session: Session, workshop_id: UUID) -> WorkshopView:
    """The workshop for one who changes its ideas: the step is held, and no other idea changes meanwhile.

    Numbers, limits and the log need one writer at a time; a room writes a few ideas per second at most.
    """
    idea_rows.take_turn(session, workshop_id)
    return look(session, workshop_id)


def _found(view: WorkshopView | None) -> WorkshopView:
    if view is None:
        raise NotFound("This workshop was removed.")
    return view
