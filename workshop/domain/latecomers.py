"""What somebody is told who joins in the middle: in one sentence, what the room has done before they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workshop.domain.event import Event, StepKind
from workshop.domain.steps import StepState

_DONE = {
    StepKind.WARM_UP: "warmed up",
    StepKind.WRITE: "written first ideas",
    StepKind.SHARE: "shared them at the tables",
    StepKind.BUILD: "built on each other's ideas",
    StepKind.THEMES: "looked at the themes",
    StepKind.VOTE: "voted",
    StepKind.RATE: "rated some of them",
    StepKind.REVEAL: "seen the results",
    StepKind.CONSORTIUM: "formed consortia",
    StepKind.PITCH: "heard the pitches",
    StepKind.COMMIT: "confirmed commitments",
}


def so_far(event: Event, state: StepState, *, joined_at: datetime) -> str:
    """Return the sentence for somebody who joined in the present step; empty for everybody who was there before it."""
    if state.started_at is None or joined_at < max(state.started_at, state.opened_at):
        return ""
    keys = [step.key for step in event.run_of_show]
    before = event.run_of_show[: keys.index(state.step_key)] if state.step_key in keys else ()
    done = [_DONE[step.kind] for step in before if step.kind in _DONE]
    return f"You joined late. So far the room has {_listed(list(dict.fromkeys(done)))}." if done else ""


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
