"""What the wall shows when a person decides: held at a picture while the steps go on, or one idea in the spotlight.

A held wall keeps its picture, not its secrets: it is drawn from what the present step allows, so nothing that was
hidden since, by moderation or by a step back, stays on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from workshop.domain import permissions, steps
from workshop.domain.event import Event, StepKind
from workshop.domain.permissions import Sight
from workshop.domain.steps import StepState
from workshop.errors import Conflict

UNDO_SECONDS = 10

_NEEDS: Mapping[StepKind, Sight] = {
    StepKind.WARM_UP: Sight.INTRODUCTIONS,
    StepKind.SHARE: Sight.BOARD,
    StepKind.BUILD: Sight.BUILDS,
    StepKind.THEMES: Sight.THEMES,
    StepKind.REVEAL: Sight.RESULTS,
    StepKind.CONSORTIUM: Sight.CARDS,
    StepKind.PITCH: Sight.PITCHES,
    StepKind.COMMIT: Sight.COMMITMENTS,
    StepKind.CLOSING: Sight.RESULTS,
}
"""What the pictures of the steps are drawn from; the others show numbers that are never hidden."""


@dataclass(frozen=True, slots=True)
class WallControl:
    """``step`` is the key of the step whose picture stays; ``kept`` is what of the picture stays as it was.

    ``spotlight`` is the idea that fills the wall. ``version`` grows with every change.
    """

    version: int = 0
    step: str | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)
    spotlight: UUID | None = None


def hold(before: WallControl, step: str, kept: Mapping[str, Any]) -> WallControl:
    """Keep this step's picture on the wall."""
    if before.step is not None:
        raise Conflict("The wall is held already. Let it go first, then hold what it shows then.")
    return replace(before, version=before.version + 1, step=step, kept=kept)


def let_go(before: WallControl) -> WallControl:
    """Let the wall follow the steps again."""
    if before.step is None:
        raise Conflict("The wall is not held; it follows the steps.")
    return replace(before, version=before.version + 1, step=None, kept={})


def put_in_the_spotlight(before: WallControl, idea: UUID | None) -> WallControl:
    """Fill the wall with one idea, or end that."""
    return replace(before, version=before.version + 1, spotlight=idea)


def undo(current: WallControl, before: WallControl, changed_at: datetime, now: datetime) -> WallControl:
    """Take the last change back within `UNDO_SECONDS`."""
    if (now - changed_at).total_seconds() > UNDO_SECONDS:
        raise Conflict(f"Undo works for {UNDO_SECONDS} seconds. Change the wall with the other buttons.")
    return replace(before, version=current.version + 1)


def held_step(event: Event, state: StepState, control: WallControl) -> str | None:
    """The step whose picture the wall keeps now; None while it follows the steps, or when that picture is hidden."""
    if control.step is None or control.step not in {step.key for step in event.run_of_show}:
        return None
    need = _NEEDS.get(steps.find_step(event, control.step).kind)
    return control.step if need is None or need in permissions.sees(event, state) else None
