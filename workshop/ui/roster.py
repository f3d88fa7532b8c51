"""Who is in the room, by name, and what helpers do: for the organiser, the moderator and helpers only."""

from __future__ import annotations

from uuid import UUID

import streamlit as st
from markupsafe import Markup

from workshop.services import people, workshops
from workshop.services.access import HelperBadge, ModeratorBadge, OrganiserBadge
from workshop.settings import PROJECT
from workshop.ui import (
    buttons,
    components,
    gate,
    hand_counting,
    notice,
    organiser_menu,
    paper_entry,
    runs,
    turns,
    walk_ins,
)

_TITLE = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">{}</h1>')
_HEAD = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">{} in the room</h1>')


def show(badge: OrganiserBadge | ModeratorBadge | HelperBadge) -> None:
    """The list of people, where the organiser can remove somebody, and a section for each thing that helpers enter."""
    if isinstance(badge, OrganiserBadge):
        organiser_menu.show()
    helping = gate.helps()
    if isinstance(helping, ModeratorBadge):
        st.page_link(PROJECT / "pages" / "desk.py", label="Back to the desk", icon=":material/arrow_back:")
    view = workshops.of(gate.house().db, badge)
    sections = ("People", "Walk-ins", "Paper cards", "Votes on paper") if helping else ("People", "Walk-ins")
    section = st.pills("Section", sections, default="People", required=True, label_visibility="collapsed")
    if section == "People":
        _list(badge)
        return
    st.html(_TITLE.format(view.event.name, section))
    buttons.outcome()
    if section == "Walk-ins":
        walk_ins.show(badge, view)
    elif helping is not None and section == "Paper cards":
        paper_entry.show(helping, view)
    elif helping is not None:
        hand_counting.show(helping, view)


@turns.fragment
@runs.of_a_fragment("people")
def _list(badge: OrganiserBadge | ModeratorBadge | HelperBadge) -> None:
    db = gate.house().db
    view = workshops.of(db, badge)
    components.pulse(view.code, topics=("people", "room"), key="people_pulse")
    everybody = people.roster(db, badge)
    st.html(_HEAD.format(view.event.name, "1 person" if len(everybody) == 1 else f"{len(everybody)} people"))
    if not everybody:
        notice.hint("Nobody has joined yet. People appear here as they scan the code on the wall.")
        return
    tables = {table.id: table.name for table in people.tables(db, badge)}
    lines = [
        {
            "Name": person.name,
            "Organisation": person.organisation,
            "Side": view.event.side(person.side).name,
            "Table": tables.get(person.table_id, "") if person.table_id else "",
            "Sectors": ", ".join(view.event.sector(key).name for key in person.sectors),
        }
        for person in everybody
    ]
    st.dataframe(lines, hide_index=True)
    if isinstance(badge, OrganiserBadge):
        _erase(badge, {person.id: f"{person.name}, {person.organisation}" for person in everybody})


def _erase(organiser: OrganiserBadge, names: dict[UUID, str]) -> None:
    with st.expander("Remove a person and their personal data", icon=":material/person_remove:"):
        notice.hint("Name, organisation, votes and drafts are deleted for good. Ideas stay in the room without a name.")
        chosen = st.selectbox("Person", names, index=None, format_func=names.__getitem__, key="removed_person")
        sure = st.checkbox("Yes, delete this person's data for good")
        if st.button("Remove this person", disabled=not (chosen and sure)) and chosen is not None:
            people.erase(gate.house().db, organiser, chosen)
            st.rerun(scope="fragment")
