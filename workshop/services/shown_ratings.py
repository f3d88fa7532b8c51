"""What may be seen of ratings: how many there are, and from Reveal on what they say."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain.rating import RatedIdea, rated_ideas
from workshop.domain.room import WorkshopView
from workshop.services import shown
from workshop.storage import Session
from workshop.storage import ratings as rows
from workshop.storage import votes as vote_rows


@dataclass(frozen=True, slots=True)
class SideRatings:
    """How many people of a side have rated anything, of how many who joined."""

    side: str
    name: str
    rated: int
    of: int


@dataclass(frozen=True, slots=True)
class RatingTurnout:
    """Who has rated, in numbers only: ``answered`` of the ``dealt`` ideas, and people by side."""

    answered: int
    dealt: int
    by_side: tuple[SideRatings, ...]


def turnout(session: Session, view: WorkshopView) -> RatingTurnout:
    """How much is rated: all that anybody may know before the results."""
    found, people = rows.turnout(session, view.id), vote_rows.people(session, view.id)
    return RatingTurnout(
        answered=sum(side.answered for side in found.values()),
        dealt=sum(side.dealt for side in found.values()),
        by_side=tuple(
            SideRatings(
                side.key, side.name, found[side.key].people if side.key in found else 0, people.get(side.key, 0)
            )
            for side in view.event.sides
        ),
    )


def results(session: Session, view: WorkshopView) -> tuple[RatedIdea, ...]:
    """Every idea on the board with its marks; empty in a room that rates nothing. Refused before they are revealed."""
    shown.must_be_revealed(view)
    said = rows.said(session, view.id)
    return rated_ideas((idea.number for idea in vote_rows.on_board(session, view.id)), said) if said else ()
