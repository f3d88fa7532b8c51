"""The desk's team: who else holds a badge, one-time links to share the desk or to hand it over, and taking one back."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.services import access
from workshop.services.access import Grant, ModeratorBadge, Role
from workshop.ui import gate, notice, qr, tab
from workshop.ui.buttons import button

_ROLES: tuple[Role, ...] = ("moderator", "helper")
_LINK = Markup('<div class="rt-join">{}<p class="rt-hint">{}</p></div>')


def show(moderator: ModeratorBadge, event: Event) -> None:
    """Links first, then who holds one."""
    notice.hint(
        "To hand the desk over: give a moderator link to somebody, and let them take your badge back. Two moderators "
        "can work at once; who is second to press is told. Helpers add walk-ins, paper cards and votes on paper."
    )
    with st.container(horizontal=True):
        for role in _ROLES:
            act = partial(_invite, moderator, role)
            button(moderator, f"New {role} link", act, key=f"invite_{role}", icon=":material/add_link:")
    _new_link(moderator)
    for grant in access.grants(gate.house().db, moderator):
        if grant.revoked_at is None:
            _grant(moderator, grant, event)


def _invite(moderator: ModeratorBadge, role: Role) -> None:
    token = access.invite(gate.house().db, moderator, role)
    tab.current().link = f"{gate.house().settings.join_url}/r/{token}"


def _new_link(moderator: ModeratorBadge) -> None:
    """It stays while the desk follows the room, until it is put away; nobody can look it up again."""
    memory = tab.current()
    if not memory.link:
        return
    st.html(_LINK.format(qr.image(memory.link, alt="QR code of the link"), "For one browser. Scan it, or copy it now."))
    st.code(memory.link, language=None, wrap_lines=True)
    button(moderator, "Put it away", partial(setattr, memory, "link", ""), key="link_away", icon=":material/close:")


def _grant(moderator: ModeratorBadge, grant: Grant, event: Event) -> None:
    zone = ZoneInfo(event.time_zone)
    since = grant.claimed_at or grant.created_at
    state = "in use since" if grant.claimed_at else "not used yet, made at"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{grant.role.capitalize()}, {state} {since.astimezone(zone):%H:%M}")
        if grant.id == moderator.grant_id:
            notice.hint("this browser")
        else:
            act = partial(access.revoke, gate.house().db, moderator, grant.id)
            button(moderator, "Take back", act, key=f"take_back_{grant.id}", done="Taken back. It ends there at once.")
