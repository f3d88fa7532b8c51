"""The open theme on the desk: choose ideas by tap, move them, set them aside, pin them; rename, merge, split."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

import streamlit as st

from workshop.domain.idea import ShownIdea
from workshop.errors import Invalid
from workshop.services import themes
from workshop.services.access import ModeratorBadge
from workshop.services.shown_themes import ThemesView, ThemeView
from workshop.themes import NOT_SURE
from workshop.themes.edits import NAME_CHARACTERS
from workshop.ui import gate, notice, tab, theme_cards
from workshop.ui.buttons import button, press
from workshop.ui.plain import plain


def show(moderator: ModeratorBadge, view: ThemesView, theme_id: str | None) -> None:
    """The theme that was opened here; a sentence when none is, or when it is gone."""
    theme = next((theme for theme in view.themes if theme.id == theme_id), None)
    if theme_id is None:
        notice.hint("Tap a theme to open it: then you can choose ideas, move, rename, merge and split.")
    elif theme is not None:
        with st.container(border=True, key="theme_open"):
            st.html(theme_cards.head(theme, view))
            _ideas(moderator, view, theme_id)
            _whole(moderator, view, theme)
    elif theme_id == NOT_SURE and view.not_sure:
        with st.container(border=True, key="theme_open"):
            notice.hint("These ideas fit no theme clearly. Choose some and move them, or leave them here.")
            _ideas(moderator, view, theme_id)
    else:
        notice.hint("The theme that was open here is gone: it was merged, or its ideas were moved.")


def _ideas(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    """All ideas of the theme as one field, and one bar for what may be done to the chosen ones."""
    ideas = _inside(view, theme_id)
    labels = {idea.id: f"#{idea.number} {plain(idea.title)}" for idea in ideas}
    st.pills(
        "Choose ideas",
        labels,
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=_chosen(theme_id),
    )
    others = _others(view, theme_id)
    with st.container(horizontal=True, vertical_alignment="bottom", key="theme_actions"):
        st.selectbox("To the theme", others, index=None, format_func=others.__getitem__, key="theme_target", width=260)
        for label, act, icon, done in (
            ("Move", _move, "drive_file_move", "Moved, and pinned there for good."),
            ("Set aside", _set_aside, "help", "Set aside: no suggestion puts them into a theme."),
            ("Pin", _pin, "keep", "Pinned: no suggestion moves them."),
        ):
            if act is not _set_aside or theme_id != NOT_SURE:
                doing = partial(act, moderator, view, theme_id)
                key = f"theme_{act.__name__}_{theme_id}"
                button(moderator, label, doing, key=key, icon=f":material/{icon}:", done=done)
    with st.expander("Why is each idea here?", icon=":material/info:", key=f"theme_why_{theme_id}"):
        st.html(theme_cards.reasons(ideas, view))


def _whole(moderator: ModeratorBadge, view: ThemesView, theme: ThemeView) -> None:
    """What is done to the theme as a whole."""
    with st.expander("Rename, merge, split", icon=":material/tune:", key=f"theme_whole_{theme.id}"):
        with st.form(f"rename_{theme.id}", border=False):
            st.text_input("Name", value=theme.name, max_chars=NAME_CHARACTERS, key=f"theme_name_{theme.id}")
            st.form_submit_button("Rename", on_click=_rename, args=(moderator, view, theme.id))
        others = {key: name for key, name in _others(view, theme.id).items() if key != NOT_SURE}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox("Merge into", others, index=None, format_func=others.__getitem__, key="theme_into", width=260)
            button(moderator, "Merge", partial(_merge, moderator, view, theme.id), key=f"theme_merge_{theme.id}")
        split = partial(themes.split, gate.house().db, moderator, theme.id, seen=view.version)
        button(moderator, "Split in two", split, key=f"theme_split_{theme.id}", icon=":material/call_split:")


def _move(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    target = st.session_state.get("theme_target")
    if target is None:
        raise Invalid("Choose the theme that the ideas shall go to, then move them.")
    themes.move(gate.house().db, moderator, *_taken(theme_id), theme_id=target, seen=view.version)
    _let_go(theme_id)


def _set_aside(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    themes.move(gate.house().db, moderator, *_taken(theme_id), theme_id=NOT_SURE, seen=view.version)
    _let_go(theme_id)


def _pin(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    themes.pin(gate.house().db, moderator, *_taken(theme_id), seen=view.version)
    _let_go(theme_id)


def _rename(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    name = str(st.session_state.get(f"theme_name_{theme_id}") or "")
    press(moderator, partial(themes.rename, gate.house().db, moderator, theme_id, name=name, seen=view.version))


def _merge(moderator: ModeratorBadge, view: ThemesView, theme_id: str) -> None:
    into = st.session_state.get("theme_into")
    if into is None:
        raise Invalid("Choose the theme that this one shall go into, then merge.")
    themes.merge(gate.house().db, moderator, theme_id, into=into, seen=view.version)
    tab.current().theme = into


def _taken(theme_id: str) -> tuple[UUID, ...]:
    """The ideas that are chosen in this moment."""
    return tuple(st.session_state.get(_chosen(theme_id)) or ())


def _let_go(theme_id: str) -> None:
    st.session_state[_chosen(theme_id)] = []


def _chosen(theme_id: str) -> str:
    return f"theme_ideas_{theme_id}"


def _inside(view: ThemesView, theme_id: str) -> tuple[ShownIdea, ...]:
    return next((theme.ideas for theme in view.themes if theme.id == theme_id), view.not_sure)


def _others(view: ThemesView, theme_id: str) -> Mapping[str, str]:
    """The other themes by id, each with a name of its own: two of the same name must be told apart."""
    names: dict[str, str] = {}
    for theme in view.themes:
        if theme.id != theme_id:
            again = list(names.values()).count(theme.name)
            names[theme.id] = f"{theme.name} ({again + 1})" if again else theme.name
    return names
