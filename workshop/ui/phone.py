"""The phone: top bar and sentence, the idea form, and the stage, which draws whatever the step is about.

Nothing here runs because somebody else did something: bar and stage are drawn by the event stream, the form is a plain
form of this person, shown or hidden by the style sheet as the step allows.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from workshop.domain.room import Person, WorkshopView
from workshop.services import people, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.ui import components, gate, idea_form, joining, notice, qr, tab

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
        _tablet(seats.tablet, seats.acting)
    if seats.acting is not None:
        author = people.me(gate.house().db, seats.acting).name if seats.tablet is not None else ""
        idea_form.show(view, seats.acting, author=author)
        wanted = components.stage(
            view.code,
            table=table,
            touched=_touched(seats),
            person=seats.acting.participant_id,
            report=_REPORT,
            changeable=True,
            key="stage",
        )
        if wanted:
            idea_form.change(wanted)
            st.rerun()
    if seats.tablet is None and seats.acting is not None:
        _own_place(view, seats.acting)


def _touched(seats: gate.Seats) -> str:
    """What this page has changed of its own people: the form that was sent, and who was added to the tablet."""
    around = len(seats.tablet.people) if seats.tablet is not None else 1
    return f"{tab.current().sent} {around}"


def _tablet(tablet: ScribeBadge, acting: ParticipantBadge | None) -> None:
    """Who holds the pen now, and adding the people around the tablet. The ballot asks by itself who votes."""
    around = {str(person.id): person for person in people.around(gate.house().db, tablet)}
    if around:
        key = f"who_{acting.participant_id if acting is not None else ''}"  # a person just added holds the pen
        chosen = st.selectbox(
            "Who is writing now?",
            list(around),
            index=list(around).index(str(acting.participant_id)) if acting is not None else 0,
            format_func=lambda person: _named(around[person]),
            key=key,
            on_change=lambda: _pass_the_pen(st.session_state[key]),
        )
        if acting is not None and chosen != str(acting.participant_id):  # a new session knows no callback
            _pass_the_pen(chosen)
            st.rerun()
    # A box of its own for every person: it closes when they are in.
    with st.expander(
        "Add a person to this tablet", icon=":material/person_add:", expanded=not around, key=f"add_{len(around)}"
    ):
        joining.add_person(tablet)


def _pass_the_pen(person: str) -> None:
    st.query_params["person"] = person


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


def _named(person: Person) -> str:
    return f"{person.name}, {person.organisation}" if person.organisation else person.name
