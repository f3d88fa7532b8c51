"""The desk's helm: the run of show with its clock, and the buttons that move it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.domain.steps import Status, StepState
from workshop.services import clock, steps
from workshop.services.access import ModeratorBadge
from workshop.services.steps import RunOfShow, StepLine
from workshop.ui import components, gate, notice

_LINE = Markup(
    '<li class="rt-line{state}"><span class="rt-title">{title}</span>'
    '<span class="rt-minutes">{planned}</span><span class="rt-minutes">{real}</span></li>'
)
_LIST = Markup(
    '<ol class="rt-run"><li class="rt-line rt-line-head"><span class="rt-title">Step</span>'
    '<span class="rt-minutes">planned</span><span class="rt-minutes">real min</span></li>{}</ol>'
)


def show(moderator: ModeratorBadge, event: Event, code: str) -> None:
    """The current step, the clock, the buttons, and the list of all steps with planned and real minutes."""
    picture = steps.run_of_show(gate.house().db, moderator)
    current = next(line.step for line in picture.lines if line.current)
    closed = " (closed)" if picture.state.status is Status.CLOSED else ""
    st.html(Markup('<p class="rt-kicker">Now{}</p><h1 class="rt-lead">{}</h1>').format(closed, current.title))
    components.clock(code, key="desk_clock")
    _problem_of_last_button()
    _buttons(moderator, picture)
    st.html(_plan(picture))
    st.html(_LIST.format(Markup("").join(_line(line) for line in picture.lines)))
    _other_step(moderator, event, picture)


def _buttons(moderator: ModeratorBadge, picture: RunOfShow) -> None:
    seen = picture.state.version
    act = partial(_button, moderator, seen)
    if picture.next_step is not None:
        following = picture.next_step.title
        st.html(Markup('<p class="rt-hint">Next: {}</p>').format(following))
        act("Open next step", steps.open_next, kind="primary", icon=":material/arrow_forward:")
    row = st.container(horizontal=True, gap="small")
    with row:
        if picture.previous_step is not None:
            act("Back", steps.go_back, icon=":material/arrow_back:")
        if picture.state.status is not Status.CLOSED:
            act("Close step", steps.close, icon=":material/stop_circle:")
        if picture.state.status is Status.PAUSED:
            act("Resume clock", steps.resume, icon=":material/play_arrow:")
        if picture.state.ends_at is not None:
            act("Pause clock", steps.pause, icon=":material/pause:")
    if picture.state.remaining(clock.now()) is not None and picture.state.status is not Status.CLOSED:
        with st.container(horizontal=True, gap="small"):
            for minutes in (1, 5, -1):
                act(f"{minutes:+d} min".replace("-", "\u2212"), partial(_add, minutes))
    if picture.undo_until is not None:
        left = (picture.undo_until - clock.now()).total_seconds()
        st.html(f"<style>.st-key-undo {{ animation: rt-gone 0s linear {left:.1f}s forwards; }}</style>")
        with st.container(key="undo"):
            act(f"Undo: {picture.last_action}", steps.undo, icon=":material/undo:")


def _button(
    moderator: ModeratorBadge,
    seen: int,
    label: str,
    verb: Callable[..., StepState],
    *,
    kind: str = "secondary",
    icon: str | None = None,
) -> None:
    primary = kind == "primary"
    st.button(
        label,
        key=f"step_{label}_{seen}",
        icon=icon,
        type="primary" if primary else "secondary",
        width="stretch" if primary else "content",
        on_click=_press,
        args=(moderator, seen, verb),
    )


def _press(moderator: ModeratorBadge, seen: int, verb: Callable[..., StepState]) -> None:
    """Run the verb before the page is drawn, so that the page shows what is true after it."""
    st.session_state.pop("desk_problem", None)
    try:
        verb(gate.house().db, moderator, seen=seen)
    except notice.WorkshopError as error:
        st.session_state["desk_problem"] = str(error)


def _problem_of_last_button() -> None:
    sentence = st.session_state.pop("desk_problem", None)
    if sentence is not None:
        notice.problem(sentence)


def _add(minutes: int, db: steps.Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    return steps.add_minutes(db, moderator, minutes, seen=seen)


def _plan(picture: RunOfShow) -> Markup:
    plan = picture.plan
    if plan.ends_at is None:
        return Markup(
            '<p class="rt-hint">The planned end is counted from the moment you open the first timed step.</p>'
        )
    if plan.owed_minutes:
        return Markup('<p class="rt-notice rt-problem">{}</p>').format(
            f"{plan.owed_minutes} min behind the planned end. Shorten a later step, or take minutes off this one."
        )
    return Markup('<p class="rt-notice rt-saved">In time for the planned end.</p>')


def _line(line: StepLine) -> Markup:
    state = " rt-line-now" if line.current else "" if line.playable else " rt-line-later"
    title = line.step.title if line.playable else f"{line.step.title} (not in this version)"
    return _LINE.format(
        state=state,
        title=title,
        planned=line.step.minutes or "",
        real="" if line.real_minutes is None else f"{line.real_minutes:.0f}",
    )


def _other_step(moderator: ModeratorBadge, event: Event, picture: RunOfShow) -> None:
    with st.expander("Open another step", icon=":material/low_priority:"):
        keys = [line.step.key for line in picture.lines if line.playable and not line.current]
        chosen = st.selectbox("Step", keys, index=None, format_func=lambda key: event.step(key).title)
        if chosen is not None:
            _button(
                moderator,
                picture.state.version,
                "Open this step",
                lambda db, badge, *, seen: steps.open_step(db, badge, chosen, seen=seen),
            )
