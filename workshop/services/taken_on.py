"""What the people on a device have taken on: roles, offers, commitments, wishes. It differs from phone to phone."""

from __future__ import annotations

from typing import Any

from workshop.domain.consortium import Card
from workshop.domain.permissions import Sight
from workshop.domain.room import Person, WorkshopView
from workshop.services import cards, readiness, shown, turn
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database, Session
from workshop.storage import people as people_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage import wishes as wish_rows


def of(db: Database, pen: ParticipantBadge | ScribeBadge) -> dict[str, Any]:
    """Everybody on this device with what is theirs, offers to their cards by name, and whom they may wish to meet."""
    with db.reading() as session:
        view = turn.look(session, pen.workshop_id)
        found = cards.of(session, view)
        around = [people_rows.by_id(session, view.id, person) for person in readiness.speaks_for(pen)]
        people = [person for person in around if person is not None]
        may_wish = shown.may_see(view, Sight.COMMITMENTS)
        return {
            "people": [_person(session, person, found) for person in people],
            "offered": _offered(session, view, found, people) if shown.may_see(view, Sight.PITCHES) else [],
            "organisations": [
                {"id": each.id, "name": each.name, "side": each.side}
                for each in (wish_rows.present(session, view.id) if may_wish else ())
            ],
        }


def _person(session: Session, person: Person, found: tuple[Card, ...]) -> dict[str, Any]:
    rating = wish_rows.rating_of(session, person.id)
    return {
        "id": person.id,
        "name": person.name,
        "organisation": person.organisation,
        "side": person.side,
        "cards": {str(card.idea_id): mine for card in found if (mine := _on_card(card, person)) is not None},
        "offers": {str(idea): kinds for idea, kinds in pitch_rows.of_person(session, person.id).items()},
        "wishes": wish_rows.of_person(session, person.id),
        "rating": rating and {"stars": rating.stars, "comment": rating.comment},
    }


def _on_card(card: Card, person: Person) -> dict[str, Any] | None:
    """Role, and whether it is confirmed; ``changed``: the plan was changed since."""
    mine = next((member for member in card.members if member.participant_id == person.id), None)
    if mine is None:
        return None
    confirmed = mine.confirmed_at is not None
    changed = confirmed and mine.confirmed_version != card.plan.version
    return {"role": mine.role, "owner": card.owner(mine.side) is mine, "confirmed": confirmed, "changed": changed}


def _offered(
    session: Session, view: WorkshopView, found: tuple[Card, ...], people: list[Person]
) -> list[dict[str, Any]]:
    """Who offers help to the cards that these people are on: those who offer were told that they see the name."""
    here = {person.id for person in people}
    own = [card.idea_id for card in found if any(member.participant_id in here for member in card.members)]
    return [
        {
            "idea": each.idea_id,
            "kind": each.kind,
            "name": each.person.name,
            "organisation": each.person.organisation,
            "side": each.person.side,
        }
        for each in (pitch_rows.offers(session, view.id, own) if own else ())
    ]
