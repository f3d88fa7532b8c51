"""Links for the closing speaker, on the desk and on the report page: make one, take one back."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from workshop.domain.room import WorkshopView
from workshop.services import share_links
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.ui import gate, notice, qr, tab
from workshop.ui.buttons import button

_LINK = Markup('<div class="rt-join">{}<p class="rt-hint">Scan it, or copy it now; it is shown once.</p></div>')


def show(badge: ModeratorBadge | OrganiserBadge, view: WorkshopView) -> None:
    """The button first, then the link that was made just now, then those that work."""
    notice.hint(
        "A link for the closing speaker opens the newest frozen version as the closing deck, on any device and without "
        "a login, and nothing else. Whoever has the link can read it, until you take it back."
    )
    button(badge, "New link for the closing speaker", partial(_make, badge), key="share", icon=":material/add_link:")
    memory = tab.current()
    if memory.share:
        st.html(_LINK.format(qr.image(memory.share, alt="QR code of the closing deck")))
        st.code(memory.share, language=None, wrap_lines=True)
        button(badge, "Put it away", partial(setattr, memory, "share", ""), key="share_away", icon=":material/close:")
    for link in share_links.working(gate.house().db, badge):
        made = link.created_at.astimezone(ZoneInfo(view.event.time_zone))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"Link made at {made:%H:%M}")
            act = partial(share_links.revoke, gate.house().db, badge, link.id)
            button(badge, "Take back", act, key=f"unshare_{link.id}", done="Taken back. It opens nothing any more.")


def _make(badge: ModeratorBadge | OrganiserBadge) -> None:
    token = share_links.make(gate.house().db, badge)
    tab.current().share = f"{gate.house().settings.join_url}/s/{token}"
