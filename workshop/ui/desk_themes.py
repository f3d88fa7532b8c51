"""The desk's theme workshop: a board by tap and keyboard. One theme is open at a time, so that a run stays short.

What stands above the open theme keeps its place in the page, whatever others change: what is typed and chosen stays.
"""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.services import theme_desk, themes, topics
from workshop.services.access import ModeratorBadge
from workshop.services.flags import Flagged
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_desk import ThemeDesk
from workshop.themes import NOT_SURE
from workshop.ui import desk_suggestion, desk_theme, gate, notice, shared, tab, theme_cards
from workshop.ui.buttons import button
from workshop.ui.plain import plain

_READ_AGAIN = ("room", "board", "moderation", "themes", "proposal", "flags")
_FLAGS_AT_ONCE = 5
_NONE_YET = "No themes yet. They need at least eight ideas on the board."
_NONE_APPLIED = "No themes yet. Apply the suggestion, or ask for another one."
_FLAG = Markup('<p class="rt-flag"><b>{} #{} “{}” is in the wrong theme</b> (“{}”).</p>')


def show(moderator: ModeratorBadge) -> None:
    """Suggestion, what the room finds wrong, the board with its open theme, and all themes at a glance."""
    desk = _read(moderator)
    wish, flags, board = (st.container(key=f"themes_{part}") for part in ("wish", "flags", "board"))
    with wish:
        desk_suggestion.show(moderator, desk.waiting)
    view = desk.themes
    if view is None or not view.themes:
        with board:
            notice.hint(_NONE_APPLIED if desk.waiting.proposal else _NONE_YET)
        return
    with flags:
        _flagged(moderator, view, desk.flags)
    with board:
        _board(moderator, view, {flag.idea.number: flag.people for flag in desk.flags})


def _read(moderator: ModeratorBadge) -> ThemeDesk:
    """Read once per change for all desks, however often they are drawn."""
    db = gate.house().db
    now = topics.revisions(db, moderator.workshop_id)
    key = ("theme desk", db.url_without_secret, moderator.workshop_id, *(now.get(topic, 0) for topic in _READ_AGAIN))
    return shared.once(key, partial(theme_desk.look, db, moderator))


def _flagged(moderator: ModeratorBadge, view: ThemesView, flags: tuple[Flagged, ...]) -> None:
    """What most people find wrong comes first, each with the theme where it might belong."""
    for flag in flags[:_FLAGS_AT_ONCE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"flagged_{flag.idea.id}"):
            people = "1 person says" if flag.people == 1 else f"{flag.people} people say"
            st.html(_FLAG.format(people, flag.idea.number, flag.idea.title, flag.theme))
            if flag.nearest is not None:
                home, name = flag.nearest
                act = partial(themes.move, gate.house().db, moderator, flag.idea.id, theme_id=home, seen=view.version)
                button(moderator, f"Move to “{plain(name)}”", act, key=f"flag_{flag.idea.id}_{home}", done="Moved.")
    if len(flags) > _FLAGS_AT_ONCE:
        notice.hint(f"{len(flags) - _FLAGS_AT_ONCE} more ideas are flagged; the themes below show them.")


def _board(moderator: ModeratorBadge, view: ThemesView, flagged: dict[int, int]) -> None:
    above, tabs, inside, below = (st.container(key=f"board_{part}") for part in ("above", "tabs", "open", "all"))
    with above:
        if view.draft:
            notice.hint("Draft themes: with fewer than 30 ideas, expect them to change.")
        _undo(moderator, view)
    with tabs.container(horizontal=True, key="theme_tabs"):
        for theme in view.themes:
            _tab(theme.id, f"{plain(theme.name)} · {len(theme.ideas)}")
        if view.not_sure:
            _tab(NOT_SURE, f"Not sure · {len(view.not_sure)}")
    with inside:
        desk_theme.show(moderator, view, tab.current().theme)
    below.html(theme_cards.overview(view, flagged))


def _tab(theme_id: str, label: str) -> None:
    is_open = tab.current().theme == theme_id
    st.button(
        label, key=f"open_{theme_id}", type="primary" if is_open else "secondary", on_click=_open, args=(theme_id,)
    )


def _open(theme_id: str) -> None:
    """Open a theme; a second tap closes it."""
    memory = tab.current()
    memory.theme = None if memory.theme == theme_id else theme_id


def _undo(moderator: ModeratorBadge, view: ThemesView) -> None:
    if view.change is not None:
        act = partial(themes.undo, gate.house().db, moderator, seen=view.version)
        whose = "" if view.change.by == str(moderator.grant_id) else " (by somebody else)"
        label = f"Undo: {plain(view.change.sentence)}{whose}"
        button(moderator, label, act, key=f"themes_undo_{view.change.version}", icon=":material/undo:")
