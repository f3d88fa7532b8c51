"""The pitches: one card at a time on the wall, with a clock of forty seconds. A person steps, starts and stops.

Pure functions from one frozen state to the next; whoever stores it compares ``version`` first. ``order`` is always the
list of ideas that go on, so a card that was taken away in the meantime is stepped over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from workshop.errors import Conflict, Invalid

SECONDS = 40


class Help(StrEnum):
    """What somebody in the room can do for a pitched idea."""

    HELP = "help"
    INTRODUCE = "introduce"
    FUND = "fund"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class PitchState:
    """The card on the wall and its clock. ``ends_at`` is set while the clock runs; ``done`` had their turn."""

    version: int = 0
    idea: UUID | None = None
    ends_at: datetime | None = None
    done: tuple[UUID, ...] = ()


def shown(state: PitchState, order: Sequence[UUID]) -> UUID | None:
    """The card on the wall: the first one until somebody steps; none when nothing goes on."""
    return state.idea if state.idea in order else next(iter(order), None)


def following(state: PitchState, order: Sequence[UUID]) -> UUID | None:
    """The card after this one that had no turn yet; after the last come those that were skipped."""
    now = shown(state, order)
    if now is None:
        return None
    place = order.index(now) + 1
    return next((idea for idea in (*order[place:], *order[: place - 1]) if idea not in state.done), None)


def step_on(state: PitchState, order: Sequence[UUID], *, skip: bool = False) -> PitchState:
    """Show the next card. A card that is skipped comes again after the last one."""
    now, to = shown(state, order), following(state, order)
    if now is None or to is None:
        raise Invalid("This is the last card. Go back to an earlier one, or open the next step.")
    done = state.done if skip or now in state.done else (*state.done, now)
    return replace(_showing(state, to), done=done)


def step_back(state: PitchState, order: Sequence[UUID]) -> PitchState:
    """Show the card before this one in the order of the list."""
    now = shown(state, order)
    place = 0 if now is None else order.index(now)
    if place == 0:
        raise Invalid("This is the first card.")
    return _showing(state, order[place - 1])


def show(state: PitchState, order: Sequence[UUID], idea: UUID) -> PitchState:
    """Show any card."""
    if idea not in order:
        raise Conflict("This idea does not go on (any more). Choose another card.")
    return _showing(state, idea)


def start(state: PitchState, order: Sequence[UUID], now: datetime) -> PitchState:
    """Start the forty seconds, from the beginning."""
    card = shown(state, order)
    if card is None:
        raise Invalid("There is no card to pitch. Pick the ideas that go on first.")
    return replace(state, version=state.version + 1, idea=card, ends_at=now + timedelta(seconds=SECONDS))


def stop(state: PitchState) -> PitchState:
    """Stop the clock; it stands at forty seconds again."""
    if state.ends_at is None:
        raise Conflict("The clock of the pitch does not run.")
    return replace(state, version=state.version + 1, ends_at=None)


def _showing(state: PitchState, idea: UUID) -> PitchState:
    return replace(state, version=state.version + 1, idea=idea, ends_at=None)
