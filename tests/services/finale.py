"""A room in its last steps: three ideas with votes, people of both sides, cards that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.services.room import Room
from workshop.domain.consortium import Role
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.services import consortium, going_on, taken_on, topics, votes
from workshop.services.access import ParticipantBadge
from workshop.storage import Database, revisions_of


@dataclass
class Finale:
    """Ada and Cy come from the EU, Bo and Dee from the US; idea 1 is liked by both sides, 2 by one, 3 by nobody."""

    room: Room
    ideas: tuple[Idea, ...]
    ada: ParticipantBadge
    bo: ParticipantBadge
    cy: ParticipantBadge
    dee: ParticipantBadge

    @property
    def db(self) -> Database:
        return self.room.db

    def body(self, topic: str) -> dict[str, Any]:
        """What screens are sent."""
        return topics.payload(self.db, self.room.id, topic).body

    def card(self, place: int = 0) -> dict[str, Any]:
        """A card as the room sees it."""
        found: dict[str, Any] = self.body("consortium")["cards"][place]
        return found

    def mine(self, badge: ParticipantBadge) -> dict[str, Any]:
        """What one person's phone is told of that person."""
        found: dict[str, Any] = taken_on.of(self.db, badge)["people"][0]
        return found

    def joins(self, badge: ParticipantBadge, role: Role | None = Role.PARTNER, place: int = 0) -> None:
        consortium.join(self.db, badge, self.ideas[place].id, role)

    def revision(self, topic: str) -> int:
        with self.db.reading() as session:
            return revisions_of(session, self.room.id).get(topic, 0)

    def picks(self, *places: int) -> None:
        for place in places:
            seen = going_on.choice(self.db, self.room.moderator).going_on.version
            going_on.pick(self.db, self.room.moderator, self.ideas[place].id, seen=seen)

    @property
    def going(self) -> list[UUID]:
        return [idea.id for idea in going_on.choice(self.db, self.room.moderator).picked]


def a_finale(db: Database, kind: StepKind = StepKind.CONSORTIUM, *, picked: int = 2) -> Finale:
    """The room in this step, after somebody has picked so many ideas."""
    room = Room(db, published_per_table=12)
    ada = room.joins("Ada Ek", organisation="Port of Aarhus")
    bo = room.joins("Bo Lee", side="us", table=1, organisation="Bay Cluster")
    cy = room.joins("Cy Novak", table=2, organisation="Clean Valley")
    dee = room.joins("Dee Moss", side="us", table=3, organisation="Ohio Hub")
    room.opens(StepKind.SHARE)
    ideas = tuple(room.has_sent(ada, f"Idea {number}", published=True) for number in (1, 2, 3))
    room.opens(StepKind.VOTE)
    for badge, place in ((ada, 0), (bo, 0), (cy, 0), (cy, 1)):
        votes.cast(db, badge, ideas[place].id, dots=1)
    room.opens(StepKind.REVEAL)
    finale = Finale(room, ideas, ada, bo, cy, dee)
    finale.picks(*range(picked))
    if kind is not StepKind.REVEAL:
        room.opens(kind)
    return finale
