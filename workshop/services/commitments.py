"""Commitments: what people have taken on, confirmed with their name; whom they want to meet; how the session was.

Confirming is the moment at which a name appears: beside the role on the card, on the wall and in the report. It may be
taken back until the session is closed, and whoever takes another role confirms anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.domain.text import clean
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import cards, clock, consortium, idea_writing, turn
from workshop.services.access import ModeratorBadge, OrganiserBadge, ParticipantBadge
from workshop.storage import Database, announce
from workshop.storage import consortium as card_rows
from workshop.storage import log as log_rows
from workshop.storage import wishes as rows
from workshop.storage.wishes import Rating

MOST_WISHES = 5
COMMENT = 300
"""Organisations that one person may wish to meet, and characters of a comment."""

_NOT_NOW = "Commitments are made in their own step. What you confirmed stays."


@dataclass(frozen=True, slots=True)
class Session:
    """The end of a session in numbers: confirmed roles of all, people with wishes, ratings."""

    confirmed: int
    of: int
    wishing: int
    ratings: tuple[Rating, ...]

    @property
    def mean(self) -> float | None:
        """Stars on average; None without a rating."""
        return sum(rating.stars for rating in self.ratings) / len(self.ratings) if self.ratings else None


def confirm(db: Database, participant: ParticipantBadge, idea_id: UUID, *, confirmed: bool) -> None:
    """Confirm one's role on a card, with its next step and date as they stand, or take that back."""
    with db.writing() as session:
        view = turn.take(session, participant.workshop_id)
        _must_be_open(view)
        person = consortium.held(session, view, participant.participant_id)
        card = cards.of_idea(session, view, idea_id)
        mine = next((member for member in card.members if member.participant_id == person.id), None)
        if mine is None:
            raise NotFound("You are not on this card (any more), so there is nothing to confirm.")
        as_it_stands = mine.confirmed_at is not None and mine.confirmed_version == card.plan.version
        if as_it_stands if confirmed else mine.confirmed_at is None:
            return
        now = clock.now()
        card_rows.confirm(session, idea_id, person.id, version=card.plan.version, at=now if confirmed else None)
        verb, details = "confirm" if confirmed else "take back", {"role": mine.role.value, "plan": card.plan.version}
        log_rows.record(
            session, view.id, actor=idea_writing.SOMEBODY, verb=verb, subject=str(idea_id), details=details, at=now
        )
        announce(session, view.id, "consortium")


def wish(db: Database, participant: ParticipantBadge, organisation_id: UUID, *, wished: bool) -> None:
    """Wish to meet an organisation of another side in the afternoon, or not any more."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        _must_be_open(view)
        person = consortium.held(session, view, participant.participant_id)
        others = {each.id for each in rows.present(session, view.id) if each.side != person.side}
        if wished and organisation_id not in others:
            raise NotFound("This organisation is not in the room (any more). Choose another one from the list.")
        before = rows.of_person(session, person.id)
        if wished and organisation_id not in before and len(before) >= MOST_WISHES:
            raise Conflict(f"You have {MOST_WISHES} wishes, and {MOST_WISHES} fit. Take one back first.")
        if rows.put(session, person.id, organisation_id, wished=wished):
            announce(session, view.id, "wishes")


def rate(db: Database, participant: ParticipantBadge, *, stars: int, comment: str = "") -> None:
    """Say how the session was: 1 to 5 stars and, if one likes, a comment."""
    if not 1 <= stars <= 5:
        raise Invalid("A session gets 1 to 5 stars. Please choose a number in between.")
    rating = Rating(stars, clean(comment, limit=COMMENT, what="comment", lines=True))
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        _must_be_open(view)
        person = consortium.held(session, view, participant.participant_id)
        if rows.rating_of(session, person.id) != rating:
            rows.rate(session, person.id, rating)
            announce(session, view.id, "wishes")


def session(db: Database, badge: ModeratorBadge | OrganiserBadge) -> Session:
    """How far the last step is."""
    with db.reading() as reading:
        view = turn.look(reading, badge.workshop_id)
        members = [member for card in cards.of(reading, view) for member in card.members]
        return Session(
            confirmed=sum(member.confirmed_at is not None for member in members),
            of=len(members),
            wishing=rows.people_with_wishes(reading, view.id),
            ratings=rows.ratings(reading, view.id),
        )


def _must_be_open(view: WorkshopView) -> None:
    if Act.COMMIT not in permissions.may(view.event, view.state, clock.now()):
        raise NotAllowed(_NOT_NOW)
