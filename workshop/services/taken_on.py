"""What the people on a device have taken on: roles, offers, commitments, wishes. It differs from phone to phone.

A whole room asks for it when a step opens, so only what is one's own is read; the cards themselves are a topic.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from workshop.domain.build import BuildKind
from workshop.domain.consortium import Member, Plan
from workshop.domain.permissions import Sight
from workshop.domain.room import Person, WorkshopView
from workshop.services import readiness, shown, turn
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database, Session
from workshop.storage import builds as build_rows
from workshop.storage import consortium as card_rows
from workshop.storage import going_on as going_on_rows
from workshop.storage import people as people_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage import wishes as wish_rows

Mine = Mapping[UUID, Member]


def of(db: Database, pen: ParticipantBadge | ScribeBadge) -> dict[str, Any]:
    """Everybody on this device with what is theirs, offers to their cards by name, and whom they may wish to meet."""
    with db.reading() as session:
        view = turn.look(session, pen.workshop_id)
        picked = going_on_rows.newest(session, view.id).ideas if shown.may_see(view, Sight.CARDS) else ()
        plans = card_rows.plans(session, view.id)
        around = [people_rows.by_id(session, view.id, person) for person in readiness.speaks_for(pen)]
        roles = {person: _roles(session, person, picked) for person in around if person is not None}
        own = {idea for mine in roles.values() for idea in mine}
        return {
            "people": [_person(session, person, mine, plans) for person, mine in roles.items()],
            "offered": _offered(session, view, own),
            "organisations": _organisations(session, view),
        }


def _roles(session: Session, person: Person, picked: Collection[UUID]) -> Mine:
    return {idea: mine for idea, mine in card_rows.of_person(session, person.id).items() if idea in picked}


def _person(session: Session, person: Person, roles: Mine, plans: Mapping[UUID, Plan]) -> dict[str, Any]:
    rating = wish_rows.rating_of(session, person.id)
    return {
        "id": person.id,
        "name": person.name,
        "organisation": person.organisation,
        "side": person.side,
        "cards": {str(idea): _role(mine, plans.get(idea, Plan())) for idea, mine in roles.items()},
        "would_join": _would_join(session, person),
        "offers": {str(idea): kinds for idea, kinds in pitch_rows.of_person(session, person.id).items()},
        "wishes": wish_rows.of_person(session, person.id),
        "rating": rating and {"stars": rating.stars, "comment": rating.comment},
    }


def _would_join(session: Session, person: Person) -> list[UUID]:
    """The ideas that this person wrote they would join: their phone asks them first for a role there."""
    written = build_rows.of_author(session, person.id)
    return [build.idea_id for build in written if build.kind is BuildKind.JOIN and build.stands]


def _role(mine: Member, plan: Plan) -> dict[str, Any]:
    """A role, and whether it is confirmed; ``changed``: the plan was changed since."""
    confirmed = mine.confirmed_at is not None
    changed = confirmed and mine.confirmed_version != plan.version
    return {"role": mine.role, "confirmed": confirmed, "changed": changed}


def _offered(session: Session, view: WorkshopView, own: Collection[UUID]) -> list[dict[str, Any]]:
    """Who offers help to the cards that these people are on: those who offer were told that they see the name."""
    if not own or not shown.may_see(view, Sight.PITCHES):
        return []
    return [
        {
            "idea": each.idea_id,
            "kind": each.kind,
            "name": each.person.name,
            "organisation": each.person.organisation,
            "side": each.person.side,
        }
        for each in pitch_rows.offers(session, view.id, own)
    ]


def _organisations(session: Session, view: WorkshopView) -> list[dict[str, Any]]:
    if not shown.may_see(view, Sight.COMMITMENTS):
        return []
    present = wish_rows.present(session, view.id)
    return [{"id": each.id, "name": each.name, "side": each.side} for each in present]
