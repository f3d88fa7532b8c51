"""The run of show as a state machine: what a moderator may do with the steps, and what it does to the clock.

Everything here is a pure function from one frozen `StepState` to the next. Nothing advances by itself, going
back destroys nothing, and every moment is the server's. Whoever stores the state compares ``version`` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from workshop.domain.event import Event, Step, StepKind
from workshop.errors import Conflict, Invalid, NotFound

UNDO_SECONDS = 10
MOST_MINUTES = 180


class Status(StrEnum):
    """Where the current step stands."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class StepState:
    """The current step and its clock.

    ``ends_at`` is set while a timed step runs, ``remaining_seconds`` while it is paused; a step without
    planned minutes has neither. ``agreed_minutes`` holds, by key, what a person has agreed to instead of the minutes
    in the event (`workshop.domain.cuts`). ``version`` grows by one with every change.
    """

    step_key: str
    version: int
    status: Status
    opened_at: datetime
    ends_at: datetime | None = None
    remaining_seconds: float | None = None
    started_at: datetime | None = None
    planned_end_at: datetime | None = None
    sharing_opened_at: datetime | None = None
    writing_closed_at: datetime | None = None
    building_closed_at: datetime | None = None
    voting_opened_at: datetime | None = None
    agreed_minutes: Mapping[str, int] = field(default_factory=dict, hash=False)

    def minutes_of(self, step: Step) -> int:
        """The minutes that hold for a step in this workshop; 0 for one without a clock.

        An organiser may have changed the step since somebody agreed: its own limits hold whatever was agreed.
        """
        return min(max(self.agreed_minutes.get(step.key, step.minutes), step.least_minutes), step.minutes)

    def remaining(self, now: datetime) -> float | None:
        """Seconds left on the clock, negative when over time; None for a step without a clock."""
        if self.ends_at is not None:
            return (self.ends_at - now).total_seconds()
        return self.remaining_seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """How the run of show stands against its planned end: minutes too many, or minutes to spare; one of them is 0."""

    ends_at: datetime | None
    expected_end_at: datetime | None
    owed_minutes: int
    spare_minutes: int = 0


def first_state(event: Event, now: datetime) -> StepState:
    """The state of a workshop that nobody has started: its first step is open."""
    return StepState(step_key=event.run_of_show[0].key, version=0, status=Status.OPEN, opened_at=now)


def open_step(event: Event, state: StepState, key: str, now: datetime) -> StepState:
    """Open a step, earlier or later than the current one. Its clock starts at the minutes that hold for it."""
    step = find_step(event, key)
    if key == state.step_key and state.status is Status.OPEN:
        raise Conflict(f"“{step.title}” is already open.")
    left = _leave(event, state, now)
    minutes = state.minutes_of(step)
    ends_at = now + timedelta(minutes=minutes) if minutes else None
    started_at, planned_end_at = left.started_at, left.planned_end_at
    if started_at is None and step.kind is not StepKind.ARRIVE:
        started_at, planned_end_at = now, _planned_end(event, now)
    return replace(
        left,
        step_key=key,
        version=state.version + 1,
        status=Status.OPEN,
        opened_at=now,
        ends_at=ends_at,
        remaining_seconds=None,
        started_at=started_at,
        planned_end_at=planned_end_at,
        sharing_opened_at=left.sharing_opened_at or (now if step.kind is StepKind.SHARE else None),
        voting_opened_at=left.voting_opened_at or (now if step.kind in {StepKind.VOTE, StepKind.RATE} else None),
    )


def open_next(event: Event, state: StepState, now: datetime) -> StepState:
    """Open the next step that this version can run."""
    following = next_step(event, state)
    if following is None:
        raise Invalid("This is the last step of the run of show. Go back, or download the report.")
    return open_step(event, state, following.key, now)


def go_back(event: Event, state: StepState, now: datetime) -> StepState:
    """Open the step before the current one again. Everything that was written or voted stays."""
    earlier = previous_step(event, state)
    if earlier is None:
        raise Invalid("This is the first step; there is nothing to go back to.")
    return open_step(event, state, earlier.key, now)


def close(event: Event, state: StepState, now: datetime) -> StepState:
    """Close the current step: phones wait, nothing lands any more (but late saves of ideas)."""
    if state.status is Status.CLOSED:
        raise Conflict("This step is already closed.")
    return replace(
        _leave(event, state, now),
        version=state.version + 1,
        status=Status.CLOSED,
        ends_at=None,
        remaining_seconds=state.remaining(now),
    )


def add_minutes(state: StepState, minutes: int, now: datetime) -> StepState:
    """Move the end of the current step; a step that is over time gets its minutes from now on."""
    remaining = state.remaining(now)
    if remaining is None or state.status is Status.CLOSED:
        raise Invalid("This step has no running clock. Open a step with planned minutes first.")
    seconds = max(remaining, 0.0) + minutes * 60 if minutes > 0 else remaining + minutes * 60
    if minutes < 0 and seconds < 0:
        raise Invalid("There are not that many minutes left. Close the step to end it now.")
    if seconds > MOST_MINUTES * 60:
        raise Invalid(f"A step can last {MOST_MINUTES} minutes at most.")
    if state.status is Status.PAUSED:
        return replace(state, version=state.version + 1, remaining_seconds=seconds)
    return replace(state, version=state.version + 1, ends_at=now + timedelta(seconds=seconds))


def pause(state: StepState, now: datetime) -> StepState:
    """Stop the clock; what phones may do stays as it is."""
    if state.status is not Status.OPEN or state.ends_at is None:
        raise Conflict("There is no running clock to pause.")
    return replace(
        state,
        version=state.version + 1,
        status=Status.PAUSED,
        ends_at=None,
        remaining_seconds=state.remaining(now),
    )


def resume(state: StepState, now: datetime) -> StepState:
    """Let a paused clock run on."""
    if state.status is not Status.PAUSED or state.remaining_seconds is None:
        raise Conflict("The clock is not paused.")
    return replace(
        state,
        version=state.version + 1,
        status=Status.OPEN,
        ends_at=now + timedelta(seconds=state.remaining_seconds),
        remaining_seconds=None,
    )


def undo(current: StepState, before: StepState, changed_at: datetime, now: datetime) -> StepState:
    """Take the last change back within `UNDO_SECONDS`: the clock goes on as if it had not happened."""
    if (now - changed_at).total_seconds() > UNDO_SECONDS:
        raise Conflict(f"Undo works for {UNDO_SECONDS} seconds. Use “Back” to return to the earlier step.")
    return replace(before, version=current.version + 1)


def plan(event: Event, state: StepState, now: datetime) -> Plan:
    """When the run of show would end if every later step took the minutes that hold for it."""
    if state.planned_end_at is None:
        return Plan(ends_at=None, expected_end_at=None, owed_minutes=0)
    later = sum(state.minutes_of(step) for step in steps_ahead(event, state))
    left = 0.0 if state.status is Status.CLOSED else max(state.remaining(now) or 0.0, 0.0)
    expected = now + timedelta(seconds=left, minutes=later)
    owed = round((expected - state.planned_end_at).total_seconds() / 60)
    return Plan(state.planned_end_at, expected, owed_minutes=max(0, owed), spare_minutes=max(0, -owed))


def end_later(state: StepState, minutes: int) -> StepState:
    """Move the planned end of the run of show: what a person decides when even the least minutes are too many."""
    if state.planned_end_at is None:
        raise Invalid("The planned end is counted from the first timed step. Open it first.")
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(f"The end can move by 1 to {MOST_MINUTES} minutes.")
    later = state.planned_end_at + timedelta(minutes=minutes)
    return replace(state, version=state.version + 1, planned_end_at=later)


def current_step(event: Event, state: StepState) -> Step:
    """The step that the workshop is in, open or closed."""
    return find_step(event, state.step_key)


def next_step(event: Event, state: StepState) -> Step | None:
    """The next step; None in the last one."""
    return next(iter(steps_ahead(event, state)), None)


def steps_ahead(event: Event, state: StepState) -> tuple[Step, ...]:
    """The steps after the current one."""
    return event.run_of_show[_index(event, state.step_key) + 1 :]


def previous_step(event: Event, state: StepState) -> Step | None:
    """The step before the current one; None in the first one."""
    index = _index(event, state.step_key)
    return event.run_of_show[index - 1] if index else None


def find_step(event: Event, key: str) -> Step:
    """The step with this key, or a sentence that there is none."""
    for step in event.run_of_show:
        if step.key == key:
            return step
    raise NotFound("This step is not in the run of show (any more). Reload the page.")


def reached(event: Event, state: StepState, kind: StepKind) -> bool:
    """Whether the current step is of this kind or stands after the first step of this kind."""
    index = next((i for i, step in enumerate(event.run_of_show) if step.kind is kind), None)
    return index is not None and _index(event, state.step_key) >= index


def _leave(event: Event, state: StepState, now: datetime) -> StepState:
    """Remember when writing or building ended, so that late saves are counted from that moment."""
    kind = current_step(event, state).kind
    if state.status is Status.CLOSED:
        return state
    if kind in {StepKind.WRITE, StepKind.SHARE}:
        return replace(state, writing_closed_at=now)
    return replace(state, building_closed_at=now) if kind is StepKind.BUILD else state


def _planned_end(event: Event, now: datetime) -> datetime:
    """The event's own end on its day, else as many minutes from now as the run of show has."""
    if event.starts_at - timedelta(hours=2) <= now < event.ends_at:
        return event.ends_at
    return now + timedelta(minutes=sum(step.minutes for step in event.run_of_show))


def _index(event: Event, key: str) -> int:
    return event.run_of_show.index(find_step(event, key))
