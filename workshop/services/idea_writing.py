"""How a change of an idea is found, allowed, written, logged and announced: the steps that all its verbs share."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from workshop.domain.idea import Idea, Writer
from workshop.domain.room import Person, WorkshopView
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, routing
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Session, announce
from workshop.storage import ideas as rows
from workshop.storage import log as log_rows
from workshop.storage import people as people_rows

AuthorBadge = ParticipantBadge | ScribeBadge

SOMEBODY = "participant"
"""How the log calls the people in the room: at two of three levels of anonymity nobody may learn whose idea it is."""

GONE = "This idea does not exist (any more). Please look at your list of ideas."


def found(session: Session, view: WorkshopView, idea_id: UUID) -> Idea:
    """The idea, or a sentence that there is none."""
    idea = rows.by_id(session, view.id, idea_id)
    if idea is None:
        raise NotFound(GONE)
    return idea


def person(session: Session, participant: ParticipantBadge) -> Person:
    """The person behind a badge, at the table where they sit now."""
    known = people_rows.by_id(session, participant.workshop_id, participant.participant_id)
    if known is None:
        raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
    return known


def writer(session: Session, badge: AuthorBadge) -> Writer:
    """Who holds the pen: one person, or the tablet for the people around it."""
    if isinstance(badge, ScribeBadge):
        return Writer(frozenset(badge.people), badge.table_id, tablet=True)
    known = person(session, badge)
    return Writer(frozenset({known.id}), known.table_id)


def must_be_before_the_vote(view: WorkshopView) -> None:
    """Refuse once voting has opened, also after a step back: people gave dots to what they read."""
    if view.state.voting_opened_at is not None:
        raise NotAllowed("Voting has opened, so every idea stays as people read it.")


def save(
    session: Session, view: WorkshopView, idea: Idea, *, verb: str, details: Mapping[str, object], actor: str = SOMEBODY
) -> None:
    """Write a changed idea."""
    rows.save(session, idea)
    tell(session, view, idea, verb=verb, details=details, actor=actor)


def tell(
    session: Session, view: WorkshopView, idea: Idea, *, verb: str, details: Mapping[str, object], actor: str = SOMEBODY
) -> None:
    """Log and announce what was done to an idea. Details hold numbers, ids and hashes, never a text or a name."""
    log_rows.record(session, view.id, actor=actor, verb=verb, subject=str(idea.id), details=details, at=clock.now())
    announce(session, view.id, "counters")
    if idea.table_id is not None:
        announce(session, view.id, f"table:{idea.table_id}")
    if idea.published_at is not None:
        announce(session, view.id, "board", "results", "consortium", "pitch", "wall")
    routing.idea_changed(session, view, idea)
