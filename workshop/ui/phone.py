"""The phone: top bar and sentence, and the stage, which draws the form for ideas and whatever the step is about.

Nothing here runs because somebody else did something, and nothing runs because somebody writes or taps: bar and stage
are drawn by the event stream and send by themselves.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from workshop.domain import idea as rules
from workshop.domain.event import Event
from workshop.domain.room import WorkshopView
from workshop.services import people, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.ui import components, gate, joining, notice, qr

_REPORT = "The organiser sends the report with all ideas and votes after the session."
_LINK = Markup('<div class="rt-join">{}<p class="rt-hint">{}</p></div>')


def show(seats: gate.Seats) -> None:
    """Everything that a person or a table's tablet sees."""
    badge = seats.acting or seats.tablet
    assert badge is not None  # noqa: S101  the gate lets nobody else in
    with gate.house().db.one_moment():
        view = workshops.of(gate.house().db, badge)
        table = people.table_name(gate.house().db, badge)
    components.room(view.code, table=table, key="room")
    if seats.tablet is not None:
        _tablet(seats.tablet)
    if seats.acting is not None:
        components.stage(
            view.code,
            form=_form(view.event),
            table=table,
            touched=len(seats.tablet.people) if seats.tablet is not None else 1,
            person=seats.acting.participant_id,
            report=_REPORT,
            key="stage",
        )
    if seats.tablet is None and seats.acting is not None:
        _own_place(view, seats.acting)


def _form(event: Event) -> dict[str, object]:
    """What the form for ideas offers, and how long its texts may be."""
    return {
        "sectors": [{"key": sector.key, "name": sector.name} for sector in event.sectors],
        "longest": {"title": rules.TITLE, "pitch": rules.PITCH, "note": rules.NOTE},
    }


def _tablet(tablet: ScribeBadge) -> None:
    """Adding the people around the tablet. Form and ballot ask by themselves who writes and who votes."""
    # A box of its own for every person: it closes when they are in.
    box = st.expander(
        "Add a person to this tablet",
        icon=":material/person_add:",
        expanded=not tablet.people,
        key=f"add_{len(tablet.people)}",
    )
    with box:
        joining.add_person(tablet)


def _own_place(view: WorkshopView, badge: ParticipantBadge) -> None:
    """What a person may want once: another device, another table, leaving."""
    place = st.expander(
        "My place: second device, other table, leave",
        icon=":material/settings:",
        key="own_place",
        on_change="rerun",  # closed, as nearly always, nothing of it is read, sent or kept
    )
    with place:
        if not place.open:
            notice.hint("One moment: this is being read.")  # seen by whoever opens it while the Wi-Fi is away
            return
        _second_device(badge)
        _other_table(view, badge)
        _leave(badge)


def _second_device(badge: ParticipantBadge) -> None:
    notice.hint("Continue on a second device: make your personal link and open it there.")
    if st.button("Make my personal link", icon=":material/link:"):
        token = people.personal_link(gate.house().db, badge)
        address = f"{gate.house().settings.join_url}/p/{token}"
        st.html(_LINK.format(qr.image(address, alt="QR code of your personal link"), "For you only. Scan it now."))
        st.code(address, language=None)


def _other_table(view: WorkshopView, badge: ParticipantBadge) -> None:
    others = {table.id: table for table in people.tables(gate.house().db, badge) if table.id != badge.table_id}
    seats = view.event.limits.seats_per_table
    chosen = st.selectbox(
        "Sit at another table",
        others,
        index=None,
        format_func=lambda key: f"{others[key].name} ({others[key].seated} of {seats} seats)",
        placeholder="Choose a table",
    )
    if chosen is not None and st.button("Move there"):
        moved = notice.attempt(lambda: people.move(gate.house().db, badge, chosen))
        if moved is not None:
            st.rerun()


def _leave(badge: ParticipantBadge) -> None:
    notice.hint("Leave this device to somebody else: your ideas and votes stay in the room.")
    if st.button("Leave on this device", icon=":material/logout:"):
        people.leave_device(gate.house().db, badge)
        st.switch_page(joining.JOIN)
    sure = st.checkbox("Delete my name, votes and drafts for good")
    if sure and st.button("Delete my data and leave", icon=":material/delete:"):
        people.erase(gate.house().db, badge, badge.participant_id)
        st.switch_page(joining.JOIN)
