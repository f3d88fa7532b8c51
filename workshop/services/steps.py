"""The run of show: what the moderator does with the steps.

Every verb takes ``seen``, the version that the desk showed when the button was pressed: a second tap, or a second
moderator who was faster, gets a sentence instead of skipping a step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from workshop.domain import cuts, permissions, steps
from workshop.domain.cuts import Proposal
from workshop.domain.event import Event, Step
from workshop.domain.steps import Plan, StepState
from workshop.errors import Conflict, NotFound
from workshop.services import clock, routing, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import ideas as idea_rows
from workshop.storage import log as log_rows
from workshop.storage import ratings as rating_rows
from workshop.storage import votes as vote_rows
from workshop.storage import workshops as rows

Change = Callable[[Event, StepState, datetime], StepState]
_Held = tuple[Event, StepState]

_SOMEBODY_WAS_FASTER = "The step was changed a moment ago. Look at the step that is open now, then decide again."


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on the desk: the minutes that hold for it, those it has really taken so far, and where it stands."""

    step: Step
    minutes: int
    real_minutes: float | None
    current: bool


@dataclass(frozen=True, slots=True)
class RunOfShow:
    """The desk's picture of the run of show. ``undo_until`` is set while the last change can be taken back.

    ``proposal`` is there while a person has something to decide about the minutes of the steps ahead.
    """

    state: StepState
    lines: tuple[StepLine, ...]
    plan: Plan
    proposal: Proposal | None
    next_step: Step | None
    previous_step: Step | None
    last_action: str
    undo_until: datetime | None


def open_next(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Open the next step."""
    return _change(db, moderator, "open", seen, steps.open_next)


def open_step(db: Database, moderator: ModeratorBadge, key: str, *, seen: int) -> StepState:
    """Open any step, earlier or later."""
    return _change(db, moderator, "open", seen, lambda event, state, now: steps.open_step(event, state, key, now))


def go_back(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Open the step before again; nothing that was written or voted is lost."""
    return _change(db, moderator, "back", seen, steps.go_back)


def close(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Close the current step."""
    return _change(db, moderator, "close", seen, steps.close)


def add_minutes(db: Database, moderator: ModeratorBadge, minutes: int, *, seen: int) -> StepState:
    """Give the current step more minutes, or take some away."""
    return _change(
        db, moderator, f"{minutes:+d} min", seen, lambda _event, state, now: steps.add_minutes(state, minutes, now)
    )


def pause(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Stop the clock."""
    return _change(db, moderator, "pause", seen, lambda _event, state, now: steps.pause(state, now))


def resume(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Let the clock run on."""
    return _change(db, moderator, "resume", seen, lambda _event, state, now: steps.resume(state, now))


def agree(db: Database, moderator: ModeratorBadge, minutes: Mapping[str, int], *, seen: int) -> StepState:
    """Let the minutes that the desk proposed hold for the steps ahead."""
    return _change(db, moderator, "plan", seen, lambda event, state, _now: cuts.agree(event, state, minutes))


def end_later(db: Database, moderator: ModeratorBadge, minutes: int, *, seen: int) -> StepState:
    """Move the planned end of the run of show."""
    return _change(db, moderator, "end later", seen, lambda _event, state, _now: steps.end_later(state, minutes))


def undo(db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    """Take the last change back, within ten seconds."""
    now = clock.now()
    with db.writing() as session:
        held = _hold(session, moderator, seen)
        last = rows.last_change(session, moderator.workshop_id)
        if last is None or last[0] == "undo":
            raise Conflict("There is nothing to undo.")
        _, before, changed_at = last
        steps.find_step(held[0], before.step_key)  # it may have been left out since
        after = steps.undo(held[1], before, changed_at, now)
        return _write(session, moderator, "undo", held, after=after, now=now)


def run_of_show(db: Database, moderator: ModeratorBadge) -> RunOfShow:
    """Everything that the desk shows about the steps, at one moment."""
    now = clock.now()
    with db.reading() as session:
        view = rows.by_id(session, moderator.workshop_id)
        if view is None:
            raise NotFound("This workshop was removed.")
        history = rows.changes(session, moderator.workshop_id)
        last = rows.last_change(session, moderator.workshop_id)
    real = _real_minutes(history, now)
    lines = tuple(
        StepLine(
            step=step,
            minutes=view.state.minutes_of(step),
            real_minutes=real.get(step.key),
            current=step.key == view.state.step_key,
        )
        for step in view.event.run_of_show
    )
    undoable = last is not None and last[0] != "undo"
    undo_until = last[2] + timedelta(seconds=steps.UNDO_SECONDS) if last is not None and undoable else None
    return RunOfShow(
        state=view.state,
        lines=lines,
        plan=steps.plan(view.event, view.state, now),
        proposal=cuts.propose(view.event, view.state, now),
        next_step=steps.next_step(view.event, view.state),
        previous_step=steps.previous_step(view.event, view.state),
        last_action=last[0] if last else "",
        undo_until=undo_until if undo_until is not None and undo_until > now else None,
    )


def _change(db: Database, moderator: ModeratorBadge, action: str, seen: int, change: Change) -> StepState:
    now = clock.now()
    with db.writing() as session:
        held = _hold(session, moderator, seen)
        return _write(session, moderator, action, held, after=change(*held, now), now=now)


def _hold(session: Session, moderator: ModeratorBadge, seen: int) -> _Held:
    view = rows.by_id(session, moderator.workshop_id, change=True)
    if view is None:
        raise NotFound("This workshop was removed.")
    if view.state.version != seen:
        raise Conflict(_SOMEBODY_WAS_FASTER)
    return view.event, view.state


def _write(
    session: Session, moderator: ModeratorBadge, action: str, held: _Held, *, after: StepState, now: datetime
) -> StepState:
    event, before = held
    if after.voting_opened_at is None and _anybody_has_judged(session, moderator.workshop_id):
        after = replace(after, voting_opened_at=before.voting_opened_at)  # dots or marks on texts: they stay closed
    if not rows.change_step(session, moderator.workshop_id, action=action, before=before, after=after, at=now):
        raise Conflict(_SOMEBODY_WAS_FASTER)
    topics = {"room"} if before.step_key == after.step_key else {"room", "ready"}
    if permissions.sees(event, before) != permissions.sees(event, after):
        topics |= {"board", "builds", "themes", "results", "consortium", "pitch", "wall"}
    if _shows_the_board_without_sharing(event, after) and idea_rows.publish_all(session, moderator.workshop_id, at=now):
        topics |= {"board", "counters"}
    routing.follow(session, turn.look(session, moderator.workshop_id))
    details: dict[str, object] = {"action": action, "from": before.step_key, "to": after.step_key}
    if after.agreed_minutes != before.agreed_minutes:
        details["minutes"] = dict(after.agreed_minutes)
    log_rows.record(
        session,
        moderator.workshop_id,
        actor=moderator.label,
        verb="step",
        subject=after.step_key,
        details={**details, "version": after.version},
        at=now,
    )
    announce(session, moderator.workshop_id, *topics)
    return after


def _anybody_has_judged(session: Session, workshop_id: UUID) -> bool:
    return vote_rows.any_cast(session, workshop_id) or rating_rows.any_said(session, workshop_id)


def _shows_the_board_without_sharing(event: Event, state: StepState) -> bool:
    """A run of show without “Share at the table” has nobody who could publish: what was written goes to the room."""
    return permissions.shows_the_board(event, state) and state.sharing_opened_at is None


def _real_minutes(history: Sequence[tuple[str, StepState, datetime]], now: datetime) -> dict[str, float]:
    real: dict[str, float] = {}
    for index, (_, state, at) in enumerate(history):
        until = history[index + 1][2] if index + 1 < len(history) else now
        if state.status is not steps.Status.CLOSED:
            real[state.step_key] = real.get(state.step_key, 0.0) + (until - at).total_seconds() / 60
    return real
