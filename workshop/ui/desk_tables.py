"""The desk's tables: who sits where and who is ready, what each has written and published, and the sectors by side."""

from __future__ import annotations

import streamlit as st

from workshop.domain.event import Event, StepKind
from workshop.services import ideas, people, readiness
from workshop.services.access import ModeratorBadge
from workshop.services.readiness import Light
from workshop.services.shown import KeptBack, SectorCount
from workshop.ui import gate, notice
from workshop.ui.buttons import button


def show(moderator: ModeratorBadge, event: Event, kind: StepKind) -> None:
    """One line per table; silent tables are named first, because that is where the moderator walks to."""
    db = gate.house().db
    tables, counters = people.tables(db, moderator), ideas.counters(db, moderator)
    if not sum(table.seated for table in tables):
        notice.hint("Nobody has joined yet. People appear here as they scan the code on the wall.")
        return
    counted = {count.id: count for count in counters.by_table}
    silent = [table.name for table in tables if table.seated and not counted[table.id].ideas]
    if silent and kind in {StepKind.WRITE, StepKind.SHARE}:
        notice.hint("Nothing written yet at: " + ", ".join(silent) + ".")
    lights = readiness.lights(db, moderator)
    if lights.asked:
        notice.hint(f"{lights.on} of {len(lights.tables)} tables are ready, {lights.ready} of {lights.of} people.")
    ready = {light.table_id: _shown(light) for light in lights.tables} if lights.asked else {}
    lines = [
        {
            "Table": table.name,
            "People": f"{table.seated} of {event.limits.seats_per_table}",
            **{side.short: table.by_side.get(side.key, 0) for side in event.sides},
            **({"Ready": ready.get(table.id, "")} if lights.asked else {}),
            "Ideas": counted[table.id].ideas,
            "Published": f"{counted[table.id].published} of {event.limits.published_per_table}",
        }
        for table in tables
    ]
    st.dataframe(lines, hide_index=True, height="content")
    _sectors(event, counters.by_sector)
    if kind in {StepKind.SHARE, StepKind.THEMES}:
        _kept_back(moderator)


def _shown(light: Light) -> str:
    count = f"{light.ready} of {light.of}"
    return f"{count}\u2002✓" if light.on else count


def _sectors(event: Event, by_sector: tuple[SectorCount, ...]) -> None:
    st.subheader("Ideas by sector and side")
    lines = [
        {"Sector": sector.name, **{side.short: sector.by_side.get(side.key, 0) for side in event.sides}}
        for sector in by_sector
    ]
    st.dataframe(lines, hide_index=True, height="content")


def _kept_back(moderator: ModeratorBadge) -> None:
    waiting = ideas.kept_back(gate.house().db, moderator)
    if not waiting:
        return
    st.subheader("Not published yet")
    notice.hint("What a table does not publish stays with the table: it gets no votes.")
    for table in waiting:
        _publish_for(moderator, table)


def _publish_for(moderator: ModeratorBadge, table: KeptBack) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{table.name}: {table.count} not published")
        button(
            moderator,
            "Publish for this table",
            lambda: ideas.publish_for(gate.house().db, moderator, table.table_id),
            key=f"publish_for_{table.table_id}",
            done="Published. The ideas are on the board now.",
        )
