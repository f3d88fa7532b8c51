"""Which picture of the results stands on the wall: one word per workshop."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from workshop.storage import inserting
from workshop.storage.tables import WallPicture


def of(session: Session, workshop_id: UUID) -> str:
    """The chosen picture, or an empty text."""
    statement = select(WallPicture.picture).where(WallPicture.workshop_id == workshop_id)
    return session.exec(statement).first() or ""


def put(session: Session, workshop_id: UUID, picture: str) -> None:
    """Choose a picture, in place of the one before."""
    insert = inserting.into(session, WallPicture).values(workshop_id=workshop_id, picture=picture)
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=["workshop_id"], set_={"picture": picture})
    )
