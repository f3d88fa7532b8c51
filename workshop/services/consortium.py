"""Consortia: people take a role on a card with one tap, agree on what comes next, and the desk fills gaps by name.

“This person is in on this idea in this role” is said, so a second tap is harmless. The database allows one lead per
side, so of two people who want to lead at the same moment one does, and the other reads who. Who is on a card may
change its next step and date; of two who change them at once the second one reads what the first wrote, and decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from workshop.domain import consortium as rules
from workshop.domain import permissions
from workshop.domain.consortium import Card, Member, Plan, Role
from workshop.domain.permissions import Act
from workshop.domain.room import Person, WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import cards, clock, turn
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.storage import Database, IntegrityError, Session, announce
from workshop.storage import consortium as rows
from workshop.storage import log as log_rows
from workshop.storage import people as people_rows

NOT_NOW = "The cards are closed now. What stands on them stays."


def join(db: Database, participant: ParticipantBadge, idea_id: UUID, role: Role | None) -> None:
    """Be in on an idea in this role, in place of the one before; None: leave the card."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        person = held(session, view, participant.participant_id)
        must_be_open(view)
        _put(session, view, cards.of_idea(session, view, idea_id), person, role)


def plan(
    db: Database,
    badge: ParticipantBadge | ModeratorBadge,
    idea_id: UUID,
    *,
    next_step: str,
    due: date | None,
    seen: int,
) -> Plan:
    """Write what comes next on a card and when; ``seen`` is the version that the form was filled from.

    The same plan sent again is the same plan. Raises Conflict when somebody else has written another one meanwhile.
    """
    with db.writing() as session:
        view = turn.take(session, badge.workshop_id)
        card = cards.of_idea(session, view, idea_id)
        if isinstance(badge, ParticipantBadge):
            must_be_open(view)
            if badge.participant_id not in {member.participant_id for member in card.members}:
                raise NotAllowed("Join this card first; then you can write what comes next.")
        before = rows.plan(session, view.id, idea_id)
        wanted = rules.checked(next_step, due, before=before, today=cards.today(view))
        if wanted == before:
            return before
        if before.version != seen:
            raise Conflict(
                "Somebody on this card was faster. Read their plan; yours is kept beside it until you decide."
            )
        after = replace(wanted, version=before.version + 1)
        rows.save(session, idea_id, after)
        if isinstance(badge, ModeratorBadge):
            _log(session, view, badge, "plan", idea_id, {"version": after.version})
        announce(session, view.id, "consortium")
        return after


def place(db: Database, moderator: ModeratorBadge, idea_id: UUID, participant_id: UUID, role: Role | None) -> None:
    """Put somebody on a card by name, or take them off. They still confirm it themselves."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        person = held(session, view, participant_id)
        if _put(session, view, cards.of_idea(session, view, idea_id), person, role):
            details = {"participant": str(participant_id), "role": role and role.value}
            _log(session, view, moderator, "place", idea_id, details)


def name_owner(db: Database, moderator: ModeratorBadge, idea_id: UUID, side: str, participant_id: UUID | None) -> None:
    """Let a member answer for their side in place of its lead; None: the lead does again."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        card = cards.of_idea(session, view, idea_id)
        on_the_side = {member.participant_id for member in card.members if member.side == side}
        if participant_id is not None and participant_id not in on_the_side:
            raise NotFound(f"Only somebody of {view.event.side(side).name} on this card can answer for that side.")
        rows.name_owner(session, idea_id, side, participant_id)
        details = {"side": side, "participant": participant_id and str(participant_id)}
        _log(session, view, moderator, "owner", idea_id, details)
        announce(session, view.id, "consortium")


def held(session: Session, view: WorkshopView, participant_id: UUID) -> Person:
    """The person, whom nobody moves or removes until the transaction ends."""
    people_rows.hold(session, view.id, [participant_id])
    person = people_rows.by_id(session, view.id, participant_id)
    if person is None:
        raise NotFound("This person is not in the workshop (any more).")
    return person


def must_be_open(view: WorkshopView) -> None:
    """Refuse where people may not change cards."""
    if Act.JOIN not in permissions.may(view.event, view.state, clock.now()):
        raise NotAllowed(NOT_NOW)


def _put(session: Session, view: WorkshopView, card: Card, person: Person, role: Role | None) -> bool:
    """Write the role, or take the person off the card; tell whether that changed anything."""
    before = next((member for member in card.members if member.participant_id == person.id), None)
    if role is (before and before.role):
        return False
    if role is None:
        rows.leave(session, card.idea_id, person.id)
    else:
        member = Member(person.id, person.name, person.organisation, person.side, role)
        try:
            with session.begin_nested():
                rows.put(session, view.id, card.idea_id, member, at=clock.now())
        except IntegrityError:
            raise Conflict(_led_by(session, view, card, person.side)) from None
    announce(session, view.id, "consortium")
    return True


def _led_by(session: Session, view: WorkshopView, card: Card, side: str) -> str:
    """Who leads already, by organisation: names appear with commitments only."""
    lead = replace(card, members=rows.members(session, view.id).get(card.idea_id, ())).lead(side)
    who = lead.organisation if lead is not None and lead.organisation else "Somebody"
    short = view.event.side(side).short
    return f"{who} leads #{card.number} for {short} already. Join in another role, or talk to them."


def _log(
    session: Session,
    view: WorkshopView,
    moderator: ModeratorBadge,
    verb: str,
    idea_id: UUID,
    details: Mapping[str, object],
) -> None:
    log_rows.record(
        session, view.id, actor=moderator.label, verb=verb, subject=str(idea_id), details=details, at=clock.now()
    )
