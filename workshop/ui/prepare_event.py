"""Prepare the event: title, sides, sectors, limits, the anonymity level and the paper, in one form with one button."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from workshop.domain.event import SHAPES, Anonymity, Paper
from workshop.services import event_edits
from workshop.services.access import OrganiserBadge
from workshop.services.event_edits import Prepared
from workshop.ui import gate, notice, tab

_LEVELS = {
    Anonymity.ANONYMOUS: "anonymous: an idea shows nobody",
    Anonymity.TABLE_TAG: "table tag: an idea shows its table",
    Anonymity.NAMED: "named: an idea shows its author and organisation",
}
_PAPERS = {Paper.A4: "A4", Paper.LETTER: "Letter (US)"}
_LIMITS = {
    "people": "People in the room",
    "tables": "Tables",
    "seats_per_table": "Seats per table",
    "ideas_per_person": "Ideas per person",
    "ideas_per_table": "Ideas per table",
    "published_per_table": "Ideas on the board per table",
    "dots": "Dots per person",
    "dots_per_idea": "Dots on one idea",
    "late_save_seconds": "Seconds for a late save",
    "offers_per_person": "Offers, and needs, per person",
    "ideas_to_rate": "Ideas to rate per person",
}
_NEW_SIDES = ("#009E73", "#CC79A7", "#0072B2", "#D55E00", "#000000", "#7A5C00")


def show(organiser: OrganiserBadge) -> None:
    """One form. An emptied name takes a side or a sector away, the empty line at the end adds one."""
    prepared = event_edits.of(gate.house().db, organiser)
    changed_elsewhere(prepared)
    if prepared.started:
        notice.hint(
            "The workshop has started: of the event only the level below can change, to a stricter one, and the paper."
        )
    with st.form(f"event_{prepared.version}", border=False):
        values = _fields(prepared)
        sent = st.form_submit_button("Save the event", type="primary", icon=":material/save:")
    if sent:
        saved = notice.attempt(lambda: event_edits.save(gate.house().db, organiser, values, seen=prepared.version))
        if saved is not None:
            tab.current().event_seen = ""
            notice.saved("Saved. Every screen shows it from now on.")


def changed_elsewhere(prepared: Prepared) -> bool:
    """Whether the event is another one than this tab showed last, which is told: what was typed here is not saved."""
    memory = tab.current()
    before, memory.event_seen = memory.event_seen, prepared.version
    if before in {"", prepared.version}:
        return False
    notice.problem("Somebody else changed the event a moment ago. Here it is as it stands now; then change it again.")
    return True


def _fields(prepared: Prepared) -> dict[str, Any]:
    """The values of the form by key of the event; once the workshop has started only level and paper are asked for."""
    everything = {} if prepared.started else _until_the_start(prepared)
    st.subheader("Names beside ideas")
    level = st.radio(
        "On every screen and in every export",
        _LEVELS,
        list(_LEVELS).index(prepared.event.anonymity),
        format_func=_LEVELS.__getitem__,
        key=f"level_{prepared.version}",
    )
    notice.hint("Once something was written, the level can only become stricter.")
    st.subheader("Paper")
    paper = st.radio(
        "Reports, take-aways and table cards are printed on",
        _PAPERS,
        list(_PAPERS).index(prepared.event.paper),
        format_func=_PAPERS.__getitem__,
        horizontal=True,
        key=f"paper_{prepared.version}",
    )
    return {**everything, "anonymity": str(level), "paper": str(paper)}


def _until_the_start(prepared: Prepared) -> dict[str, Any]:
    event, key = prepared.event, prepared.version
    title = st.text_input("Title of the session", event.title, key=f"title_{key}")
    st.subheader("Sides")
    sides = _sides(prepared)
    st.subheader("Sectors")
    with st.container(horizontal=True):
        known = [(sector.key, sector.name) for sector in event.sectors]
        sectors = [
            {"key": sector or _new_key(name, [other for other, _ in known]), "name": name}
            for place, (sector, before) in enumerate([*known, ("", "")])
            if (name := st.text_input(f"Sector {place + 1}", before, key=f"sector_{place}_{key}", width=240).strip())
        ]
    st.subheader("Limits")
    with st.container(horizontal=True):
        limits = {
            name: st.number_input(label, 0, 1000, getattr(event.limits, name), key=f"{name}_{key}", width=180)
            for name, label in _LIMITS.items()
        }
    return {"title": title, "sides": sides, "sectors": sectors, "limits": asdict(event.limits) | limits}


def _sides(prepared: Prepared) -> list[dict[str, str]]:
    known = [(side.key, side.name, side.short, side.colour, side.shape) for side in prepared.event.sides]
    shape = next((shape for shape in SHAPES if shape not in {side[4] for side in known}), SHAPES[0])
    colour = next((one for one in _NEW_SIDES if one not in {side[3] for side in known}), _NEW_SIDES[0])
    rows = [_side(place, side, prepared.version) for place, side in enumerate([*known, ("", "", "", colour, shape)])]
    keys = [side[0] for side in known]
    return [row | {"key": row["key"] or _new_key(row["name"], keys)} for row in rows if row["name"]]


def _side(place: int, side: Sequence[str], version: str) -> dict[str, str]:
    key, name, short, colour, shape = side
    end = f"{place}_{version}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {
            "key": key,
            "name": st.text_input(f"Side {place + 1}", name, key=f"side_name_{end}", width=260).strip(),
            "short": st.text_input("Short name", short, key=f"side_short_{end}", width=120).strip(),
            "colour": st.color_picker("Colour", colour, key=f"side_colour_{end}"),
            "shape": st.selectbox("Shape", SHAPES, SHAPES.index(shape), key=f"side_shape_{end}", width=140),
        }


def _new_key(name: str, taken: Sequence[str]) -> str:
    """A short name for the program, made from what a person typed, and not taken yet."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:36] or "new"
    return next(key for key in (stem, *(f"{stem}_{number}" for number in range(2, 99))) if key not in taken)
