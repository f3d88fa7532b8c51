"""Fast entry of paper cards: choose the table and the side once, then a title and Enter, card after card."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from workshop.domain import idea as rules
from workshop.domain.room import WorkshopView
from workshop.services import paper_cards, people
from workshop.services.hand_counts import CounterBadge
from workshop.services.paper_cards import Card, Entered
from workshop.ui import gate, notice


def show(badge: CounterBadge, view: WorkshopView) -> None:
    """Table and side stay as they are for the whole pile; the title is empty again after each card."""
    db = gate.house().db
    tables = {table.id: table.name for table in people.tables(db, badge)}
    notice.hint("Type the title of a card and press Enter; the next card can follow at once.")
    with st.container(horizontal=True):
        table = st.selectbox("Table", list(tables), format_func=tables.__getitem__, key="card_table")
        side = st.selectbox(
            "Side",
            [side.key for side in view.event.sides],
            format_func=lambda key: view.event.side(key).name,
            key="card_side",
        )
    here = {person.id: person.name for person in people.roster(db, badge) if person.table_id == table}
    with st.form("card", clear_on_submit=True, border=False):
        title = st.text_input("Title", max_chars=rules.TITLE, autocomplete="off", key="card_title")
        author = _author(here) if here else None
        sent = st.form_submit_button("Add card", type="primary", icon=":material/post_add:")
    if sent:
        _enter(badge, Card(title, table, side, author_id=author), tables)


def _author(here: Mapping[UUID, str]) -> UUID | None:
    """Somebody at the table, where a name stands on the card."""
    return st.selectbox("Author (optional)", list(here), index=None, format_func=here.__getitem__, key="card_author")


def _enter(badge: CounterBadge, card: Card, tables: dict[UUID, str]) -> None:
    entered = notice.attempt(lambda: paper_cards.enter(gate.house().db, badge, card))
    if entered is not None:
        (notice.suggestion if entered.already else notice.saved)(_sentence(entered, tables.get(card.table_id, "")))


def _sentence(entered: Entered, table: str) -> str:
    idea = entered.idea
    if entered.already:
        return f"“{idea.title}” was there already as #{idea.number}, so it was not added again."
    where = "on the board" if idea.published_at is not None else f"with {table}, not on the board yet"
    same = ", ".join(f"#{number}" for number in entered.same_title)
    return f"#{idea.number} “{idea.title}” is {where}." + (f" The same title has {same}: compare them." if same else "")
