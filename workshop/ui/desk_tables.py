"""The desk's tables: who sits where and who is ready, what each has written and published, and the sectors by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from workshop.domain.event import OPEN_ENDED_KINDS, Event, StepKind
from workshop.domain.room import WorkshopView
from workshop.domain.signals import TableSignals
from workshop.domain.steps import current_step
from workshop.services import clock, ideas
from workshop.services.access import ModeratorBadge
from workshop.ui import desk_signals, gate, notice
from workshop.ui.buttons import button
from workshop.ui.desk_signals import Bodies

Body = Mapping[str, Any]


def show(moderator: ModeratorBadge, view: WorkshopView, bodies: Bodies) -> None:
    """One line per table; silent tables are named first, because that is where the moderator walks to."""
    event, kind = view.event, current_step(view.event, view.state).kind
    people, counters, ready = (bodies[topic] for topic in ("people", "counters", "ready"))
    if not people["people"]:
        notice.hint("Nobody has joined yet. People appear here as they scan the code on the wall.")
        return
    counted = {count["id"]: count for count in counters["by_table"]}
    silent = [table["name"] for table in people["tables"] if table["seated"] and not counted[table["id"]]["ideas"]]
    if silent and kind in {StepKind.WRITE, StepKind.SHARE}:
        notice.hint("Nothing written yet at: " + ", ".join(silent) + ".")
    if ready["asked"]:
        tables_ready = f"{ready['tables_ready']} of {ready['tables']} tables are ready"
        notice.hint(f"{tables_ready}, {ready['ready']} of {ready['of']} people.")
    lights = {light["id"]: _shown(light) for light in ready["by_table"]}
    known = desk_signals.of_tables(view, bodies, clock.now())
    lines = [
        {
            "Table": table["name"],
            "People": f"{table['seated']} of {event.limits.seats_per_table}",
            **{side.short: table["by_side"].get(side.key, 0) for side in event.sides},
            **({"Ready": lights.get(table["id"], "")} if ready["asked"] else {}),
            **_heard(known.get(table["id"]), kind),
            "Ideas": counted[table["id"]]["ideas"],
            "Published": f"{counted[table['id']]['published']} of {event.limits.published_per_table}",
        }
        for table in people["tables"]
    ]
    st.dataframe(lines, hide_index=True, height="content")
    _sectors(event, counters["by_sector"])
    if kind in {StepKind.SHARE, StepKind.THEMES}:
        _kept_back(moderator)


def _heard(table: TableSignals | None, kind: StepKind) -> dict[str, str]:
    """Devices with an open page, on all servers together, and the minutes since somebody there wrote or tapped."""
    connected = f"{table.connected} of {table.devices}" if table and table.devices else ""
    if kind in OPEN_ENDED_KINDS:
        return {"Connected": connected}
    silent = f"{table.silent_minutes} min" if table and table.silent_minutes else ""
    return {"Connected": connected, "Silent for": silent}


def _shown(light: Body) -> str:
    count = f"{light['ready']} of {light['of']}"
    return f"{count}\u2002✓" if light["ready"] == light["of"] else count


def _sectors(event: Event, by_sector: Sequence[Body]) -> None:
    st.subheader("Ideas by sector and side")
    lines = [
        {"Sector": sector["name"], **{side.short: sector["by_side"].get(side.key, 0) for side in event.sides}}
        for sector in by_sector
    ]
    st.dataframe(lines, hide_index=True, height="content")


def _kept_back(moderator: ModeratorBadge) -> None:
    waiting = {table.table_id: table for table in ideas.kept_back(gate.house().db, moderator)}
    if not waiting:
        return
    st.subheader("Not published yet")
    notice.hint("What a table does not publish stays with the table: it gets no votes.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Table",
            list(waiting),
            format_func=lambda table: f"{waiting[table].name}: {waiting[table].count} not published",
            key="kept_back",
        )
        button(
            moderator,
            "Publish for this table",
            lambda: ideas.publish_for(gate.house().db, moderator, chosen),
            key=f"publish_for_{chosen}",
            done="Published. The ideas are on the board now.",
        )
