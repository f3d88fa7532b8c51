"""What stands in the topics of the cards: the consortium board, the pitch, and what a person decided about the wall."""

from __future__ import annotations

from typing import Any

from workshop.domain import consortium as rules
from workshop.domain import pitch, steps, wall_control
from workshop.domain.consortium import Card, Member
from workshop.domain.idea import ShownIdea
from workshop.domain.pitch import Help
from workshop.domain.room import WorkshopView
from workshop.services import cards, clock, going_on, shown
from workshop.storage import Session
from workshop.storage import pitches as pitch_rows
from workshop.storage import wall as wall_rows

Body = dict[str, Any]


def consortium(session: Session, view: WorkshopView) -> Body:
    """The cards with what each still needs. Members are organisations and roles; names come with commitments only.

    While nobody has picked, ``proposed`` says what the two orders put forward.
    """
    sides, found = view.event.sides, cards.of(session, view)
    texts = {idea.id: idea for idea in going_on.ideas(session, view)}
    return {
        "cards": [_card(view, card, texts[card.idea_id]) for card in found],
        "ready": rules.ready(found, sides),
        "of": len(found),
        "proposed": [
            {"number": idea.number, "title": idea.title, "reason": reason}
            for idea, reason in going_on.proposed(session, view)
        ],
        "today": cards.today(view).isoformat(),
    }


def pitched(session: Session, view: WorkshopView) -> Body:
    """The card on the wall, its place in the row, its clock and how many offer what. ``ends`` is a time of day."""
    state = pitch_rows.state(session, view.id)
    order = [card.idea_id for card in cards.of(session, view)]
    now, counted = pitch.shown(state, order), pitch_rows.counted(session, view.id)
    return {
        "idea": now,
        "place": 0 if now is None else order.index(now) + 1,
        "of": len(order),
        "seconds": pitch.SECONDS,
        "ends": None if state.ends_at is None else round(clock.time_of_day(view.event.time_zone, state.ends_at), 2),
        "offers": {str(idea): {kind: counted[idea][kind] for kind in Help} for idea in order},
    }


def wall(session: Session, view: WorkshopView) -> Body:
    """What a person decided about the wall. No text is in it: walls read texts where these are hidden in time."""
    control = wall_rows.control(session, view.id)
    held = wall_control.held_step(view.event, view.state, control)
    spotlight = next((idea.number for idea in shown.board(session, view) if idea.id == control.spotlight), None)
    return {
        "version": control.version,
        "step": None if held is None else step(view, held),
        "kept": {} if held is None else dict(control.kept),
        "spotlight": spotlight,
    }


def step(view: WorkshopView, key: str) -> Body:
    """A step as screens draw it."""
    found = steps.find_step(view.event, key)
    return {
        "key": found.key,
        "kind": found.kind,
        "title": found.title,
        "sentence": found.instruction,
        "wall": found.wall,
        "minutes": view.state.minutes_of(found),
        "number": view.event.run_of_show.index(found) + 1,
        "of": len(view.event.run_of_show),
    }


def _card(view: WorkshopView, card: Card, idea: ShownIdea) -> Body:
    return {
        "id": card.idea_id,
        "number": card.number,
        "title": card.title,
        "pitch": idea.pitch,
        "brings": dict(idea.brings),
        "still_needed": idea.still_needed,
        "wild_card": card.wild_card,
        "members": [_member(card, member) for member in card.members],
        "next_step": card.plan.next_step,
        "due": card.plan.due and card.plan.due.isoformat(),
        "version": card.plan.version,
        "missing": rules.missing(card, view.event.sides),
    }


def _member(card: Card, member: Member) -> Body:
    return {
        "organisation": member.organisation,
        "side": member.side,
        "role": member.role,
        "owner": card.owner(member.side) is member,
        "name": member.name if member.confirmed_at is not None else None,
    }
