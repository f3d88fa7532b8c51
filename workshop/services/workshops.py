"""Workshops: starting one from an event, finding it again, clearing rehearsals."""

from __future__ import annotations

import secrets
from pathlib import Path
from uuid import uuid4

from workshop.domain import steps
from workshop.domain.event import Event
from workshop.domain.event_file import read_event
from workshop.domain.room import WorkshopView
from workshop.errors import Invalid, NotFound
from workshop.services import clock
from workshop.services.access import Badge, OrganiserBadge
from workshop.storage import Database, Session
from workshop.storage import workshops as rows

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""The alphabet of room codes: without 0 O 1 I L, which look alike on a wall."""

CODE_LENGTH = 6


def create(db: Database, event_text: str, *, source: str = "the event", rehearsal: bool = False) -> WorkshopView:
    """Start a workshop from the text of an event file. Its first step is open, its clock has not started."""
    event = read_event(event_text, source=source)
    with db.writing() as session:
        return start(session, event, event_text, rehearsal=rehearsal)


def start(session: Session, event: Event, event_text: str, *, rehearsal: bool) -> WorkshopView:
    """The same in the transaction of somebody who has read the event already."""
    now = clock.now()
    view = WorkshopView(
        id=uuid4(),
        code=_unused_code(session),
        join_token=secrets.token_urlsafe(16),
        event=event,
        rehearsal=rehearsal,
        anonymity=event.anonymity,
        created_at=now,
        state=steps.first_state(event, now),
        log_head="",
    )
    rows.add(session, view, event_text=event_text)
    return view


def resume_or_create(db: Database, event_file: Path) -> WorkshopView:
    """The newest workshop that is no rehearsal, as a restart must find it; a new one when there is none.

    Replicas that start at the same moment find the same one.
    """
    with db.reading() as session:
        found = rows.every(session, rehearsals=False)
    if found:
        return found[0]
    text = event_text(event_file)
    event = read_event(text, source=event_file.name)
    with db.writing() as session:
        rows.wait_for_other_starts(session)
        found = rows.every(session, rehearsals=False)
        return found[0] if found else start(session, event, text, rehearsal=False)


def event_text(event_file: Path) -> str:
    """The text of an event file, or a sentence that it cannot be read."""
    try:
        return event_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The event file {event_file} cannot be read. Check ROUNDTABLE_EVENT.") from error


def of(db: Database, badge: Badge) -> WorkshopView:
    """The workshop that a badge belongs to."""
    with db.reading() as session:
        found = rows.by_id(session, badge.workshop_id)
    if found is None:
        raise NotFound("This workshop has ended and was removed. Ask for the new room code.")
    return found


def find(db: Database, code: str) -> WorkshopView | None:
    """The workshop with this room code, however it was typed, or with this join token."""
    with db.reading() as session:
        return rows.by_code(session, code.strip()) or rows.by_code(session, normal_code(code))


def every(db: Database, *, rehearsals: bool | None = None) -> tuple[WorkshopView, ...]:
    """All workshops, newest first."""
    with db.reading() as session:
        return rows.every(session, rehearsals=rehearsals)


def clear_rehearsals(db: Database) -> int:
    """Remove every rehearsal and all that was played in it; real workshops stay. Gives how many were removed."""
    with db.writing() as session:
        played = rows.every(session, rehearsals=True)
        for view in played:
            rows.remove(session, view.id)
    return len(played)


def start_again(db: Database, organiser: OrganiserBadge, event_text: str, *, source: str) -> WorkshopView:
    """Start another workshop, for example with a corrected event file. The earlier one stays as it is."""
    of(db, organiser)
    return create(db, event_text, source=source)


def normal_code(text: str) -> str:
    """A room code as it is stored: capitals, without the spaces and dashes that people type."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _unused_code(session: Session) -> str:
    for _ in range(50):
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if rows.by_code(session, code) is None:
            return code
    raise Invalid("No free room code was found. Clear old rehearsals and try again.")
