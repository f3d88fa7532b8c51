"""Pitches: the desk steps through the cards that go on, the room says what it can do for the one on the wall.

The desk's verbs take ``seen``, the version that it showed: two taps on “Next” are one step. “This person can introduce
for this idea” is said, or taken back, so a second tap is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain import pitch as rules
from workshop.domain.consortium import Card
from workshop.domain.permissions import Act
from workshop.domain.pitch import Help, PitchState
from workshop.errors import Conflict, NotAllowed
from workshop.services import cards, clock, consortium, turn
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.storage import Database, announce
from workshop.storage import log as log_rows
from workshop.storage import pitches as rows
from workshop.storage.pitches import Offered

Change = Callable[[PitchState, Sequence[UUID]], PitchState]


@dataclass(frozen=True, slots=True)
class Stage:
    """The desk's picture: all cards, the one on the wall, the one after it, and who offers what for it, by name."""

    state: PitchState
    cards: tuple[Card, ...]
    shown: Card | None
    following: Card | None
    offers: tuple[Offered, ...]
    running: bool


def step_on(db: Database, moderator: ModeratorBadge, *, seen: int, skip: bool = False) -> None:
    """Put the next card on the wall; a skipped one comes again after the last."""
    act = "skip" if skip else "next"
    _change(db, moderator, act, seen, lambda state, order: rules.step_on(state, order, skip=skip))


def step_back(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Put the card before this one on the wall."""
    _change(db, moderator, "back", seen, rules.step_back)


def show(db: Database, moderator: ModeratorBadge, idea_id: UUID, *, seen: int) -> None:
    """Put any card on the wall."""
    _change(db, moderator, "show", seen, lambda state, order: rules.show(state, order, idea_id))


def start(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Start the forty seconds."""
    _change(db, moderator, "start", seen, lambda state, order: rules.start(state, order, clock.now()))


def stop(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Stop the clock."""
    _change(db, moderator, "stop", seen, lambda state, _order: rules.stop(state))


def offer(db: Database, participant: ParticipantBadge, idea_id: UUID, kind: Help, *, offered: bool) -> None:
    """Say what one can do for an idea, or take it back. A tap for the card before is for that card."""
    with db.writing() as session:
        view = turn.hold(session, participant.workshop_id)
        person = consortium.held(session, view, participant.participant_id)
        if Act.OFFER not in permissions.may(view.event, view.state, clock.now()):
            raise NotAllowed("Offers are taken while ideas are pitched. What you said before stays.")
        cards.of_idea(session, view, idea_id)
        if rows.put(session, [person.id], idea_id, kind, offered=offered):
            announce(session, view.id, "pitch")


def stage(db: Database, moderator: ModeratorBadge) -> Stage:
    """What the desk shows of the pitches."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        state, found = rows.state(session, view.id), cards.of(session, view)
        order = [card.idea_id for card in found]
        by_id: dict[UUID | None, Card] = {card.idea_id: card for card in found}
        now = rules.shown(state, order)
        return Stage(
            state=state,
            cards=found,
            shown=by_id.get(now),
            following=by_id.get(rules.following(state, order)),
            offers=tuple(rows.offers(session, view.id, [] if now is None else [now])),
            running=state.ends_at is not None and state.ends_at > clock.now(),
        )


def _change(db: Database, moderator: ModeratorBadge, action: str, seen: int, change: Change) -> None:
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        before = rows.state(session, view.id)
        if before.version != seen:
            raise Conflict("The pitch was changed a moment ago. Look at the card that is on now, then decide again.")
        after = change(before, [card.idea_id for card in cards.of(session, view)])
        rows.save(session, view.id, after)
        log_rows.record(
            session,
            view.id,
            actor=moderator.label,
            verb="pitch",
            subject=str(after.idea or ""),
            details={"action": action, "version": after.version},
            at=clock.now(),
        )
        announce(session, view.id, "pitch")
