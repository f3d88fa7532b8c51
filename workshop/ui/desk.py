"""The desk: the helm on the left; tables, ideas, themes and the log on the right. It follows the room by itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from workshop.domain.room import WorkshopView
from workshop.services import log, workshops
from workshop.services.access import ModeratorBadge
from workshop.settings import PROJECT
from workshop.ui import (
    buttons,
    components,
    desk_builds,
    desk_consortium,
    desk_ideas,
    desk_offers,
    desk_rehearsal,
    desk_results,
    desk_signals,
    desk_steps,
    desk_tables,
    desk_team,
    desk_themes,
    desk_wall,
    frozen,
    gate,
    notice,
    qr,
    runs,
    sharing,
    turns,
)

_HEAD = Markup(
    '<div class="rt-desk-head"><div><p class="rt-kicker">{event}{rehearsal}</p><h1 class="rt-lead">{title}</h1></div>'
    '<div class="rt-desk-join"><span>Join {address}<br><b class="rt-desk-code">{code}</b></span>{qr}</div></div>'
)
_TOPICS = (
    *("room", "people", "introductions", "counters", "ready", "board", "builds", "themes", "proposal", "flags"),
    *("turnout", "ratings", "results", "wall_picture", "moderation"),
    *("consortium", "pitch", "wishes", "wall", "presence", "rehearsal"),
)


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
    desk_rehearsal.show(moderator, view)
    helm, work = st.columns([5, 8], gap="large")
    with helm:
        desk_steps.show(moderator, view.event, view.code)
    with work:
        frozen.offer(moderator, view)
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
    draw: dict[str, Callable[[], None]] = {
        "Tables": lambda: desk_tables.show(moderator, view, bodies),
        "Offers": lambda: desk_offers.show(moderator, view.event),
        "Ideas": lambda: desk_ideas.show(moderator, view.event),
        "Builds": lambda: desk_builds.show(moderator, view.event),
        "Themes": lambda: desk_themes.show(moderator),
        "Votes": lambda: desk_results.show(moderator, view),
        "Consortium": lambda: desk_consortium.show(moderator, view),
        "Report": lambda: _report(moderator, view),
        "Team": lambda: desk_team.show(moderator, view.event),
        "Log": lambda: _log(moderator),
    }
    section = st.segmented_control("Section", draw, default="Tables", required=True, label_visibility="collapsed")
    draw[section]()


def _report(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """What was frozen, and who may open it."""
    frozen.show(moderator, view)
    st.subheader("For the closing speaker")
    sharing.show(moderator, view)


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
