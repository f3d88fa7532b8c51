"""Ratings: each person is dealt a few ideas and says how much each would change and how well it can be done.

“This person gives this idea these marks” is said, never “one more”, so a second tap is harmless, and marks can be
changed until the step closes. Nobody, whatever their role, can read an average before the results are revealed.

Hands are dealt one after the other (`turn.take`), so that the count of each idea is exact however many phones ask in
the same second. When an idea of a hand leaves the board, the person is dealt another one the next time their phone
asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.dealing import deal
from workshop.domain.permissions import Act
from workshop.domain.rating import MARKS, RatedIdea, Said
from workshop.domain.room import WorkshopView
from workshop.errors import Invalid, NotAllowed, NotFound
from workshop.services import clock, shown_ratings, turn
from workshop.services.access import Badge, ParticipantBadge
from workshop.services.shown_ratings import RatingTurnout
from workshop.storage import Database, Session, announce
from workshop.storage import people as people_rows
from workshop.storage import ratings as rows
from workshop.storage.ratings import Dealt

_GONE = "You were removed from this workshop. Scan the code on the wall to join again."


@dataclass(frozen=True, slots=True)
class Hand:
    """The ideas that a person was dealt, in that order, with what they say of each. ``open``: it may be changed now."""

    ideas: tuple[Dealt, ...]
    open: bool


def hand(db: Database, participant: ParticipantBadge) -> Hand:
    """The person's hand, dealt when they ask for the first time; empty before the step opens."""
    with db.reading() as session:
        view = turn.look(session, participant.workshop_id)
        held, is_open = rows.hand(session, participant.participant_id), _is_open(view)
    if is_open and len(held) < view.event.limits.ideas_to_rate:
        return _dealt(db, participant)
    return Hand(held, is_open)


def say(db: Database, participant: ParticipantBadge, idea_id: UUID, said: Said) -> Hand:
    """Give an idea these marks, or say that one cannot judge it, in place of what was said before."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        if not people_rows.hold(session, view.id, [participant.participant_id]):
            raise NotFound(_GONE)
        if not _is_open(view):
            raise NotAllowed("Rating is not open now. What you said before it closed counts.")
        if not {said.impact, said.feasibility} <= {None, *MARKS}:
            raise Invalid(f"A mark is a number from {MARKS[0]} to {MARKS[-1]}. Please choose one.")
        before = {each.idea_id: each.said for each in rows.hand(session, participant.participant_id)}
        if idea_id not in before:
            raise NotFound("This idea is not one of yours to rate (any more).")
        if said != before[idea_id] and rows.put(session, participant.participant_id, idea_id, said):
            announce(session, view.id, "ratings")
        return Hand(rows.hand(session, participant.participant_id), open=True)


def turnout(db: Database, badge: Badge) -> RatingTurnout:
    """How much is rated, by side."""
    with db.reading() as session:
        return shown_ratings.turnout(session, turn.look(session, badge.workshop_id))


def results(db: Database, badge: Badge) -> tuple[RatedIdea, ...]:
    """What the raters say of each idea. Raises NotAllowed for every badge before the results are revealed."""
    with db.reading() as session:
        return shown_ratings.results(session, turn.look(session, badge.workshop_id))


def _dealt(db: Database, participant: ParticipantBadge) -> Hand:
    with db.writing() as session:
        view = turn.take(session, participant.workshop_id)
        who = participant.participant_id
        if not people_rows.hold(session, view.id, [who]):
            raise NotFound(_GONE)
        held = rows.hand(session, who)
        if _is_open(view):
            more = _more(session, view, who, {each.number for each in held})
            if more:
                rows.add(session, view.id, who, more, after=rows.places(session, who))
                announce(session, view.id, "ratings")
                held = rows.hand(session, who)
        return Hand(held, _is_open(view))


def _more(session: Session, view: WorkshopView, person: UUID, held: set[int]) -> list[UUID]:
    """The ids of the ideas that fill a person's hand."""
    dealt = rows.dealt(session, view.id)
    given = deal(
        {number: count for number, (_, count) in dealt.items()},
        own=rows.ideas_of(session, view.id, person),
        held=held,
        before=rows.hands(session, view.id),
        hand=view.event.limits.ideas_to_rate,
    )
    return [dealt[number][0] for number in given]


def _is_open(view: WorkshopView) -> bool:
    return Act.RATE in permissions.may(view.event, view.state, clock.now())
