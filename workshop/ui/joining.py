"""Joining: the room code, then one short form. A reload in the middle or a second tap changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.services import access, people, workshops
from workshop.services.access import ObserverBadge
from workshop.services.people import JoinForm
from workshop.settings import PROJECT
from workshop.ui import gate, notice, shared
from workshop.ui.plain import plain

JOIN = PROJECT / "pages" / "join.py"
PARTICIPATE = PROJECT / "pages" / "participate.py"

_Tables = Mapping[UUID, str]

_HEAD = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">{}</h1>')


def is_another_room(seats: gate.Seats, code: str) -> bool:
    """Whether the code in the URL leads to another workshop than the one this device has joined."""
    if not code:
        return False
    other = workshops.find(gate.house().db, code)
    return other is not None and other.id != seats.workshop_id


def ask_for_code() -> None:
    """The start page of a browser that has no code yet."""
    st.html(_HEAD.format("Roundtable", "Type the room code from the wall"))
    with st.form("code", border=False):
        typed = st.text_input("Room code", max_chars=12, placeholder="6 letters and digits", autocomplete="off")
        if st.form_submit_button("Go to the room", type="primary", width="stretch"):
            badge = notice.attempt(lambda: access.observe(gate.house().db, typed, device=gate.device()))
            if badge is not None:
                st.query_params["code"] = workshops.of(gate.house().db, badge).code
                st.rerun()


def show(observer: ObserverBadge) -> None:
    """The form of a phone; a tablet for a whole table is one tap away."""
    event = workshops.of(gate.house().db, observer).event
    st.html(_HEAD.format(event.name, "Join in: it takes 20 seconds"))
    free = _free_tables(observer, event)
    with st.form("join", border=False):
        form = _fields(event, observer, free)
        if st.form_submit_button("Join", type="primary", width="stretch"):
            _join(observer, form)
    tablet = st.expander(
        "This is the tablet of a whole table", icon=":material/tablet:", key="tablet", on_change="rerun"
    )
    with tablet:
        if tablet.open:  # one page in ten: the others need neither read nor keep it
            _tablet(observer, free)
        else:
            notice.hint("One moment: this is being read.")


def add_person(tablet: access.ScribeBadge) -> None:
    """The form for one more person around a tablet."""
    event = workshops.of(gate.house().db, tablet).event
    with st.form("add_person", border=False, clear_on_submit=False):
        # Every person starts with an empty form: nobody agrees for the next one.
        form = _fields(event, tablet, {}, key=f"person_{len(tablet.people)}")
        if st.form_submit_button("Add this person", type="primary", width="stretch"):
            person = notice.attempt(lambda: people.join_tablet(gate.house().db, tablet, form))
            if person is not None:
                st.query_params["person"] = str(person)
                st.rerun()


def _fields(event: Event, badge: ObserverBadge | access.ScribeBadge, free: _Tables, *, key: str = "own") -> JoinForm:
    name = st.text_input(
        "Your name, or a pseudonym", max_chars=people.NAME_CHARACTERS, autocomplete="name", key=f"name_{key}"
    )
    organisation = st.selectbox(
        "Organisation",
        people.organisations(gate.house().db, badge),
        index=None,
        accept_new_options=True,
        placeholder="Pick one, or type yours",
        key=f"organisation_{key}",
    )
    side = st.pills(
        "Your side",
        [side.key for side in event.sides],
        format_func=lambda side: plain(event.side(side).name),
        key=f"side_{key}",
    )
    sectors = st.multiselect(
        "Your sectors",
        [sector.key for sector in event.sectors],
        format_func=lambda sector: event.sector(sector).name,
        placeholder="Choose one or more",
        key=f"sectors_{key}",
    )
    table = _choose_table(badge, free, "Your table", key="table_own") if free else None
    notice.hint(event.consent)
    consent = st.checkbox("I have read this and agree", key=f"consent_{key}")
    return JoinForm(
        name=name,
        side=side or "",
        table_id=table,
        organisation=organisation or "",
        sectors=tuple(sectors),
        consent=consent,
    )


def _choose_table(badge: ObserverBadge | access.ScribeBadge, free: _Tables, label: str, *, key: str) -> UUID | None:
    # Name and key stay while others sit down: with the seats in the label a choice would be gone when it is sent.
    return st.selectbox(
        label,
        list(free),
        index=_on_the_card(badge, free),
        format_func=free.__getitem__,
        placeholder="Its name stands on the table",
        key=key,
    )


def _on_the_card(badge: ObserverBadge | access.ScribeBadge, free: _Tables) -> int | None:
    """The place of the table whose card was scanned, while it has a free seat."""
    number = st.query_params.get("table", "")
    if not number:
        return None
    tables = shared.body(gate.house(), badge.workshop_id, "people")["tables"]
    scanned = {table["id"] for table in tables if str(table["number"]) == number}
    return next((place for place, table in enumerate(free) if table in scanned), None)


def _free_tables(observer: ObserverBadge, event: Event) -> _Tables:
    """Ids and names of tables with a free seat. Streamlit keeps the options of every phone, so all share one copy."""
    tables = shared.body(gate.house(), observer.workshop_id, "people")["tables"]
    key = ("tables", observer.workshop_id, len(tables))
    names = shared.once(key, lambda: {table["id"]: (table["id"], table["name"]) for table in tables})
    free = (names[table["id"]] for table in tables if table["seated"] < event.limits.seats_per_table)
    return dict(free)


def _join(observer: ObserverBadge, form: JoinForm) -> None:
    badge = notice.attempt(lambda: people.join(gate.house().db, observer, form, device=gate.device()))
    if badge is not None:
        st.switch_page(PARTICIPATE)


def _tablet(observer: ObserverBadge, free: _Tables) -> None:
    notice.hint("A scribe writes for everybody at the table. You add the people by name on the next screen.")
    with st.form("tablet", border=False):
        table = _choose_table(observer, free, "Table", key="tablet_table")
        if st.form_submit_button("Use this tablet for the table", width="stretch"):
            if table is None:
                notice.problem("Choose the table where this tablet lies.")
                return
            opened = notice.attempt(lambda: people.open_tablet(gate.house().db, observer, table, device=gate.device()))
            if opened is not None:
                st.switch_page(PARTICIPATE)
