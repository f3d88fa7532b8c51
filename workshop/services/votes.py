"""Votes: dots on ideas. “This person gives n dots to this idea” is said, never “one more”, so a second tap is harmless.

The budget is kept by a counter on the person, changed by one conditional statement in the transaction that writes the
vote; see docs/decisions/0008. Nobody, whatever their role, can read a tally before it is revealed.

When an idea leaves the board (hidden by the moderator, or taken back by its table after a step back), its dots are
given back to their owners at once and count nowhere. When it returns, they count again, as far as their owners have not
spent them elsewhere in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.permissions import Act, Sight
from workshop.domain.ranking import Ranking
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.live import Once
from workshop.services import clock, shown, topics, turn
from workshop.services.access import Badge, ParticipantBadge
from workshop.services.shown import Turnout
from workshop.storage import Database, Session, announce, revision_of
from workshop.storage import votes as rows
from workshop.storage.votes import Listed

# Of the rooms that vote at this moment; a board of 1,000 ideas has half a megabyte.
_boards: Once[tuple[str, UUID], Mapping[UUID, Listed]] = Once(most=16)


@dataclass(frozen=True, slots=True)
class Given:
    """What one person has given: dots by idea's id and number (0 is left out), ``used`` of ``budget``, ``cap`` each.

    ``open`` tells whether dots may be changed now.
    """

    dots: Mapping[UUID, int]
    by_number: Mapping[int, int]
    used: int
    budget: int
    cap: int
    open: bool


@dataclass(frozen=True, slots=True)
class Ballot(Given):
    """One person's ballot: what was given, and the ideas in that person's own order."""

    ideas: tuple[Listed, ...]


def cast(db: Database, participant: ParticipantBadge, idea_id: UUID, *, dots: int) -> Given:
    """Give an idea this many dots (0 takes them back), in place of what the person gave it before."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        before = _given(session, view, participant, hold=True)
        if not before.open:
            raise NotAllowed("Voting is not open now. What you gave before it closed counts.")
        if not 0 <= dots <= before.cap:
            raise Invalid(f"An idea can get 0 to {before.cap} of your dots. Please choose a number in between.")
        if not rows.stands_on_board(session, view.id, idea_id):
            raise NotFound("This idea is not on the board (any more). Please choose another one.")
        more = dots - before.dots.get(idea_id, 0)
        if more == 0:
            return before
        if not rows.spend(session, participant.participant_id, more):
            raise Conflict(_too_many(before, more))
        rows.put(session, view.id, participant.participant_id, idea_id, dots, at=clock.now())
        after = _given(session, view, participant)
        if (before.used == 0) != (after.used == 0):
            announce(session, view.id, "turnout")
        return after


def ballot(db: Database, participant: ParticipantBadge) -> Ballot:
    """The person's ballot as it stands; without ideas until the board opens."""
    with db.reading() as session:
        view = turn.look(session, participant.workshop_id)
        given = _given(session, view, participant)
        on_board = _on_board(db, session, view) if shown.may_see(view, Sight.BOARD) else {}
    return Ballot(**asdict(given), ideas=tuple(on_board[idea_id] for idea_id in own_order(on_board, participant)))


def turnout(db: Database, badge: Badge) -> Turnout:
    """How many have voted, by side."""
    with db.reading() as session:
        return shown.turnout(session, turn.look(session, badge.workshop_id))


def results(db: Database, badge: Badge) -> Ranking:
    """Both orders of the ideas. Raises NotAllowed for every badge before the results are revealed."""
    with db.reading() as session:
        return shown.results(session, turn.look(session, badge.workshop_id))


def own_order(idea_ids: Iterable[UUID], participant: ParticipantBadge) -> tuple[UUID, ...]:
    """The ideas in an order that is random from person to person, and stays the same for one person.

    Each idea's place comes from its own id, so one that joins or leaves the board moves no other.
    """
    seed = hashlib.sha256(participant.participant_id.bytes + participant.workshop_id.bytes)

    def place(idea_id: UUID) -> bytes:
        own = seed.copy()
        own.update(idea_id.bytes)
        return own.digest()

    return tuple(sorted(idea_ids, key=place))


def _on_board(db: Database, session: Session, view: WorkshopView) -> Mapping[UUID, Listed]:
    """The ideas that can get dots, by id: read once for a room that opens its ballots in the same second."""
    revision = (revision_of(session, view.id, topics.BOARD),)

    def read() -> Mapping[UUID, Listed]:
        return {idea.id: idea for idea in rows.on_board(session, view.id)}

    return _boards.get((db.url_without_secret, view.id), read, revision=revision)


def _given(session: Session, view: WorkshopView, participant: ParticipantBadge, *, hold: bool = False) -> Given:
    """``hold`` makes this person's other taps wait until the transaction ends."""
    voter = rows.voter(session, view.id, participant.participant_id, hold=hold)
    if voter is None:
        raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
    given = rows.of_person(session, participant.participant_id)
    return Given(
        dots={each.idea_id: each.dots for each in given},
        by_number={each.number: each.dots for each in given},
        used=voter.used,
        budget=voter.budget,
        cap=view.event.limits.dots_per_idea,
        open=Act.VOTE in permissions.may(view.event, view.state, clock.now()),
    )


def _too_many(given: Given, wanted: int) -> str:
    return (
        f"That would take {wanted} more dots; you have {given.budget - given.used} of {given.budget} left. "
        "Take dots back from another idea first."
    )
