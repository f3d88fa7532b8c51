"""Where to cut when the run of show would end too late, and where to give back what a step did not need.

Minutes are whole, and shared out over the steps ahead in proportion to their room: when cutting, that is the minutes
above the least (slack); when giving back, the minutes that were cut before. Each step gets the whole part of its exact
share, and the minutes left over go one by one to the largest remainders, the earlier step first (the method of
Hamilton, or of largest remainders). A share is never above the step's room, so no step falls below its least minutes
or rises above its planned ones. This proposes; a person decides, and nothing advances by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workshop.domain.event import Event, Step
from workshop.domain.steps import StepState, plan, steps_ahead
from workshop.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """A later step with the minutes that hold for it now, and those that are proposed."""

    step: Step
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """New minutes for some of the steps ahead. ``too_long`` are minutes that not even the least of all makes up for."""

    changes: tuple[NewMinutes, ...]
    too_long: int = 0

    @property
    def minutes(self) -> dict[str, int]:
        """The proposed minutes by key of the step."""
        return {change.step.key: change.after for change in self.changes}


def propose(event: Event, state: StepState, now: datetime) -> Proposal | None:
    """Return how to end in time, or whom to give minutes back; None when nothing is to be decided."""
    stand = plan(event, state, now)
    ahead = steps_ahead(event, state)
    held = [state.minutes_of(step) for step in ahead]
    if stand.owed_minutes:
        slack = [max(0, minutes - step.least_minutes) for step, minutes in zip(ahead, held, strict=True)]
        cuts = shares(stand.owed_minutes, slack)
        return Proposal(_changes(ahead, held, [-cut for cut in cuts]), too_long=stand.owed_minutes - sum(cuts))
    cut_before = [max(0, step.minutes - minutes) for step, minutes in zip(ahead, held, strict=True)]
    changes = _changes(ahead, held, shares(stand.spare_minutes, cut_before))
    return Proposal(changes) if changes else None


def shares(total: int, rooms: Sequence[int]) -> list[int]:
    """Share whole minutes out in proportion to the room of each, never more than its room; see above."""
    room = sum(rooms)
    if room == 0:
        return [0 for _ in rooms]
    fitting = min(total, room)
    shared = [fitting * each // room for each in rooms]
    by_remainder = sorted(range(len(rooms)), key=lambda place: (-(fitting * rooms[place] % room), place))
    for place in by_remainder[: fitting - sum(shared)]:
        shared[place] += 1
    return shared


def agree(event: Event, state: StepState, minutes: Mapping[str, int]) -> StepState:
    """Let new minutes hold for steps ahead: what a person has seen and agreed to. Each step says when it is too few."""
    ahead = {step.key: step for step in steps_ahead(event, state)}
    if not minutes:
        raise Invalid("There is nothing to change in the minutes of the steps ahead.")
    for key, chosen in minutes.items():
        step = ahead.get(key)
        if step is None:
            raise Conflict("A step of this proposal is open already or over. Look at the new proposal.")
        if not step.least_minutes <= chosen <= step.minutes:
            raise Invalid(f"“{step.title}” takes {step.least_minutes} to {step.minutes} minutes.")
    return replace(state, version=state.version + 1, agreed_minutes={**state.agreed_minutes, **minutes})


def _changes(ahead: Sequence[Step], held: Sequence[int], moved: Sequence[int]) -> tuple[NewMinutes, ...]:
    each = zip(ahead, held, moved, strict=True)
    return tuple(NewMinutes(step, minutes, minutes + by) for step, minutes, by in each if by)
