"""What is drawn from the event stream: five small components, one JavaScript module each, registered once.

Streamlit runs `shim.js` inline for each of them; the shim fetches the component's module from ``/assets``, so that all
components of a page share one connection. See docs/live.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import uuid4

import streamlit as st

from workshop.services import installation, topics, workshops
from workshop.ui.components import modules

_SHIM = modules.texts()["shim.js"]


def _register(name: str, style: str = "") -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component(f"roundtable_{name}", js=_SHIM, css=modules.style(style) if style else None)


_room = _register("room", "room.css")
_stage = _register("stage", "stage.css")
_clock = _register("clock", "clock.css")
_draft = _register("draft")
_pulse = _register("pulse")

_IDEA_FIELDS = {"title": "title", "pitch": "pitch", "sectors": "sectors", "needed": "still_needed"}
"""Names of an idea's fields, by the beginning of their widgets' keys; what a side brings begins with the side's key."""


def room(code: str, *, table: str = "", key: str = "room") -> None:
    """The top of a phone: workshop, table, clock, connection and the sentence of the step.

    It keeps ``data-step``, ``data-status`` and ``data-may-write`` (-publish, -revise, -vote: "true" or "false") on the
    page's ``<html>``, so that style alone shows and hides a form when the step changes.
    """
    _room(data={"module": modules.address("room.js"), "code": code, "table": table}, key=key)


def stage(code: str, *, person: str = "", report: str = "", key: str = "stage") -> str:
    """The middle of a phone: whatever the present step is about. Gives the id of an idea that shall be changed, or "".

    Every run of the page lets it read again what is this person's own. ``person`` is who acts on a tablet, ``report``
    the sentence of the last step that says where the report is.
    """
    data = {
        "module": modules.address("stage.js"),
        "code": code,
        "person": person,
        "report": report,
        "touched": uuid4().hex,
    }
    return str(_stage(data=data, key=key, on_edit_change=_nothing).edit or "")


def draft(code: str, *, person: str, slot: str, key: str, container: str = "idea_form") -> bool:
    """Keep what is typed into the idea form, on the server and, while that is out of reach, on the phone.

    ``container`` is the key of the container around the form. True in the run after a text that only the phone had has
    reached the server: read the draft again then, under new keys. Another person or idea has another ``key``.
    """
    view = workshops.find(installation.current().db, code)
    event = view.event if view is not None else None
    sides = {side.key: f"brings.{side.key}" for side in event.sides} if event else {}
    data = {
        "module": modules.address("draft.js"),
        "code": code,
        "container": container,
        "fields": {**_IDEA_FIELDS, **sides},
        "choices": {"sectors": {sector.name: sector.key for sector in event.sectors} if event else {}},
        "slot": slot,
        "person": person,
    }
    return bool(_draft(data=data, key=key, on_restored_change=_nothing).restored)


def pulse(code: str, *, topics: Sequence[str], key: str, drawn: Mapping[str, int] | None = None) -> bool:
    """Run this fragment again as soon as one of the topics has changed; True in the run that a change caused.

    Call it before anything is read, or pass the revisions that were ``drawn``: what changes after that causes another
    run. "table" stands for the tables of the whole room. Bursts of changes are one run.
    """
    revisions = _revisions(code) if drawn is None else drawn
    data = {
        "module": modules.address("pulse.js"),
        "code": code,
        "as": "staff",
        "topics": list(topics),
        "drawn": {name: revision for name, revision in revisions.items() if name.partition(":")[0] in topics},
    }
    return bool(_pulse(data=data, key=key, on_changed_change=_nothing).changed)


def clock(code: str, *, size: Literal["desk", "wall"] = "desk", key: str = "clock") -> None:
    """The clock of the step, large."""
    _clock(data={"module": modules.address("clock.js"), "code": code, "as": "staff", "size": size}, key=key)


def _revisions(code: str) -> Mapping[str, int]:
    db = installation.current().db
    view = workshops.find(db, code)
    return {} if view is None else topics.revisions(db, view.id)


def _nothing() -> None:
    """A trigger needs a callback to be part of the result."""
