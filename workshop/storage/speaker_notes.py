"""Speaker notes that a person wrote: one row per workshop and slide."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from workshop.domain.speaker_note import SpeakerNote
from workshop.storage import inserting
from workshop.storage.tables import SpeakerNote as Stored


def of(session: Session, workshop_id: UUID) -> dict[str, SpeakerNote]:
    """The notes by slide; a slide that nobody has written on is left out."""
    statement = select(Stored.slide, Stored.text, Stored.version).where(Stored.workshop_id == workshop_id)
    return {
        slide: SpeakerNote(text, version) for slide, text, version in session.exec(statement.order_by(Stored.slide))
    }


def put(session: Session, workshop_id: UUID, slide: str, note: SpeakerNote) -> None:
    """Write a note in the place of the one before. Whoever calls has the turn of the workshop."""
    values = {"text": note.text, "version": note.version}
    row = inserting.into(session, Stored).values(workshop_id=workshop_id, slide=slide, **values)
    session.connection().execute(row.on_conflict_do_update(index_elements=["workshop_id", "slide"], set_=values))
