"""What an organiser may change in the event of a workshop, and when.

Before the first timed step everything on the organiser's page may change, as long as nobody who has joined loses their
side, sector or seat. After that only what is safe: sentences and minutes of later steps, leaving a later step out, and
the paper of the reports.
A changed event meets the same rules as an event file. What was promised about names is kept: once something was
written, the anonymity level may only become stricter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from workshop.domain import event_writing
from workshop.domain.event import Anonymity, Event, Step
from workshop.domain.event_file import read_event
from workshop.domain.steps import StepState
from workshop.errors import Conflict, Invalid

_STRICTNESS = (Anonymity.NAMED, Anonymity.TABLE_TAG, Anonymity.ANONYMOUS)

SOURCE = "The event"


@dataclass(frozen=True, slots=True)
class InUse:
    """What people in the room depend on already: keys of sides and sectors, people in all and at the fullest table."""

    sides: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    people: int = 0
    fullest_table: int = 0
    written: bool = False


def changed(text: str, values: Mapping[str, Any]) -> str:
    """The text of an event with these keys replaced. Raises Invalid with every mistake, as for a file."""
    result = event_writing.written({**event_writing.tree_of(text), **values})
    read_event(result, source=SOURCE)
    return result


def must_be_allowed(before: Event, after: Event, *, state: StepState, in_use: InUse) -> None:
    """Raise Conflict, with the reason, where this change may not be made now."""
    if _STRICTNESS.index(after.anonymity) < _STRICTNESS.index(before.anonymity) and in_use.written:
        raise Conflict(
            f"Something was written under the level “{before.anonymity}”. What was promised is kept: the level can "
            "only become stricter."
        )
    if state.started_at is not None:
        _must_be_safe(before, after, state)
        return
    if state.step_key not in {step.key for step in after.run_of_show}:
        raise Conflict("The step that is open now must stay in the run of show.")
    for what, used, there in (
        ("side", in_use.sides, {side.key for side in after.sides}),
        ("sector", in_use.sectors, {sector.key for sector in after.sectors}),
    ):
        if missing := sorted(used - there):
            raise Conflict(f"Somebody in the room has chosen the {what} “{missing[0]}”. It must stay.")
    if in_use.people > after.limits.people:
        raise Conflict(f"{in_use.people} people have joined already. Let at least so many in.")
    if in_use.fullest_table > after.limits.seats_per_table:
        raise Conflict(f"{in_use.fullest_table} people sit at one table already. Leave at least so many seats.")


def _must_be_safe(before: Event, after: Event, state: StepState) -> None:
    """After the start: the past and the present step stay, later ones may be shorter, clearer, or left out."""
    same = replace(
        after,
        run_of_show=before.run_of_show,
        ends=before.ends,
        anonymity=before.anonymity,
        prompts=before.prompts,
        paper=before.paper,
    )
    keys = [step.key for step in before.run_of_show]
    place = keys.index(state.step_key) + 1
    later = {step.key: step for step in before.run_of_show[place:]}
    kept = [step.key for step in after.run_of_show[place:]]
    in_order = kept == [key for key in later if key in kept]
    same_kinds = all(step.key in later and step.kind is later[step.key].kind for step in after.run_of_show[place:])
    if same != before or after.run_of_show[:place] != before.run_of_show[:place] or not (in_order and same_kinds):
        raise Conflict(
            "The workshop has started. Now only the sentences and minutes of later steps can change, and later steps "
            "can be left out. Use the desk for everything else."
        )


def run_values(text: str, steps: Sequence[Step], *, ends: str | None = None, follow: bool = False) -> dict[str, Any]:
    """The keys of an event file that hold this run of show; prompts for a kind of step that is gone go with it.

    ``ends`` is the new end as HH:MM; with ``follow`` the end is moved to fit the minutes.
    """
    kinds = {step.kind for step in steps}
    tree = event_writing.tree_of(text)
    values: dict[str, Any] = {
        "run_of_show": [asdict(step) for step in steps],
        "prompts": [prompt for prompt in tree.get("prompts", []) if prompt["step"] in kinds],
    }
    if follow:
        ends = end_after(read_event(text, source=SOURCE), steps)
    return values | ({} if ends is None else {"ends": ends})


def end_after(event: Event, steps: Sequence[Step]) -> str:
    """The time of day when these steps are over, as HH:MM. Raises Invalid when that is another day."""
    minutes = event.starts.hour * 60 + event.starts.minute + sum(step.minutes for step in steps)
    if minutes >= 24 * 60:
        raise Invalid("These steps would last beyond midnight. Take some out, or make them shorter.")
    return f"{minutes // 60:02}:{minutes % 60:02}"
