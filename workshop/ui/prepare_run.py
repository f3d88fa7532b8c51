"""Prepare the run of show: take a ready-made one, move steps up and down, leave them out, change minutes and sentences.

What is changed is kept in this tab until it is saved, because a run of show is right or wrong as a whole: its minutes
must fit between start and end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from workshop.domain.event import OPEN_ENDED_KINDS, ReadyRun, Step
from workshop.services import event_edits, ready_runs
from workshop.services.access import OrganiserBadge
from workshop.services.event_edits import Prepared
from workshop.ui import gate, notice, prepare_event, tab
from workshop.ui.plain import plain
from workshop.ui.tab import RunDraft


def show(organiser: OrganiserBadge) -> None:
    """The steps with their buttons, the sum of their minutes, and one button that saves them all."""
    prepared = event_edits.of(gate.house().db, organiser)
    moved = prepare_event.changed_elsewhere(prepared)
    draft = _draft(prepared)
    if prepared.started:
        notice.hint("The workshop has started: only the steps that are still ahead can be changed or left out.")
    else:
        _ready_made(draft)
    for place, step in enumerate(draft.steps):
        _step(prepared, draft, place, step)
    _restore(prepared, draft)
    if _wants_to_save(prepared, draft) and not moved:
        _save(organiser, prepared, draft)


def _draft(prepared: Prepared) -> RunDraft:
    """What this tab has changed; it begins anew when the saved event is another one."""
    memory = tab.current()
    if memory.run is None or memory.run.version != prepared.version:
        event = prepared.event
        memory.run = RunDraft(prepared.version, list(event.run_of_show), f"{event.ends:%H:%M}")
    return memory.run


def _ready_made(draft: RunDraft) -> None:
    with st.container(horizontal=True):
        for run in ready_runs.every():
            st.button(
                plain(run.title),
                key=f"ready_{run.minutes}",
                help=run.note,
                on_click=partial(_take, draft, run),
                icon=":material/list:",
            )
    notice.hint("A ready-made run takes the place of the steps below. Nothing changes in the room until you save.")


def _step(prepared: Prepared, draft: RunDraft, place: int, step: Step) -> None:
    changeable = not prepared.started or step in prepared.later or step.key in {one.key for one in prepared.later}
    minutes = f", {step.minutes} min (least {step.least_minutes})" if step.minutes else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"run_step_{step.key}"):
        with st.expander(plain(f"{place + 1}. {step.title}{minutes}"), key=f"run_open_{step.key}"):
            if changeable:
                _fields(draft, place, step)
            else:
                notice.hint("This step is open or over.")
        fixed = step.kind in OPEN_ENDED_KINDS or not changeable
        last = len(draft.steps) - 2
        _move("Up", "arrow_upward", partial(_swap, draft, place, -1), step, off=fixed or place <= 1 or prepared.started)
        _move(
            "Down",
            "arrow_downward",
            partial(_swap, draft, place, 1),
            step,
            off=fixed or place >= last or prepared.started,
        )
        _move("Leave out", "delete", partial(_leave_out, draft, place), step, off=fixed)


def _move(label: str, icon: str, act: Callable[[], None], step: Step, *, off: bool) -> None:
    st.button(label, key=f"{label}_{step.key}", icon=f":material/{icon}:", type="tertiary", on_click=act, disabled=off)


def _fields(draft: RunDraft, place: int, step: Step) -> None:
    """Every field is taken over as it is left; the rules are checked when all is saved."""
    key = f"{step.key}_{draft.version}_{draft.taken}"
    title = st.text_input("Title", step.title, key=f"step_title_{key}")
    instruction = st.text_input("On phones", step.instruction, key=f"step_phone_{key}")
    wall = st.text_input("On the wall", step.wall, key=f"step_wall_{key}")
    minutes, least = step.minutes, step.least_minutes
    if step.kind not in OPEN_ENDED_KINDS:
        with st.container(horizontal=True):
            minutes = st.number_input("Minutes", 1, 180, step.minutes, key=f"step_minutes_{key}", width=160)
            least = st.number_input("Least minutes", 0, 180, step.least_minutes, key=f"step_least_{key}", width=160)
    draft.steps[place] = replace(
        step, title=title, instruction=instruction, wall=wall, minutes=minutes, least_minutes=least
    )


def _restore(prepared: Prepared, draft: RunDraft) -> None:
    """Steps that were left out, and those that a ready-made run has besides."""
    there = {step.key for step in draft.steps}
    ready = [step for run in ready_runs.every()[::-1] for step in run.run_of_show]
    missing = {step.key: step for step in [*ready, *prepared.event.run_of_show] if step.key not in there}
    missing = {key: step for key, step in missing.items() if step.kind not in OPEN_ENDED_KINDS}
    if prepared.started:
        missing = {key: step for key, step in missing.items() if step in prepared.later}
    if missing:
        chosen = st.selectbox(
            "Put a step back, or add one",
            list(missing),
            index=None,
            format_func=lambda key: missing[key].title,
            key="missing_step",
        )
        if chosen is not None:
            st.button("Put it in", on_click=partial(_put_in, draft, missing[chosen], _order(prepared, ready)))


def _wants_to_save(prepared: Prepared, draft: RunDraft) -> bool:
    event, total = prepared.event, sum(step.minutes for step in draft.steps)
    if not prepared.started:
        key = f"run_ends_{prepared.version}"
        draft.ends = st.text_input("Ends at", draft.ends, max_chars=5, key=key, width=160)
    notice.hint(f"{total} minutes in all, from {event.starts:%H:%M}.")
    return st.button("Save the run of show", type="primary", icon=":material/save:")


def _save(organiser: OrganiserBadge, prepared: Prepared, draft: RunDraft) -> None:
    ends, steps = None if prepared.started else draft.ends, tuple(draft.steps)
    db = gate.house().db
    saved = notice.attempt(lambda: event_edits.save_run(db, organiser, steps, ends=ends, seen=draft.version))
    if saved is not None:
        tab.current().event_seen = ""
        notice.saved("Saved. The desk and every screen show it from now on.")


def _take(draft: RunDraft, run: ReadyRun) -> None:
    """Arriving and closing stay those of the event: a room may be waiting in them."""
    draft.steps[1:-1] = run.run_of_show[1:-1]
    draft.taken += 1


def _swap(draft: RunDraft, place: int, by: int) -> None:
    draft.steps[place], draft.steps[place + by] = draft.steps[place + by], draft.steps[place]


def _leave_out(draft: RunDraft, place: int) -> None:
    del draft.steps[place]


def _put_in(draft: RunDraft, step: Step, order: Sequence[str]) -> None:
    """At the place where the order of the event, or of the ready-made run, has it; never after the closing."""
    before = set(order[: order.index(step.key)]) if step.key in order else set()
    place = max((at + 1 for at, one in enumerate(draft.steps[:-1]) if one.key in before), default=1)
    draft.steps.insert(place, step)


def _order(prepared: Prepared, ready: Sequence[Step]) -> list[str]:
    return [step.key for step in [*prepared.event.run_of_show, *ready]]
