"""Consortium cards as they are read: the ideas that go on, with their members and their plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from workshop.domain.consortium import Card, Plan
from workshop.domain.permissions import Sight
from workshop.domain.room import WorkshopView
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, going_on, shown, turn
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.storage import Database, Session
from workshop.storage import consortium as rows
from workshop.storage import going_on as going_on_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage.pitches import Offered


@dataclass(frozen=True, slots=True)
class DeskCards:
    """The cards with every name, and who offers help: for those who run the room."""

    cards: tuple[Card, ...]
    offers: tuple[Offered, ...]
    today: date


def of(session: Session, view: WorkshopView) -> tuple[Card, ...]:
    """The cards in the order of picking; none before the step that opens them."""
    if not shown.may_see(view, Sight.CARDS):
        return ()
    members, plans = rows.members(session, view.id), rows.plans(session, view.id)
    wild_card = going_on_rows.newest(session, view.id).wild_card
    return tuple(
        Card(
            idea_id=idea.id,
            number=idea.number,
            title=idea.title,
            members=members.get(idea.id, ()),
            plan=plans.get(idea.id, Plan()),
            wild_card=idea.id == wild_card,
        )
        for idea in going_on.ideas(session, view)
    )


def on_the_desk(db: Database, badge: ModeratorBadge | OrganiserBadge) -> DeskCards:
    """The cards with the names on them."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        found = of(session, view)
        offers = pitch_rows.offers(session, view.id, [card.idea_id for card in found])
        return DeskCards(found, tuple(offers), today(view))


def of_idea(session: Session, view: WorkshopView, idea_id: UUID) -> Card:
    """One card, or a sentence that there is none."""
    found = {card.idea_id: card for card in of(session, view)}
    if not shown.may_see(view, Sight.CARDS):
        raise NotAllowed("The cards are not open in this step. What is on them stays.")
    if idea_id not in found:
        raise NotFound("This idea does not go on (any more). Look at the list again.")
    return found[idea_id]


def today(view: WorkshopView) -> date:
    """The day in the event's time zone."""
    return clock.now().astimezone(ZoneInfo(view.event.time_zone)).date()
