"""The desk's theme workshop: suggest, look at the preview, apply; rename, move, merge; undo. No drag and drop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

import streamlit as st
from markupsafe import Markup

from workshop.domain.idea import ShownIdea
from workshop.services import themes
from workshop.services.access import ModeratorBadge
from workshop.services.shown_themes import ThemesView, ThemeView
from workshop.themes import NOT_SURE, Granularity
from workshop.themes.edits import NAME_CHARACTERS
from workshop.ui import charts, gate, look, notice, tab
from workshop.ui.buttons import button
from workshop.ui.plain import plain

_APPLIED = "Applied. The wall and all phones show these themes when their step is open."
_AMOUNTS = {"fewer": "Fewer themes", "default": "Normal", "more": "More themes"}
_THEME = Markup(
    '<p class="rt-theme"><i class="rt-shape rt-shape-circle" style="background:{colour}"></i><b>{name}</b> '
    '<span class="rt-note">{ideas}{locked}</span></p><p class="rt-hint">{subtitle}</p>'
)
_IDEA = Markup('<p class="rt-idea-line"><b>#{}</b> {} <span class="rt-note">{}</span></p>')


def show(moderator: ModeratorBadge) -> None:
    """Suggestion and preview on top, the applied themes below."""
    view = themes.current(gate.house().db, moderator)
    _suggest(moderator)
    _preview(moderator)
    if view is None or not view.themes:
        notice.hint("No themes yet. They need at least eight ideas on the board.")
        return
    if view.draft:
        notice.hint("Draft themes: with fewer than 30 ideas, expect them to change.")
    _undo(moderator, view)
    for theme in view.themes:
        _theme(moderator, view, theme)
    if view.not_sure:
        with st.expander(f"Not sure: {len(view.not_sure)} ideas", icon=":material/help:"):
            st.html(_ideas(view.not_sure, view))
    _move(moderator, view)


def _suggest(moderator: ModeratorBadge) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        amount = st.segmented_control(
            "How many themes", list(_AMOUNTS), default="default", format_func=_AMOUNTS.__getitem__, required=True
        )
        if st.button("Suggest themes", icon=":material/auto_awesome:", key="suggest"):
            with st.spinner("Reading the ideas…"):
                granularity = cast("Granularity", amount)
                tab.current().proposal = notice.attempt(
                    lambda: themes.suggest(gate.house().db, moderator, granularity=granularity)
                )


def _preview(moderator: ModeratorBadge) -> None:
    """What would change; nobody else sees it before it is applied."""
    memory = tab.current()
    proposal = memory.proposal
    if proposal is None:
        return
    with st.container(border=True):
        st.html(Markup('<p class="rt-kicker">Preview</p><p>{}</p>').format(proposal.sentence))
        for theme in proposal.board.themes:
            st.html(_line(theme.name, theme.subtitle, len(theme.idea_ids), theme.colour, locked=theme.locked))
        with st.container(horizontal=True):
            if proposal.board.themes:
                button(
                    moderator,
                    "Apply these themes",
                    partial(_apply, moderator),
                    key="apply",
                    done=_APPLIED,
                    kind="primary",
                )
            button(moderator, "Discard the preview", _discard, key="discard")


def _apply(moderator: ModeratorBadge) -> None:
    memory = tab.current()
    if memory.proposal is not None:
        proposal, memory.proposal = memory.proposal, None
        themes.apply(gate.house().db, moderator, proposal)


def _discard() -> None:
    tab.current().proposal = None


def _undo(moderator: ModeratorBadge, view: ThemesView) -> None:
    if view.change is not None:
        act = partial(themes.undo, gate.house().db, moderator, seen=view.version)
        whose = "" if view.change.by == str(moderator.grant_id) else " (by somebody else)"
        label = f"Undo: {plain(view.change.sentence)}{whose}"
        button(moderator, label, act, key=f"themes_undo_{view.change.version}", icon=":material/undo:")


def _theme(moderator: ModeratorBadge, view: ThemesView, theme: ThemeView) -> None:
    name = f"{theme.name} (please name)" if theme.please_name else theme.name
    st.html(_line(name, theme.subtitle, len(theme.ideas), theme.colour, locked=theme.locked))
    with st.expander("Why together, rename, merge", icon=":material/tune:", key=f"theme_{theme.id}"):
        st.html(_ideas(theme.ideas, view))
        _rename(moderator, view, theme)
        _merge(moderator, view, theme)


def _ideas(ideas: Sequence[ShownIdea], view: ThemesView) -> Markup:
    """One piece, however many there are: what stands below it keeps its place while somebody types there."""
    lines = (_IDEA.format(idea.number, idea.title, view.why.get(idea.number, "")) for idea in ideas)
    return Markup("").join(lines)


def _rename(moderator: ModeratorBadge, view: ThemesView, theme: ThemeView) -> None:
    with st.form(f"rename_{theme.id}", border=False):
        name = st.text_input("Name", value=theme.name, max_chars=NAME_CHARACTERS)
        if st.form_submit_button("Rename"):
            act = partial(themes.rename, gate.house().db, moderator, theme.id, name=name, seen=view.version)
            if notice.attempt(act) is not None:
                st.rerun(scope="fragment")


def _merge(moderator: ModeratorBadge, view: ThemesView, theme: ThemeView) -> None:
    others = {other.id: other.name for other in view.themes if other.id != theme.id}
    into = st.selectbox("Merge into", others, index=None, format_func=others.__getitem__, key=f"into_{theme.id}")
    if into is not None:
        act = partial(themes.merge, gate.house().db, moderator, theme.id, into=into, seen=view.version)
        button(moderator, "Merge into this theme", act, key=f"merge_{theme.id}_{view.version}")


def _move(moderator: ModeratorBadge, view: ThemesView) -> None:
    ideas = {idea.id: f"#{idea.number} {idea.title}" for theme in view.themes for idea in theme.ideas}
    ideas |= {idea.id: f"#{idea.number} {idea.title}" for idea in view.not_sure}
    homes = {theme.id: theme.name for theme in view.themes} | {NOT_SURE: "Not sure"}
    with st.expander("Move an idea", icon=":material/drive_file_move:"):
        idea = st.selectbox("Idea", ideas, index=None, format_func=ideas.__getitem__, key="move_idea")
        home = st.selectbox("To the theme", homes, index=None, format_func=homes.__getitem__, key="move_home")
        if idea is not None and home is not None:
            act = partial(themes.move, gate.house().db, moderator, idea, theme_id=home, seen=view.version)
            button(moderator, "Move and pin", act, key=f"move_{view.version}", done="Moved, and pinned there for good.")


def _line(name: str, subtitle: str, ideas: int, colour: int, *, locked: bool) -> Markup:
    colours = charts.COLOURS_ON_DARK if look.is_dark() else charts.COLOURS_ON_LIGHT
    counted = "1 idea" if ideas == 1 else f"{ideas} ideas"
    return _THEME.format(
        colour=colours[colour % len(colours)],
        name=name,
        ideas=counted,
        locked=", named by you" if locked else "",
        subtitle=subtitle,
    )
