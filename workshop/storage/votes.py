"""Votes: dots as set values, and the counter on each person that keeps the budget on every database.

``dots_used`` of a person is the sum of the dots on ideas that stand on the board. An idea that leaves the board keeps
its rows, but its dots are given back (`release`) and taken again when it returns, as far as they have not been spent
elsewhere (`retake`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Select, delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.ranking import IdeaVotes
from workshop.storage.prepared import prepared
from workshop.storage.tables import Idea, Participant, Vote, table_of


@dataclass(frozen=True, slots=True)
class Voter:
    """A person's dots: how many are used, of how many."""

    used: int
    budget: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An idea as it stands on a ballot; its text is the board's."""

    id: UUID
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Dots:
    """How many dots one person has given to one idea."""

    idea_id: UUID
    number: int
    dots: int


def voter(session: Session, workshop_id: UUID, participant_id: UUID, *, hold: bool = False) -> Voter | None:
    """A person's dots. ``hold`` lets their votes be written one after the other, so that two taps add up right."""
    found = (_held_voter if hold else _voter)(session, workshop_id, participant_id).first()
    return None if found is None else Voter(used=found.dots_used, budget=found.dots_budget)


def spend(session: Session, participant_id: UUID, delta: int) -> bool:
    """Count dots against the budget (negative: give them back); False, and nothing changed, if they do not fit."""
    return _spend(session, participant_id, delta).rowcount == 1


def put(session: Session, workshop_id: UUID, participant_id: UUID, idea_id: UUID, dots: int, *, at: datetime) -> None:
    """Write what a person gives to an idea, over what they gave before. The person must be held."""
    if dots == 0:
        _take_back(session, participant_id, idea_id)
    elif _change(session, participant_id, idea_id, dots, at).rowcount == 0:
        keys = {"participant_id": participant_id, "idea_id": idea_id, "workshop_id": workshop_id}
        session.connection().execute(_ADD, {**keys, "dots": dots, "at": at})


def on_board(session: Session, workshop_id: UUID) -> tuple[Listed, ...]:
    """The ideas that can get dots, by number."""
    return tuple(Listed(*found) for found in _listed(session, workshop_id))


def stands_on_board(session: Session, workshop_id: UUID, idea_id: UUID) -> bool:
    """Whether an idea can get dots."""
    return _stands(session, workshop_id, idea_id).first() is not None


def of_person(session: Session, participant_id: UUID) -> tuple[Dots, ...]:
    """What a person has given to the ideas that stand on the board."""
    return tuple(Dots(*given) for given in _of_person(session, participant_id))


def any_cast(session: Session, workshop_id: UUID) -> bool:
    """Whether anybody in the workshop has given a dot."""
    return session.exec(select(Vote.idea_id).where(Vote.workshop_id == workshop_id).limit(1)).first() is not None


def people(session: Session, workshop_id: UUID) -> dict[str, int]:
    """How many people have joined, by side."""
    statement = (
        select(Participant.side, func.count())
        .where(Participant.workshop_id == workshop_id)
        .group_by(col(Participant.side))
    )
    return dict(session.exec(statement).all())


def ballots(session: Session, workshop_id: UUID) -> dict[str, int]:
    """How many people have a dot on an idea that stands on the board, by side."""
    statement = (
        select(Participant.side, func.count(func.distinct(Vote.participant_id)))
        .join(Vote, col(Vote.participant_id) == col(Participant.id))
        .join(Idea, col(Idea.id) == col(Vote.idea_id))
        .where(Vote.workshop_id == workshop_id, *on_the_board())
        .group_by(col(Participant.side))
    )
    return dict(session.exec(statement).all())


def counted(session: Session, workshop_id: UUID) -> tuple[IdeaVotes, ...]:
    """Dots and supporters by side of every idea on the board, those without a dot included."""
    numbers = session.exec(
        select(Idea.number).where(Idea.workshop_id == workshop_id, *on_the_board()).order_by(col(Idea.number))
    )
    dots: dict[int, dict[str, int]] = {number: {} for number in numbers}
    supporters: dict[int, dict[str, int]] = {number: {} for number in dots}
    statement = (
        select(Idea.number, Participant.side, func.sum(Vote.dots), func.count())
        .join(Vote, col(Vote.idea_id) == col(Idea.id))
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(Idea.workshop_id == workshop_id, *on_the_board())
        .group_by(col(Idea.number), col(Participant.side))
    )
    for number, side, given, behind in session.exec(statement):
        dots[number][side], supporters[number][side] = int(given), int(behind)
    return tuple(IdeaVotes(number, dots[number], supporters[number]) for number in dots)


def every_ballot(session: Session, workshop_id: UUID) -> tuple[dict[int, int], ...]:
    """Each person's dots by number of the idea, on ideas that stand on the board, in no order of people or time."""
    statement = (
        select(Vote.participant_id, Idea.number, Vote.dots)
        .join(Idea, col(Idea.id) == col(Vote.idea_id))
        .where(Vote.workshop_id == workshop_id, *on_the_board())
    )
    ballots: dict[UUID, dict[int, int]] = {}
    for person, number, dots in session.exec(statement):
        ballots.setdefault(person, {})[number] = dots
    return tuple(sorted(ballots.values(), key=lambda ballot: sorted(ballot.items())))


def release(session: Session, idea_id: UUID) -> int:
    """Give the dots on an idea back to their owners, because it leaves the board; give how many."""
    mine = col(Vote.idea_id) == idea_id, col(Vote.participant_id) == col(Participant.id)
    given = select(Vote.dots).where(*mine).scalar_subquery()
    connection = session.connection()
    connection.execute(
        update(Participant)
        .where(select(Vote.dots).where(*mine).exists())
        .values(dots_used=col(Participant.dots_used) - given)
        .execution_options(synchronize_session=False)
    )
    return int(session.exec(select(func.coalesce(func.sum(Vote.dots), 0)).where(mine[0])).one())


def retake(session: Session, idea_id: UUID, *, at: datetime) -> int:
    """Count the dots on an idea again, because it returns to the board; give how many. What was spent is gone."""
    returned = 0
    rows = session.exec(select(Vote.workshop_id, Vote.participant_id, Vote.dots).where(Vote.idea_id == idea_id)).all()
    for workshop_id, participant_id, dots in sorted(rows, key=lambda row: row[1]):
        left = _left(voter(session, workshop_id, participant_id, hold=True))
        fitting = min(dots, left)
        if fitting:
            spend(session, participant_id, fitting)
        if fitting != dots:
            put(session, workshop_id, participant_id, idea_id, fitting, at=at)
        returned += fitting
    return returned


def _left(found: Voter | None) -> int:
    return 0 if found is None else found.budget - found.used


@prepared
def _voter(workshop_id: UUID, participant_id: UUID) -> Executable:
    return _one_voter(workshop_id, participant_id)


@prepared
def _held_voter(workshop_id: UUID, participant_id: UUID) -> Executable:
    return _one_voter(workshop_id, participant_id).with_for_update(key_share=True)


def _one_voter(workshop_id: UUID, participant_id: UUID) -> Select[*tuple[Any, ...]]:
    return select_columns(col(Participant.dots_used), col(Participant.dots_budget)).where(
        col(Participant.id) == participant_id, col(Participant.workshop_id) == workshop_id
    )


@prepared
def _spend(participant_id: UUID, delta: int) -> Executable:
    used = col(Participant.dots_used) + delta
    return (
        update(Participant)
        .where(col(Participant.id) == participant_id, used.between(0, col(Participant.dots_budget)))
        .values(dots_used=used)
    )


@prepared
def _take_back(participant_id: UUID, idea_id: UUID) -> Executable:
    return delete(Vote).where(col(Vote.participant_id) == participant_id, col(Vote.idea_id) == idea_id)


@prepared
def _change(participant_id: UUID, idea_id: UUID, dots: int, at: datetime) -> Executable:
    return (
        update(Vote)
        .where(col(Vote.participant_id) == participant_id, col(Vote.idea_id) == idea_id)
        .values(dots=dots, at=at)
    )


_ADD = insert(table_of(Vote))


@prepared
def _listed(workshop_id: UUID) -> Executable:
    return (
        select(Idea.id, Idea.number, Idea.title)
        .where(col(Idea.workshop_id) == workshop_id, *on_the_board())
        .order_by(col(Idea.number))
    )


@prepared
def _stands(workshop_id: UUID, idea_id: UUID) -> Executable:
    return select(Idea.id).where(col(Idea.id) == idea_id, col(Idea.workshop_id) == workshop_id, *on_the_board())


@prepared
def _of_person(participant_id: UUID) -> Executable:
    return (
        select(Vote.idea_id, Idea.number, Vote.dots)
        .join(Idea, col(Idea.id) == col(Vote.idea_id))
        .where(col(Vote.participant_id) == participant_id, *on_the_board())
    )


def on_the_board() -> tuple[ColumnElement[bool], ...]:
    """The ideas that can get dots, and whose dots count."""
    return (
        col(Idea.published_at).is_not(None),
        col(Idea.withdrawn_at).is_(None),
        col(Idea.hidden_at).is_(None),
        col(Idea.merged_into_id).is_(None),
    )
