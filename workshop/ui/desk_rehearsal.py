"""The rehearsal on the desk: offered first to whoever has not begun, watched, stopped, and cleared with one click."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.room import WorkshopView
from workshop.services import rehearsal_desk
from workshop.services.access import ModeratorBadge
from workshop.services.rehearsal_desk import Begun, Phase
from workshop.ui import gate
from workshop.ui.buttons import button

_CARD = Markup('<p class="rt-rehearsal"><b>{}</b> {}</p>')
_LINK = Markup('<a class="rt-go" href="{}" target="_self">{}</a>')
"""In the same tab: a browser is at one desk at a time."""

_OFFER = "A simulated room plays all steps on the real screens, in a workshop of its own. Yours stays as it is."
_PLAYING = (
    "{people} simulated people play all steps in {minutes:g} minutes. Look at its wall, and lead it from its desk."
)
_OVER = "Look at what was played as long as you like, and lead it on by hand. Cleared, nothing of it stays."
_HERE = "All people here are simulated. What you do here changes nothing in your workshop."


def show(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """One line with what can be done; nothing once the workshop has begun and no rehearsal is left."""
    found = rehearsal_desk.of(gate.house().db, moderator)
    if found is not None and view.rehearsal:
        _here(moderator, found)
    elif found is not None:
        _elsewhere(moderator, found)
    elif view.state.started_at is None and not view.rehearsal:
        with st.container(border=True, key="rehearsal"):
            st.html(
                _CARD.format(f"Play a rehearsal first: {rehearsal_desk.MINUTES} minutes, nothing of it stays.", _OFFER)
            )
            _begin(moderator, "Play a rehearsal")


def _here(moderator: ModeratorBadge, found: Begun) -> None:
    with st.container(border=True, key="rehearsal"):
        st.html(_CARD.format("This is a rehearsal.", _HERE))
        home = rehearsal_desk.home(gate.house().db, found)
        with st.container(horizontal=True, vertical_alignment="center"):
            if home is not None:
                st.html(_LINK.format(f"/d/{home}", "Back to your workshop"), width="content")
            if found.phase is Phase.PLAYING:
                _stop(moderator)


def _elsewhere(moderator: ModeratorBadge, found: Begun) -> None:
    playing = found.phase is Phase.PLAYING
    with st.container(border=True, key="rehearsal"):
        title = "A rehearsal is playing." if playing else "The rehearsal is over."
        st.html(_CARD.format(title, _PLAYING.format(people=found.people, minutes=found.minutes) if playing else _OVER))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(_LINK.format(f"/d/{found.code}", "Go to its desk"), width="content")
            st.link_button("Open its wall", f"/w/{found.code}", icon=":material/present_to_all:")
            if playing:
                _stop(moderator)
            else:
                act = partial(rehearsal_desk.clear, gate.house().db, moderator)
                done = "Cleared. Nothing of the rehearsal is left."
                button(
                    moderator, "Clear it", act, key=f"rehearsal_clear_{found.code}", done=done, icon=":material/delete:"
                )
                _begin(moderator, "Play it again")


def _begin(moderator: ModeratorBadge, label: str) -> None:
    act = partial(rehearsal_desk.begin, gate.house().db, moderator)
    button(moderator, label, act, key="rehearsal_begin", icon=":material/theater_comedy:")


def _stop(moderator: ModeratorBadge) -> None:
    act = partial(rehearsal_desk.stop, gate.house().db, moderator)
    button(moderator, "Stop it", act, key="rehearsal_stop", done="Stopped where it was.", icon=":material/stop:")
