"""Walk-ins: people without a device are added by whoever helps them."""

from __future__ import annotations

import streamlit as st

from workshop.domain.room import WorkshopView
from workshop.services import people
from workshop.services.people import JoinForm, StaffBadge
from workshop.ui import gate, notice
from workshop.ui.plain import plain


def show(badge: StaffBadge, view: WorkshopView) -> None:
    """The form; it is empty again for the next person, at the same table."""
    db, event = gate.house().db, view.event
    tables = {table.id: table.name for table in people.tables(db, badge)}
    notice.hint("For somebody without a phone: they count in the room, and their votes can be counted by hand.")
    with st.form("walk_in", clear_on_submit=True, border=False):
        name = st.text_input("Name", max_chars=people.NAME_CHARACTERS, autocomplete="off", key="walk_in_name")
        organisation = st.selectbox(
            "Organisation (optional)",
            people.organisations(db, badge),
            index=None,
            accept_new_options=True,
            placeholder="Choose, or type another one",
            key="walk_in_organisation",
        )
        sides = [side.key for side in event.sides]
        side = st.pills("Side", sides, format_func=lambda key: plain(event.side(key).name), key="walk_in_side")
        table = st.selectbox("Table", list(tables), index=None, format_func=tables.__getitem__, key="walk_in_table")
        notice.hint(event.consent)
        consent = st.checkbox("I have read this notice to them, and they agree", key="walk_in_consent")
        sent = st.form_submit_button("Add this person", type="primary", icon=":material/person_add:")
    if not sent:
        return
    form = JoinForm(name, side or "", table, organisation or "", consent=consent)
    added = notice.attempt(lambda: people.add_walk_in(db, badge, form))
    if added is not None:
        person, already = added
        seat = tables[person.table_id] if person.table_id else ""
        notice.saved(f"{person.name} {'was there already' if already else 'is in the room'}, at {seat}.")
