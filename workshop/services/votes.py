"""Votes: dots on ideas. “This person gives n dots to this idea” is said, never “one more”, so a second tap is harmless.

The budget is kept by a counter on the person, changed by one conditional statement in the transaction that writes the
vote; see docs/decisions. Nobody, whatever their role, can read a tally before it is revealed.

When an idea leaves the board (hidden by the moderator, or taken back by its table after a step back), its dots are
given back to their owners at once and count nowhere. When it returns, they count again, as far as their owners have not
spent them elsewhere in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.idea import ShownIdea, Standing
from workshop.domain.permissions import Act
from workshop.domain.ranking import Ranking
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import clock, shown, turn
from workshop.services.access import Badge, ParticipantBadge
from workshop.services.shown import Turnout
from workshop.storage import Database, Session, announce
from workshop.storage import ideas as idea_rows
from workshop.storage import votes as rows


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's ballot: the ideas in that person's own order, the dots given (0 is left out), and what is left.

    ``open`` tells whether dots may be changed now.
    """

    ideas: tuple[ShownIdea, ...]
    dots: Mapping[UUID, int]
    used: int
    budget: int
    cap: int
    open: bool


def cast(db: Database, participant: ParticipantBadge, idea_id: UUID, *, dots: int) -> Ballot:
    """Give an idea this many dots (0 takes them back), in place of what the person gave it before."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        _must_be_open(view)
        _must_fit(view, dots)
        voter = _voter(session, participant, hold=True)
        _must_be_on_the_board(session, view, idea_id)
        before = rows.of_person(session, participant.participant_id).get(idea_id, 0)
        if dots != before:
            if not rows.spend(session, participant.participant_id, dots - before):
                raise Conflict(_too_many(voter, dots - before))
            rows.put(session, view.id, participant.participant_id, idea_id, dots, at=clock.now())
            if (voter.used == 0) != (voter.used + dots - before == 0):
                announce(session, view.id, "turnout")
    return ballot(db, participant)


def ballot(db: Database, participant: ParticipantBadge) -> Ballot:
    """The person's ballot as it stands; without ideas until the board opens."""
    with db.reading() as session:
        return _ballot(session, turn.look(session, participant.workshop_id), participant)


def turnout(db: Database, badge: Badge) -> Turnout:
    """How many have voted, by side."""
    with db.reading() as session:
        return shown.turnout(session, turn.look(session, badge.workshop_id))


def results(db: Database, badge: Badge) -> Ranking:
    """Both orders of the ideas. Raises NotAllowed for every badge before the results are revealed."""
    with db.reading() as session:
        return shown.results(session, turn.look(session, badge.workshop_id))


def own_order(ideas: Iterable[ShownIdea], participant: ParticipantBadge) -> tuple[ShownIdea, ...]:
    """The ideas in an order that is random from person to person, and stays the same for one person.

    Each idea's place comes from its own id, so one that joins or leaves the board moves no other.
    """
    seed = hashlib.sha256(f"{participant.participant_id} {participant.workshop_id}".encode()).hexdigest()
    return tuple(sorted(ideas, key=lambda idea: hashlib.sha256(f"{seed} {idea.id}".encode()).digest()))


def _must_be_open(view: WorkshopView) -> None:
    if Act.VOTE not in permissions.may(view.event, view.state, clock.now()):
        raise NotAllowed("Voting is not open now. What you gave before it closed counts.")


def _must_fit(view: WorkshopView, dots: int) -> None:
    cap = view.event.limits.dots_per_idea
    if not 0 <= dots <= cap:
        raise Invalid(f"An idea can get 0 to {cap} of your dots. Please choose a number in between.")


def _voter(session: Session, participant: ParticipantBadge, *, hold: bool = False) -> rows.Voter:
    found = rows.voter(session, participant.workshop_id, participant.participant_id, hold=hold)
    if found is None:
        raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
    return found


def _must_be_on_the_board(session: Session, view: WorkshopView, idea_id: UUID) -> None:
    idea = idea_rows.by_id(session, view.id, idea_id)
    if idea is None or idea.standing is not Standing.PUBLISHED:
        raise NotFound("This idea is not on the board (any more). Please choose another one.")


def _too_many(voter: rows.Voter, wanted: int) -> str:
    left = voter.budget - voter.used
    return (
        f"That would take {wanted} more dots; you have {left} of {voter.budget} left. "
        "Take dots back from another idea first."
    )


def _ballot(session: Session, view: WorkshopView, participant: ParticipantBadge) -> Ballot:
    voter = _voter(session, participant)
    return Ballot(
        ideas=own_order(shown.board(session, view), participant),
        dots=rows.of_person(session, participant.participant_id),
        used=voter.used,
        budget=voter.budget,
        cap=view.event.limits.dots_per_idea,
        open=Act.VOTE in permissions.may(view.event, view.state, clock.now()),
    )
