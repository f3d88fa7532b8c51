"""Introductions: what people offer, look for, and where they are from. Said as a whole, so saying it twice is harmless.

“This person offers these, looks for those and is from there” takes the place of what was said before: editing is saying
it again, taking back is leaving a line out. Others see offers and needs at the workshop's level of anonymity, from the
warm-up on; a line that the moderator hides stays with its author.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from workshop.domain import introduction as rules
from workshop.domain import permissions
from workshop.domain.introduction import Introduction
from workshop.domain.permissions import Act
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, shown_people, turn
from workshop.services.access import Badge, ModeratorBadge, ParticipantBadge
from workshop.services.shown_people import Silent, ToldLine, WhoIsHere
from workshop.storage import Database, announce
from workshop.storage import drafts as draft_rows
from workshop.storage import introductions as rows
from workshop.storage import log as log_rows
from workshop.storage import people as people_rows

DRAFT = "introduction"
"""The place where a phone keeps what is typed and not saved yet."""


@dataclass(frozen=True, slots=True)
class Own:
    """A person's introduction as it is saved, and what was typed since, if it is not saved yet."""

    said: Introduction
    draft: Mapping[str, Any] | None
    most: int
    open: bool


def say(db: Database, participant: ParticipantBadge, said: Introduction) -> Own:
    """Introduce oneself, in place of what was said before. The draft is gone with it."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        if not people_rows.hold(session, view.id, [participant.participant_id]):
            raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
        if Act.INTRODUCE not in permissions.may(view.event, view.state, clock.now()):
            raise NotAllowed("The warm-up is not open now. What you saved before it closed stays.")
        most = view.event.limits.offers_per_person
        normal = rules.checked(said, most=most)
        if rows.put(session, view.id, participant.participant_id, normal, at=clock.now()):
            announce(session, view.id, "introductions")
        draft_rows.discard(session, participant.participant_id, DRAFT)
    return Own(normal, None, most, open=True)


def own(db: Database, participant: ParticipantBadge) -> Own:
    """What a person has said, and what stands unsaved in the form."""
    with db.reading() as session:
        view = turn.look(session, participant.workshop_id)
        return Own(
            rows.of_person(session, participant.participant_id),
            draft_rows.read(session, participant.participant_id, DRAFT),
            view.event.limits.offers_per_person,
            Act.INTRODUCE in permissions.may(view.event, view.state, clock.now()),
        )


def who_is_here(db: Database, badge: Badge) -> WhoIsHere:
    """The room in numbers: sides, sectors, organisations, and where people are from."""
    with db.reading() as session:
        return shown_people.who_is_here(session, turn.look(session, badge.workshop_id))


def lines(db: Database, moderator: ModeratorBadge) -> tuple[ToldLine, ...]:
    """Every offer and need, hidden ones too, the newest first; nothing before the warm-up."""
    with db.reading() as session:
        return shown_people.lines(session, turn.look(session, moderator.workshop_id))


def silent(db: Database, moderator: ModeratorBadge) -> tuple[Silent, ...]:
    """Who has written no offer and no need yet, table by table."""
    with db.reading() as session:
        return shown_people.silent(session, turn.look(session, moderator.workshop_id))


def hide(db: Database, moderator: ModeratorBadge, line_id: UUID, *, hidden: bool) -> None:
    """Take a line off the wall and out of the report, or bring it back."""
    with db.writing() as session:
        view = turn.hold(session, moderator.workshop_id)
        if not rows.hide(session, view.id, line_id, at=clock.now() if hidden else None):
            raise NotFound("This line was taken back by its author.")
        verb = "hide_line" if hidden else "restore_line"
        log_rows.record(
            session, view.id, actor=moderator.label, verb=verb, subject=str(line_id), details={}, at=clock.now()
        )
        announce(session, view.id, "introductions")
