"""Speaker notes: the closing text made from the facts, and what a person wrote in its place, slide by slide."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from workshop.domain.frozen_report import checksum
from workshop.domain.room import Person
from workshop.domain.speaker_note import SLIDES, SpeakerNote, checked, without_name
from workshop.errors import Conflict, NotFound
from workshop.services import clock, turn
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.storage import Database, Session, announce
from workshop.storage import log as log_rows
from workshop.storage import speaker_notes as rows


def of(db: Database, badge: ModeratorBadge | OrganiserBadge) -> Mapping[str, SpeakerNote]:
    """What people wrote, by slide."""
    with db.reading() as session:
        return rows.of(session, badge.workshop_id)


def write(db: Database, badge: ModeratorBadge | OrganiserBadge, slide: str, text: str, *, seen: int) -> SpeakerNote:
    """Write what is said on a slide; an empty text brings back the sentences made from the facts.

    The same text sent again changes nothing. Raises Conflict when somebody else wrote since ``seen``.
    """
    if slide not in SLIDES:
        raise NotFound("There is no such slide. Reload this page.")
    wanted = checked(text)
    with db.writing() as session:
        view = turn.take(session, badge.workshop_id)
        before = rows.of(session, view.id).get(slide, SpeakerNote())
        if before.text == wanted:
            return before
        if before.version != seen:
            raise Conflict("Somebody else wrote on this slide a moment ago. Copy your text and reload this page.")
        note = SpeakerNote(wanted, before.version + 1)
        rows.put(session, view.id, slide, note)
        log_rows.record(
            session,
            view.id,
            actor=badge.label,
            verb="speaker-note",
            subject=slide,
            details={"sha256": checksum(wanted)},
            at=clock.now(),
        )
        announce(session, view.id, "moderation")
    return note


def erase(session: Session, workshop_id: UUID, person: Person) -> None:
    """Take a person's name out of the notes. Whoever calls has the turn of the workshop."""
    for slide, note in rows.of(session, workshop_id).items():
        text = without_name(note.text, person.name)
        if text != note.text:
            rows.put(session, workshop_id, slide, SpeakerNote(text, note.version + 1))
