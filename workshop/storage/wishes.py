"""Whom people want to meet in the afternoon, and what they think of the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, delete, func
from sqlmodel import Session, col, select

from workshop.storage import inserting
from workshop.storage.prepared import prepared
from workshop.storage.tables import Organisation, Participant, SessionRating, Wish


@dataclass(frozen=True, slots=True)
class Met:
    """An organisation that is in the room."""

    id: UUID
    name: str
    side: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's stars, 1 to 5, and comment."""

    stars: int
    comment: str


def present(session: Session, workshop_id: UUID) -> Sequence[Met]:
    """The organisations that somebody in the room speaks for, by name."""
    return [Met(row.id, row.name, row.side) for row in _present(session, workshop_id)]


def put(session: Session, participant_id: UUID, organisation_id: UUID, *, wished: bool) -> bool:
    """Write that a person, who must be held, wants to meet an organisation, or not; tell whether that is new."""
    if not wished:
        these = col(Wish.participant_id) == participant_id, col(Wish.organisation_id) == organisation_id
        return session.connection().execute(delete(Wish).where(*these)).rowcount == 1
    wish = inserting.into(session, Wish).values(participant_id=participant_id, organisation_id=organisation_id)
    return session.connection().execute(wish.on_conflict_do_nothing()).rowcount == 1


def of_person(session: Session, participant_id: UUID) -> tuple[UUID, ...]:
    """The organisations that a person wants to meet."""
    return tuple(_of_person(session, participant_id).scalars())


def counted(session: Session, workshop_id: UUID) -> dict[str, int]:
    """How many people want to meet an organisation, by its name, those without a wish left out."""
    statement = (
        select(Organisation.name, func.count())
        .join(Wish, col(Wish.organisation_id) == col(Organisation.id))
        .where(col(Organisation.workshop_id) == workshop_id)
        .group_by(col(Organisation.name))
        .order_by(col(Organisation.name))
    )
    return dict(session.exec(statement).all())


def people_with_wishes(session: Session, workshop_id: UUID) -> int:
    """How many people have a wish."""
    statement = (
        select(func.count(func.distinct(Wish.participant_id)))
        .join(Organisation, col(Organisation.id) == col(Wish.organisation_id))
        .where(col(Organisation.workshop_id) == workshop_id)
    )
    return int(session.exec(statement).one())


def rate(session: Session, participant_id: UUID, rating: Rating) -> None:
    """Write what a person thinks, over what they thought before."""
    values = {"stars": rating.stars, "comment": rating.comment}
    row = inserting.into(session, SessionRating).values(participant_id=participant_id, **values)
    session.connection().execute(row.on_conflict_do_update(index_elements=["participant_id"], set_=values))


def rating_of(session: Session, participant_id: UUID) -> Rating | None:
    """What a person thinks of the session."""
    row = _rating_of(session, participant_id).first()
    return None if row is None else Rating(row.stars, row.comment)


def ratings(session: Session, workshop_id: UUID) -> tuple[Rating, ...]:
    """What everybody thinks, by stars and comment, so that the order tells nobody who said it."""
    statement = (
        select(SessionRating.stars, SessionRating.comment)
        .join(Participant, col(Participant.id) == col(SessionRating.participant_id))
        .where(col(Participant.workshop_id) == workshop_id)
        .order_by(col(SessionRating.stars).desc(), col(SessionRating.comment))
    )
    return tuple(Rating(stars, comment) for stars, comment in session.exec(statement))


@prepared
def _present(workshop_id: UUID) -> Executable:
    spoken_for = select(Participant.organisation_id).where(col(Participant.workshop_id) == workshop_id)
    return (
        select(Organisation.id, Organisation.name, Organisation.side)
        .where(col(Organisation.workshop_id) == workshop_id, col(Organisation.id).in_(spoken_for))
        .order_by(col(Organisation.name))
    )


@prepared
def _of_person(participant_id: UUID) -> Executable:
    return (
        select(Wish.organisation_id)
        .join(Organisation, col(Organisation.id) == col(Wish.organisation_id))
        .where(col(Wish.participant_id) == participant_id)
        .order_by(col(Organisation.name))
    )


@prepared
def _rating_of(participant_id: UUID) -> Executable:
    return select(SessionRating.stars, SessionRating.comment).where(col(SessionRating.participant_id) == participant_id)
