"""The desk picks the ideas that go on: what both orders suggest, with the reason, and one wild card."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.going_on import MOST
from workshop.services import going_on
from workshop.services.access import ModeratorBadge
from workshop.services.going_on import Choice
from workshop.ui import gate, notice
from workshop.ui.buttons import Act, button

_LINE = Markup('<p class="rt-idea-line"><b>#{}</b> {} <span class="rt-note">{}</span></p>')


def show(moderator: ModeratorBadge) -> None:
    """The list, the suggestions that are not on it, and the wild card."""
    choice = notice.attempt(lambda: going_on.choice(gate.house().db, moderator))
    if choice is not None:
        _show(moderator, choice)


def change(moderator: ModeratorBadge) -> None:
    """The same beside the cards: closed, unless nothing goes on yet."""
    choice = notice.attempt(lambda: going_on.choice(gate.house().db, moderator))
    if choice is not None and choice.picked:
        with st.expander("Change which ideas go on", icon=":material/checklist:"):
            _show(moderator, choice)
    elif choice is not None:
        _show(moderator, choice)


def _show(moderator: ModeratorBadge, choice: Choice) -> None:
    st.subheader(f"Ideas that go on: {len(choice.picked)} of at most {MOST}")
    if not choice.going_on.version:
        _proposal(moderator, choice)
    for idea in choice.picked:
        wild = "wild card" if idea.id == choice.going_on.wild_card else ""
        drop = partial(going_on.drop, gate.house().db, moderator, idea.id, seen=choice.going_on.version)
        _line((idea.number, idea.title, wild), moderator, "Take off", drop, f"drop_{idea.number}", choice)
    _suggested(moderator, choice)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _wild_card(moderator, choice)
        if choice.undoable:
            act = partial(going_on.undo, gate.house().db, moderator, seen=choice.going_on.version)
            button(moderator, "Undo", act, key=f"go_undo_{choice.going_on.version}", icon=":material/undo:")


def _proposal(moderator: ModeratorBadge, choice: Choice) -> None:
    if not choice.proposal:
        notice.hint("Nobody has voted, so nothing is proposed. Pick the ideas by hand below.")
        return
    numbers = ", ".join(f"#{each.number}" for each in choice.proposal)
    notice.hint(f"Nobody has picked yet. Proposed, the first of the two-sided order: {numbers}.")
    act = partial(going_on.accept, gate.house().db, moderator, seen=choice.going_on.version)
    button(moderator, "Let these go on", act, key="go_accept", kind="primary", done="These ideas go on.")


def _suggested(moderator: ModeratorBadge, choice: Choice) -> None:
    board = {idea.number: idea for idea in choice.board}
    left = [each for each in choice.suggestions if board[each.number].id not in choice.going_on.ideas]
    if not left:
        return
    st.subheader("Suggested by both orders")
    for each in left:
        idea = board[each.number]
        pick = partial(going_on.pick, gate.house().db, moderator, idea.id, seen=choice.going_on.version)
        _line((idea.number, idea.title, each.reason), moderator, "Let it go on", pick, f"pick_{idea.number}", choice)


def _line(
    words: tuple[int, str, str], moderator: ModeratorBadge, label: str, act: Act, key: str, choice: Choice
) -> None:
    text, action = st.columns([5, 2], vertical_alignment="center")
    with text:
        st.html(_LINE.format(*words))
    with action:
        button(moderator, label, act, key=f"go_{key}_{choice.going_on.version}")


def _wild_card(moderator: ModeratorBadge, choice: Choice) -> None:
    """Any idea of the board that is not on the list: somebody in the room believes in it."""
    others = {idea.id: idea for idea in choice.board if idea.id not in choice.going_on.ideas}
    chosen = st.selectbox(
        "Wild card, or any other idea",
        others,
        index=None,
        format_func=lambda key: f"#{others[key].number} {others[key].title}",
        placeholder="Number or words",
        key="wild_card",
    )
    if chosen is not None:
        seen = choice.going_on.version
        for label, wild in (("As the wild card", True), ("Let it go on", False)):
            act = partial(going_on.pick, gate.house().db, moderator, chosen, seen=seen, wild_card=wild)
            button(moderator, label, act, key=f"go_{label}_{chosen}_{seen}")
