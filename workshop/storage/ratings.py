"""Ratings: the ideas that each person was dealt, and what they say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, and_, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.rating import Said
from workshop.storage.prepared import prepared
from workshop.storage.tables import Idea, Participant, Rating
from workshop.storage.votes import on_the_board


@dataclass(frozen=True, slots=True)
class Dealt:
    """An idea that a person was dealt, and what they say of it."""

    idea_id: UUID
    number: int
    said: Said


@dataclass(frozen=True, slots=True)
class Turnout:
    """One side's ratings: people who answered something; ideas that were dealt, and how many of them are answered."""

    people: int = 0
    dealt: int = 0
    answered: int = 0


def hand(session: Session, participant_id: UUID) -> tuple[Dealt, ...]:
    """What a person was dealt, in that order, as far as it stands on the board."""
    return tuple(
        Dealt(row.id, row.number, Said(row.impact, row.feasibility, row.passed))
        for row in _hand(session, participant_id)
    )


def ideas_of(session: Session, workshop_id: UUID, participant_id: UUID) -> frozenset[int]:
    """The numbers of the ideas on which this person has worked: their own, and those that theirs were merged into."""
    statement = select(Idea.id, Idea.number, Idea.author_id, Idea.merged_into_id).where(Idea.workshop_id == workshop_id)
    rows = session.exec(statement).all()
    into, number = {row[0]: row[3] for row in rows}, {row[0]: row[1] for row in rows}
    found: set[int] = set()
    for idea_id, _, author_id, _ in rows:
        here = idea_id if author_id == participant_id else None
        while here is not None and number[here] not in found:
            found.add(number[here])
            here = into[here]
    return frozenset(found)


def dealt(session: Session, workshop_id: UUID) -> dict[int, tuple[UUID, int]]:
    """Each idea on the board by number: its id, and how many were dealt it and have not said that they cannot judge."""
    statement = (
        select(Idea.number, Idea.id, func.count(col(Rating.participant_id)))
        .join(Rating, and_(col(Rating.idea_id) == col(Idea.id), col(Rating.passed).is_(False)), isouter=True)
        .where(Idea.workshop_id == workshop_id, *on_the_board())
        .group_by(col(Idea.number), col(Idea.id))
        .order_by(col(Idea.number))
    )
    return {number: (idea_id, count) for number, idea_id, count in session.exec(statement)}


def hands(session: Session, workshop_id: UUID) -> int:
    """How many people have been dealt anything."""
    statement = select(func.count(func.distinct(Rating.participant_id))).where(Rating.workshop_id == workshop_id)
    return int(session.exec(statement).one())


def places(session: Session, participant_id: UUID) -> int:
    """How many ideas a person was ever dealt, those that have left the board too."""
    statement = select(func.count()).select_from(Rating).where(Rating.participant_id == participant_id)
    return int(session.exec(statement).one())


def add(session: Session, workshop_id: UUID, participant_id: UUID, ideas: Sequence[UUID], *, after: int) -> None:
    """Deal these ideas, behind so many that the person has."""
    rows = [
        {
            "workshop_id": workshop_id,
            "participant_id": participant_id,
            "idea_id": idea_id,
            "place": after + place,
            "passed": False,
        }
        for place, idea_id in enumerate(ideas)
    ]
    if rows:
        session.connection().execute(insert(Rating), rows)


def put(session: Session, participant_id: UUID, idea_id: UUID, said: Said) -> bool:
    """Write what a person says of an idea, over what they said before; False when it was not dealt to them."""
    return _put(session, participant_id, idea_id, said.impact, said.feasibility, said.passed).rowcount == 1


def any_said(session: Session, workshop_id: UUID) -> bool:
    """Whether anybody has given a mark."""
    marked = col(Rating.impact).is_not(None) | col(Rating.feasibility).is_not(None)
    statement = select(Rating.idea_id).where(Rating.workshop_id == workshop_id, marked).limit(1)
    return session.exec(statement).first() is not None


def turnout(session: Session, workshop_id: UUID) -> dict[str, Turnout]:
    """How much is rated, by side: nothing of what was said."""
    answered = col(Rating.passed) | (col(Rating.impact).is_not(None) & col(Rating.feasibility).is_not(None))
    statement = (
        select(
            Participant.side,
            func.count(func.distinct(Rating.participant_id)).filter(answered),
            func.count(),
            func.count().filter(answered),
        )
        .join(Participant, col(Participant.id) == col(Rating.participant_id))
        .join(Idea, col(Idea.id) == col(Rating.idea_id))
        .where(Rating.workshop_id == workshop_id, *on_the_board())
        .group_by(col(Participant.side))
    )
    return {side: Turnout(people, many, done) for side, people, many, done in session.exec(statement)}


def said(session: Session, workshop_id: UUID) -> dict[int, list[Said]]:
    """What was said of each idea on the board, by number, in no order of people or time."""
    statement = (
        select(Idea.number, Rating.impact, Rating.feasibility, Rating.passed)
        .join(Idea, col(Idea.id) == col(Rating.idea_id))
        .where(Rating.workshop_id == workshop_id, *on_the_board())
        .order_by(col(Idea.number), col(Rating.impact), col(Rating.feasibility))
    )
    found: dict[int, list[Said]] = {}
    for number, impact, feasibility, passed in session.exec(statement):
        found.setdefault(number, []).append(Said(impact, feasibility, passed))
    return found


@prepared
def _hand(participant_id: UUID) -> Executable:
    return (
        select_columns(col(Idea.id), col(Idea.number), col(Rating.impact), col(Rating.feasibility), col(Rating.passed))
        .join(Rating, col(Rating.idea_id) == col(Idea.id))
        .where(col(Rating.participant_id) == participant_id, *on_the_board())
        .order_by(col(Rating.place))
    )


@prepared
def _put(
    participant_id: UUID,
    idea_id: UUID,
    impact: int | None,
    feasibility: int | None,
    passed: bool,  # noqa: FBT001
) -> Executable:
    return (
        update(Rating)
        .where(col(Rating.participant_id) == participant_id, col(Rating.idea_id) == idea_id)
        .values(impact=impact, feasibility=feasibility, passed=passed)
    )
