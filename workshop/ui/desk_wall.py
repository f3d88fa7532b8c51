"""What the wall shows, and the moderator's hand on it: hold it, put one idea in the spotlight, undo."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.services import clock, ideas, wall_control
from workshop.services.access import ModeratorBadge
from workshop.services.wall_control import WallNow
from workshop.ui import gate, notice
from workshop.ui.buttons import button

_NOW = Markup('<p class="rt-wall-now"><b>The wall shows</b> {}</p>')


def show(moderator: ModeratorBadge) -> None:
    """One line with what the wall shows, and the buttons that change it."""
    db = gate.house().db
    now = wall_control.current(db, moderator)
    seen = now.control.version
    st.html(_NOW.format(_sentence(now)))
    with st.container(horizontal=True, gap="small", key="wall_control"):
        if now.held:
            act = partial(wall_control.let_go, db, moderator, seen=seen)
            button(moderator, "Let the wall go on", act, key=f"wall_go_{seen}", icon=":material/play_arrow:")
        else:
            act = partial(wall_control.hold, db, moderator, seen=seen)
            button(moderator, "Hold the wall", act, key=f"wall_hold_{seen}", icon=":material/pan_tool:")
        if now.control.spotlight is not None:
            end = partial(wall_control.spotlight, db, moderator, None, seen=seen)
            button(moderator, "End the spotlight", end, key=f"wall_end_{seen}", icon=":material/close:")
        _spotlight(moderator, seen)
        _undo(moderator, now)


def _sentence(now: WallNow) -> str:
    if now.spotlight is not None:
        behind = f", in front of “{now.step}”" + (", held" if now.held and now.shown else "")
        return f"#{now.spotlight.number} {now.spotlight.title}{behind}."
    if now.held and not now.shown:
        return f"“{now.step}”. What you held is hidden in this step; it returns when it may be seen again."
    return f"“{now.step}”" + (", held while the steps go on." if now.held else ".")


def _spotlight(moderator: ModeratorBadge, seen: int) -> None:
    chooser = st.popover("Spotlight an idea", icon=":material/highlight:", key="spotlight", on_change="rerun")
    with chooser:
        if not chooser.open:  # closed, as nearly always: then no board is read and none is sent
            return
        board = {idea.id: idea for idea in ideas.board(gate.house().db, moderator)}
        if not board:
            notice.hint("The board is hidden in this step, so no idea can be shown.")
            return
        chosen = st.selectbox(
            "Idea",
            board,
            index=None,
            format_func=lambda key: f"#{board[key].number} {board[key].title}",
            placeholder="Number or words",
            key="spotlight_idea",
        )
        if chosen is not None:
            act = partial(wall_control.spotlight, gate.house().db, moderator, chosen, seen=seen)
            button(moderator, "Show it on the wall", act, key=f"wall_spot_{seen}_{chosen}", kind="primary")


def _undo(moderator: ModeratorBadge, now: WallNow) -> None:
    """Ten seconds long; the style sheet takes the button away by itself, without a rerun."""
    if now.undo_until is None:
        return
    left = (now.undo_until - clock.now()).total_seconds()
    with st.container(key="undo_wall"):
        st.html(f"<style>.st-key-undo_wall {{ animation: rt-gone 0s linear {left:.1f}s forwards; }}</style>")
        seen = now.control.version
        act = partial(wall_control.undo, gate.house().db, moderator, seen=seen)
        button(moderator, "Undo on the wall", act, key=f"wall_undo_{seen}", icon=":material/undo:")
