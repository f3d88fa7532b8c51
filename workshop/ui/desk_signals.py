"""The desk's one suggestion: what the moderator could do now, or that the room works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from workshop.domain import permissions, signals
from workshop.domain.room import WorkshopView
from workshop.domain.signals import TableSignals
from workshop.domain.steps import Status, current_step
from workshop.services import clock, topics
from workshop.services.access import ModeratorBadge
from workshop.ui import buttons, gate, notice, shared, tab

Bodies = Mapping[str, Mapping[str, Any]]

_TOPICS = ("people", "counters", "ready", "presence")


def show(moderator: ModeratorBadge, view: WorkshopView, bodies: Bodies) -> None:
    """One sentence, which can be dismissed for this step; nothing in an empty room or a closed step."""
    tables = list(of_tables(view, bodies, clock.now()).values())
    if not tables or view.state.status is Status.CLOSED:
        return
    step, memory = current_step(view.event, view.state), tab.current()
    asked = permissions.asks_who_is_ready(view.event, view.state)
    found = signals.suggest(step, tables, view.event.sides, asks_who_is_ready=asked, dismissed=memory.dismissed)
    with st.container(horizontal=True, vertical_alignment="center", key="signal"):
        if found is None:
            notice.hint("The room works.")
            return
        notice.suggestion(found.sentence)
        mark = signals.dismissal(step, found)
        act = partial(memory.dismissed.add, mark)
        buttons.button(moderator, "Dismiss", act, key=f"dismiss_{mark}", icon=":material/close:", kind="tertiary")


def bodies(view: WorkshopView) -> Bodies:
    """The topics that tell of the tables, read once for all desks."""
    house = gate.house()
    revisions = topics.revisions(house.db, view.id)
    return {topic: shared.body(house, view.id, topic, revisions=revisions) for topic in _TOPICS}


def of_tables(view: WorkshopView, bodies: Bodies, now: datetime) -> dict[str, TableSignals]:
    """What is known of each table with people, by its id."""
    present = {table["id"]: table for table in bodies["presence"]["by_table"]}
    lights = {light["id"]: light for light in bodies["ready"]["by_table"]}
    opened_at = view.state.opened_at
    return {
        table["id"]: _of_table(table, present.get(table["id"], {}), lights.get(table["id"]), opened_at, now)
        for table in bodies["people"]["tables"]
        if table["seated"]
    }


def _of_table(
    table: Mapping[str, Any],
    present: Mapping[str, Any],
    light: Mapping[str, Any] | None,
    opened_at: datetime,
    now: datetime,
) -> TableSignals:
    heard_at = present.get("heard_at")
    return TableSignals(
        name=table["name"],
        seated=table["seated"],
        by_side=table["by_side"],
        devices=present.get("devices", 0),
        connected=present.get("connected", 0),
        silent_minutes=signals.silent_minutes(heard_at, opened_at, now),
        heard=heard_at is not None and heard_at >= opened_at,
        ready=light is not None and light["ready"] == light["of"],
    )
