"""Prepare: the event at a glance, one-time links to the roles, the room's join link, and a new workshop."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.domain.room import WorkshopView
from workshop.services import access, workshops
from workshop.services.access import Grant, OrganiserBadge, Role
from workshop.ui import buttons, gate, notice, organiser_menu, prepare_event, prepare_run, qr

_SECTIONS = ("Room and links", "Event", "Run of show")
_ROLES: tuple[Role, ...] = ("moderator", "helper", "organiser")
_HEAD = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">{}</h1><p class="rt-hint">{}</p>')
_JOIN = Markup(
    '<div class="rt-join">{}<div><p class="rt-hint">Join</p><b class="rt-desk-code">{}</b><p>{}</p></div></div>'
)


def show(organiser: OrganiserBadge) -> None:
    """The whole page."""
    organiser_menu.show()
    view = workshops.of(gate.house().db, organiser)
    _head(view)
    buttons.outcome()
    section = st.segmented_control(
        "Section", _SECTIONS, default=_SECTIONS[0], required=True, label_visibility="collapsed"
    )
    if section == "Event":
        prepare_event.show(organiser)
    elif section == "Run of show":
        prepare_run.show(organiser)
    else:
        _overview(organiser, view)


def _overview(organiser: OrganiserBadge, view: WorkshopView) -> None:
    event, links = st.columns([3, 2], gap="large")
    with event:
        _run_of_show(view.event)
        _agenda(view.event)
    with links:
        _join(view)
        _roles(organiser)
        _another_workshop(organiser)


def _head(view: WorkshopView) -> None:
    event = view.event
    where = f"{event.venue.name}, {event.venue.city}. {event.date:%d %B %Y}, {event.starts:%H:%M} to {event.ends:%H:%M}"
    st.html(_HEAD.format(event.name, event.title, f"{where} ({event.time_zone})"))


def _run_of_show(event: Event) -> None:
    st.subheader("Run of show")
    notice.hint("Planned minutes, and the least a step needs.")
    lines = [
        {
            "Step": step.title,
            "Minutes": f"{step.minutes} ({step.least_minutes})" if step.minutes else "",
            "On phones": step.instruction,
        }
        for step in event.run_of_show
    ]
    st.dataframe(lines, hide_index=True, height="content")


def _agenda(event: Event) -> None:
    if event.agenda:
        st.subheader("Agenda of the day")
        lines = [{"Time": f"{item.starts:%H:%M}", "What": item.title} for item in event.agenda]
        st.dataframe(lines, hide_index=True, height="content")


def _join(view: WorkshopView) -> None:
    st.subheader("The room")
    address = f"{gate.house().settings.join_url}/j/{view.code}"
    image = qr.image(f"{gate.house().settings.join_url}/j/{view.join_token}", alt="QR code to join")
    st.html(_JOIN.format(image, view.code, address))
    st.link_button("Open the wall", f"/w/{view.code}", icon=":material/present_to_all:")
    st.link_button(
        "Cards for the tables, to print", f"/download/{view.code}/table-cards.pdf", icon=":material/qr_code_2:"
    )
    notice.hint("For the projector and for observers: whoever has this link sees the wall, and can change nothing.")
    st.code(f"{gate.house().settings.join_url}/w/{view.code}", language=None, wrap_lines=True)


def _roles(organiser: OrganiserBadge) -> None:
    st.subheader("Links to roles")
    notice.hint("A link works for one browser only. Send it to one person.")
    with st.container(horizontal=True):
        for role in _ROLES:
            if st.button(f"New {role} link", key=f"invite_{role}", icon=":material/add_link:"):
                _new_link(organiser, role)
    for grant in access.grants(gate.house().db, organiser):
        if grant.revoked_at is None:
            _grant(organiser, grant)


def _new_link(organiser: OrganiserBadge, role: Role) -> None:
    token = access.invite(gate.house().db, organiser, role)
    notice.saved("Copy this link now; it is shown once.")
    st.code(f"{gate.house().settings.join_url}/r/{token}", language=None, wrap_lines=True)


def _grant(organiser: OrganiserBadge, grant: Grant) -> None:
    used = "in use" if grant.claimed_at else "not used yet"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{grant.role.capitalize()}, {used}, made at {grant.created_at:%H:%M} UTC")
        if grant.id == organiser.grant_id:
            notice.hint("this browser")
        else:
            act = partial(access.revoke, gate.house().db, organiser, grant.id)
            buttons.button(organiser, "Revoke", act, key=f"revoke_{grant.id}", done="Revoked. It ends there at once.")


def _another_workshop(organiser: OrganiserBadge) -> None:
    with st.expander("Start another workshop from an event file", icon=":material/upload_file:"):
        notice.hint("The present workshop stays as it is. The new one gets its own code and links.")
        text = st.text_area("Contents of the event file (TOML)", height=160)
        if st.button("Check and start") and text:
            started = notice.attempt(
                lambda: workshops.start_again(gate.house().db, organiser, text, source="the event file")
            )
            if started is not None:
                token = access.first_link(gate.house().db, started.id, "organiser")
                notice.saved(f"Started with room code {started.code}. Its organiser link, shown once:")
                st.code(f"{gate.house().settings.join_url}/r/{token}", language=None, wrap_lines=True)
