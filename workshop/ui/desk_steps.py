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
from workshop.storage import Database
from workshop.ui import components, desk_plan, gate
from workshop.ui.buttons import button

_LINE = Markup(
    '<li class="rt-line{state}"><span class="rt-title">{title}</span><span class="rt-minutes">{planned}</span>'
    '<span class="rt-minutes">{agreed}</span><span class="rt-minutes">{real}</span></li>'
)
_LIST = Markup(
    '<ol class="rt-run"><li class="rt-line rt-line-head"><span class="rt-title">Step</span>'
    '<span class="rt-minutes">planned</span><span class="rt-minutes">{agreed}</span>'
    '<span class="rt-minutes">real</span></li>{lines}</ol>'
)
_GONE = Markup(
    "<style>@keyframes {name} {{ to {{ visibility: hidden; position: absolute; height: 0; }} }} "
    ".st-key-undo {{ animation: {name} 0s linear {seconds}s forwards; }}</style>"
)
_NOW = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">{}</h1>')

Verb = Callable[..., StepState]


def show(moderator: ModeratorBadge, event: Event, code: str) -> None:
    """The current step, the clock, the buttons, and the list of all steps with planned, cut and real minutes."""
    picture = steps.run_of_show(gate.house().db, moderator)
    step = next(line.step for line in picture.lines if line.current)
    st.html(_NOW.format("Closed" if picture.state.status is Status.CLOSED else "Open now", step.title))
    components.clock(code, key="desk_clock")
    _undo(moderator, picture)
    _next(moderator, picture)
    _this_step(moderator, picture)
    desk_plan.show(moderator, event, picture)
    agreed = "cut to" if any(line.minutes != line.step.minutes for line in picture.lines) else ""
    st.html(_LIST.format(agreed=agreed, lines=Markup("").join(_line(line) for line in picture.lines)))
    _another_step(moderator, event, picture)


def _next(moderator: ModeratorBadge, picture: RunOfShow) -> None:
    if picture.next_step is not None:
        st.html(Markup('<p class="rt-hint">Next: {}</p>').format(picture.next_step.title))
        act = _verb(moderator, picture, steps.open_next)
        button(
            moderator, "Open next step", act, key=_key(picture, "next"), kind="primary", icon=":material/arrow_forward:"
        )


def _this_step(moderator: ModeratorBadge, picture: RunOfShow) -> None:
    state = picture.state
    with st.container(horizontal=True, gap="small"):
        if picture.previous_step is not None:
            _small("Back", moderator, picture, steps.go_back, ":material/arrow_back:")
        if state.status is not Status.CLOSED:
            _small("Close step", moderator, picture, steps.close, ":material/stop_circle:")
        if state.status is Status.PAUSED:
            _small("Resume clock", moderator, picture, steps.resume, ":material/play_arrow:")
        elif state.ends_at is not None:
            _small("Pause clock", moderator, picture, steps.pause, ":material/pause:")
    if state.status is not Status.CLOSED and state.remaining(clock.now()) is not None:
        with st.container(horizontal=True, gap="small"):
            for minutes, label in ((1, "+1 min"), (5, "+5 min"), (-1, "\u22121 min")):
                _small(label, moderator, picture, partial(_add, minutes), ":material/timer:")


def _undo(moderator: ModeratorBadge, picture: RunOfShow) -> None:
    """Ten seconds long; a style takes the button away by itself, without a rerun. Its place stays.

    Every run names the animation anew: one that has begun goes on counting from its own beginning.
    """
    with st.container(key="undo"):
        if picture.undo_until is None:
            return
        left = (picture.undo_until - clock.now()).total_seconds()
        st.html(_GONE.format(name=f"rt-gone-{picture.state.version}-{left * 1000:.0f}", seconds=f"{left:.1f}"))
        act = _verb(moderator, picture, steps.undo)
        button(moderator, "Undo the last change", act, key=_key(picture, "undo"), icon=":material/undo:")


def _another_step(moderator: ModeratorBadge, event: Event, picture: RunOfShow) -> None:
    with st.expander("Open another step", icon=":material/low_priority:"):
        keys = [line.step.key for line in picture.lines if not line.current]
        chosen = st.selectbox("Step", keys, index=None, format_func=lambda key: event.step(key).title)
        if chosen is not None:
            _small("Open this step", moderator, picture, partial(_open, chosen), ":material/arrow_forward:")


def _small(label: str, moderator: ModeratorBadge, picture: RunOfShow, verb: Verb, icon: str) -> None:
    button(moderator, label, _verb(moderator, picture, verb), key=_key(picture, label), icon=icon)


def _verb(moderator: ModeratorBadge, picture: RunOfShow, verb: Verb) -> Callable[[], StepState]:
    """The verb with the version that this page shows: a second tap gets a sentence, not a second step."""
    return partial(verb, gate.house().db, moderator, seen=picture.state.version)


def _add(minutes: int, db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    return steps.add_minutes(db, moderator, minutes, seen=seen)


def _open(key: str, db: Database, moderator: ModeratorBadge, *, seen: int) -> StepState:
    return steps.open_step(db, moderator, key, seen=seen)


def _key(picture: RunOfShow, name: str) -> str:
    return f"step_{name}_{picture.state.version}"


def _line(line: StepLine) -> Markup:
    return _LINE.format(
        state=" rt-line-now" if line.current else "",
        title=line.step.title,
        planned=f"{line.step.minutes} min" if line.step.minutes else "",
        agreed=f"{line.minutes} min" if line.minutes != line.step.minutes else "",
        real="" if line.real_minutes is None else f"{line.real_minutes:.0f} min",
    )
