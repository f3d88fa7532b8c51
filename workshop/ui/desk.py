"""The desk: the helm on the left; tables, ideas, themes and the log on the right. It follows the room by itself."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from workshop.domain import hand_count
from workshop.domain.permissions import Sight, sees
from workshop.domain.room import WorkshopView
from workshop.services import log, votes, workshops
from workshop.services.access import ModeratorBadge
from workshop.settings import PROJECT
from workshop.ui import (
    buttons,
    components,
    desk_builds,
    desk_consortium,
    desk_ideas,
    desk_opinions,
    desk_signals,
    desk_steps,
    desk_tables,
    desk_team,
    desk_themes,
    desk_wall,
    gate,
    notice,
    qr,
    runs,
    turns,
)
from workshop.ui.plain import plain

_HEAD = Markup(
    '<div class="rt-desk-head"><div><p class="rt-kicker">{event}{rehearsal}</p><h1 class="rt-lead">{title}</h1></div>'
    '<div class="rt-desk-join"><span>Join {address}<br><b class="rt-desk-code">{code}</b></span>{qr}</div></div>'
)
_TOPICS = (
    *("room", "people", "counters", "ready", "board", "builds", "themes", "proposal", "flags", "turnout", "moderation"),
    *("consortium", "pitch", "wishes", "wall", "presence"),
)
_SECTIONS = ("Tables", "Ideas", "Builds", "Themes", "Votes", "Consortium", "Team", "Log")


def show(moderator: ModeratorBadge) -> None:
    """The whole desk."""
    _head(workshops.of(gate.house().db, moderator))
    _follow(moderator)


@turns.fragment
@runs.of_a_fragment("desk")
def _follow(moderator: ModeratorBadge) -> None:
    """Everything that follows the room: one fragment, because changes that arrive together must not race."""
    view = workshops.of(gate.house().db, moderator)
    components.pulse(view.code, topics=_TOPICS, key="desk_pulse")
    buttons.outcome()
    helm, work = st.columns([5, 8], gap="large")
    with helm:
        desk_steps.show(moderator, view.event, view.code)
    with work:
        desk_wall.show(moderator)
        _work(moderator, view)


def _head(view: WorkshopView) -> None:
    address = gate.house().settings.join_url
    st.html(
        _HEAD.format(
            event=view.event.name,
            rehearsal=" · rehearsal" if view.rehearsal else "",
            title=view.event.title,
            address=address.removeprefix("http://").removeprefix("https://"),
            code=view.code,
            qr=qr.image(f"{address}/j/{view.join_token}", alt="QR code to join"),
        )
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Open the wall", f"/w/{view.code}", icon=":material/present_to_all:")
        st.page_link(
            PROJECT / "pages" / "people.py", label="People, paper cards, votes on paper", icon=":material/groups:"
        )
        st.link_button("Report as PDF", f"/download/{view.code}.pdf", icon=":material/download:")


def _work(moderator: ModeratorBadge, view: WorkshopView) -> None:
    bodies = desk_signals.bodies(view)
    desk_signals.show(moderator, view, bodies)
    section = st.segmented_control("Section", _SECTIONS, default="Tables", required=True, label_visibility="collapsed")
    if section == "Tables":
        desk_tables.show(moderator, view, bodies)
    elif section == "Ideas":
        desk_ideas.show(moderator, view.event)
    elif section == "Builds":
        desk_builds.show(moderator, view.event)
    elif section == "Themes":
        desk_themes.show(moderator)
    elif section == "Votes":
        _votes(moderator, view)
    elif section == "Consortium":
        desk_consortium.show(moderator, view)
    elif section == "Team":
        desk_team.show(moderator, view.event)
    else:
        _log(moderator)


def _votes(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """Turnout, and opinions from Reveal on: until then the tally is closed to the desk as well."""
    turnout = votes.turnout(gate.house().db, moderator)
    for side in turnout.by_side:
        share = side.voted / side.of if side.of else 0.0
        by_hand = hand_count.ballots_label(side.by_hand)
        voted = f"{side.name}: {side.voted} of {side.of} have voted" + (f", {by_hand}" if by_hand else "")
        st.progress(share, text=plain(voted))
    if Sight.RESULTS in sees(view.event, view.state):
        desk_opinions.show(moderator, view.event)
    else:
        notice.hint("Nobody sees how the votes stand before the step “Reveal”, you included.")


def _log(moderator: ModeratorBadge) -> None:
    """What was done, newest first, and whether the chain of entries is whole."""
    broken = log.verify(gate.house().db, moderator)
    if broken is None:
        notice.saved("The log is whole: no entry was changed since it was written.")
    else:
        notice.problem(f"The log was changed at entry {broken}. Keep a backup and tell the organiser.")
    entries = log.entries(gate.house().db, moderator)[::-1][:200]
    lines = [
        {"#": entry.sequence, "Time (UTC)": f"{entry.at:%H:%M:%S}", "Who": entry.actor, "What": entry.verb}
        for entry in entries
    ]
    st.dataframe(lines, hide_index=True)
