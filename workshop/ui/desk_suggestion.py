"""Suggested themes on the desk: how many, the preview that waits, apply or discard. They are made in the background."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.services import theme_proposals
from workshop.services.access import ModeratorBadge
from workshop.services.theme_proposals import Waiting
from workshop.ui import gate, notice, theme_cards
from workshop.ui.buttons import button

_APPLIED = "Applied. The wall and all phones show these themes when their step is open."
_AMOUNTS = {"fewer": "Fewer", "default": "Normal", "more": "More"}
_MOST_THEMES = 20
_OLD = "The themes were changed since this was suggested. Suggest again, or discard it."


def show(moderator: ModeratorBadge, waiting: Waiting) -> None:
    """The wish on top, below it what waits for a decision; every desk of the room shows the same."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "How many themes",
            list(_AMOUNTS),
            default="default",
            format_func=_AMOUNTS.__getitem__,
            required=True,
            key="themes_amount",
        )
        st.number_input("Or exactly", 2, _MOST_THEMES, value=None, width=130, key="themes_count")
        act = partial(_ask, moderator)
        button(moderator, "Suggest themes", act, key="themes_suggest", icon=":material/auto_awesome:")
    if waiting.asked:
        notice.hint("The ideas are being read. The suggestion appears here in a moment; you can go on meanwhile.")
    elif waiting.sentence:
        _preview(moderator, waiting)


def _ask(moderator: ModeratorBadge) -> None:
    """What stands in the fields now: the run that drew the button knows only what stood there then."""
    amount, count = (st.session_state.get(key) for key in ("themes_amount", "themes_count"))
    theme_proposals.ask(gate.house().db, moderator, granularity=amount or "default", count=count)


def _preview(moderator: ModeratorBadge, waiting: Waiting) -> None:
    """What would change; the room does not see it before it is applied."""
    db, number = gate.house().db, waiting.number
    with st.container(border=True, key="themes_preview"):
        st.html(Markup('<p class="rt-kicker">Suggestion</p><p class="rt-suggested">{}</p>').format(waiting.sentence))
        if waiting.proposal is not None and not waiting.fresh:
            notice.hint(_OLD)
        elif waiting.proposal is not None:
            with st.expander("Preview", icon=":material/visibility:", key="themes_previewed"):
                st.html(theme_cards.previewed(waiting.proposal.board))
        with st.container(horizontal=True):
            if waiting.fresh:
                apply = partial(theme_proposals.apply, db, moderator, number=number)
                button(moderator, "Apply these themes", apply, key=f"apply_{number}", done=_APPLIED, kind="primary")
            discard = partial(theme_proposals.discard, db, moderator, number=number)
            button(moderator, "Discard", discard, key=f"discard_{number}")
