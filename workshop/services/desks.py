"""Desks: a moderator goes from the desk of a workshop to that of its rehearsal and back, in the same browser.

A browser holds one role of a kind at a time, by its cookie. Which workshop that is may be changed by whoever holds the
role in both; a rehearsal counts as the workshop that it was begun from.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from workshop.errors import NotAllowed
from workshop.services import access, clock
from workshop.storage import Database, Session
from workshop.storage import grants as rows
from workshop.storage import log as log_rows
from workshop.storage import rehearsals as rehearsal_rows
from workshop.storage import workshops as workshop_rows
from workshop.storage.grants import GrantRow

_NOT_YOURS = "This browser has no desk in this room. Open your moderator link; ask the organiser for a new one."


def sit_down(db: Database, code: str, *, device: str) -> UUID:
    """The grant by which this device is moderator in the room with this code.

    For a rehearsal that was begun from a workshop whose moderator it is, one is made, for this device only. A code that
    nobody has gets the same answer as one of somebody else.
    """
    holder = access.hash_of(device)
    with db.writing() as session:
        view = workshop_rows.by_code(session, code.upper())
        if view is None:
            raise NotAllowed(_NOT_YOURS)
        held = rows.of_device(session, view.id, "moderator", device_hash=holder)
        if held is None and view.rehearsal and _moderates_the_original(session, view.id, holder):
            held = _carry_over(session, view.id, holder)
    if held is None:
        raise NotAllowed(_NOT_YOURS)
    return held.id


def _moderates_the_original(session: Session, rehearsal_id: UUID, holder: str) -> bool:
    noted = next((each for each in rehearsal_rows.noted(session) if each.workshop_id == rehearsal_id), None)
    return noted is not None and (
        rows.of_device(session, noted.begun_from, "moderator", device_hash=holder) is not None
    )


def _carry_over(session: Session, rehearsal_id: UUID, holder: str) -> GrantRow | None:
    """A one-time link that nobody ever saw, used by this device."""
    unseen, now = access.hash_of(secrets.token_urlsafe(16)), clock.now()
    rows.add(session, rehearsal_id, role="moderator", token_hash=unseen, at=now)
    grant = rows.claim(session, unseen, device_hash=holder, at=now)
    if grant is not None:
        log_rows.record(
            session,
            rehearsal_id,
            actor="moderator",
            verb="claim",
            subject=str(grant.id),
            details={"role": "moderator"},
            at=now,
        )
    return grant
