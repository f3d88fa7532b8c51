"""The desk's list of offers and needs, and who has written none: the way to people who wait to be asked."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.domain.introduction import LineKind
from workshop.services import introductions
from workshop.services.access import ModeratorBadge
from workshop.services.shown_people import Silent, ToldLine
from workshop.ui import bars, gate, notice
from workshop.ui.buttons import button
from workshop.ui.plain import plain

MOST_LINES = 40
_WORDS = {LineKind.OFFER: "offers", LineKind.NEED: "looks for"}
_LINE = Markup('<p class="rt-idea-line">{} <b>{}</b> {} <span class="rt-note">{}</span></p>')


def show(moderator: ModeratorBadge, event: Event) -> None:
    """Every line, the newest first, and below it who is silent, table by table."""
    found = introductions.lines(gate.house().db, moderator)
    if found:
        offers = sum(told.line.kind is LineKind.OFFER for told in found)
        both = f"{_counted(offers, 'offer')} and {_counted(len(found) - offers, 'need')}"
        notice.hint(f"{both}: the ground of the afternoon's meetings.")
        _lines(moderator, event, found)
    else:
        notice.hint("Nobody has written an offer or a need yet. They appear here while the warm-up is open.")
    _silent(introductions.silent(gate.house().db, moderator))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _lines(moderator: ModeratorBadge, event: Event, found: tuple[ToldLine, ...]) -> None:
    chosen = st.segmented_control(
        "Side",
        [side.key for side in event.sides],
        format_func=lambda key: plain(event.side(key).short),
        key="offers_side",
    )
    wanted = [told for told in found if chosen is None or told.line.side == chosen]
    with st.container(gap=None):
        for told in wanted[:MOST_LINES]:
            _one(moderator, event, told)
    if len(wanted) > MOST_LINES:
        notice.hint(f"and {len(wanted) - MOST_LINES} older ones; the report has all of them.")


def _one(moderator: ModeratorBadge, event: Event, told: ToldLine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(_line(event, told))
        label, act = ("Show again", False) if told.hidden else ("Hide", True)
        hide = partial(introductions.hide, gate.house().db, moderator, told.id, hidden=act)
        button(moderator, label, hide, key=f"line_{act}_{told.id}", kind="tertiary")


def _line(event: Event, told: ToldLine) -> Markup:
    side = event.side(told.line.side)
    mark = bars.shape({"shape": side.shape, "colour": side.colour}) + Markup("{}").format(side.short)
    note = " · ".join(filter(None, (told.line.credit.line, "hidden" if told.hidden else "")))
    return _LINE.format(mark, _WORDS[told.line.kind], told.line.text, note)


def _silent(tables: tuple[Silent, ...]) -> None:
    if not tables:
        return
    st.subheader("Not written yet")
    lines = [
        {"Table": table.table, "People": f"{len(table.names)} of {table.of}", "Who": ", ".join(table.names)}
        for table in tables
    ]
    st.dataframe(lines, hide_index=True, height="content")
