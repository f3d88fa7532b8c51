"""What is drawn from the event stream: small components, one JavaScript module each, registered once.

Streamlit runs `shim.js` inline for each of them; the shim fetches the component's module from ``/assets``, so that all
components of a page share one connection. See docs/live.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

import streamlit as st

from workshop.services import installation, topics, workshops
from workshop.ui.components import modules

_SHIM = modules.texts()["shim.js"]


def _register(name: str, *styles: str) -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component(f"roundtable_{name}", js=_SHIM, css=modules.style(*styles) if styles else None)


_room = _register("room", "room.css")
_stage = _register("stage", "stage.css", "form.css", "similar.css", "builds.css", "consortium.css")
_clock = _register("clock", "clock.css")
_pitch_clock = _register("pitch_clock", "pitch_clock.css")
_theme_map = _register("theme_map", "theme_map.css")
_sheet = _register("sheet", "sheet.css")
_pulse = _register("pulse")
_comeback = _register("comeback", "comeback.css")
_downloads = _register("downloads", "downloads.css")


def room(code: str, *, table: str = "", key: str = "room") -> None:
    """The top of a phone: workshop, table, clock, connection and the sentence of the step.

    It keeps ``data-step``, ``data-status`` and ``data-may-write`` (-publish, -revise, -build, -vote: "yes" or "no") on
    the page's ``<html>``, so that style alone shows and hides something when the step changes.
    """
    _room(data={"module": modules.address("room.js"), "code": code, "table": table}, key=key)


def stage(  # noqa: PLR0913  what differs from page to page, each named at the call
    code: str,
    *,
    form: Mapping[str, object],
    table: str = "",
    touched: str | int = "",
    person: UUID | None = None,
    report: str = "",
    key: str = "stage",
) -> None:
    """The middle of a phone: the form for ideas where the step takes them, and whatever the step is about.

    ``form`` holds the ``sectors`` (key and name) and the ``longest`` texts of an idea. ``touched`` is anything that
    changes when the page has changed who acts here: then the component reads it again. ``person`` is who was put
    forward on a tablet, ``report`` the last step's sentence that says where the report is.
    """
    data = {
        "module": modules.address("stage.js"),
        "code": code,
        "form": form,
        "table": table,
        "touched": str(touched),
        "person": str(person or ""),
        "report": report,
    }
    _stage(data=data, key=key)


def pulse(
    code: str, *, topics: Sequence[str], key: str, drawn: Mapping[str, int] | None = None, eager: bool = False
) -> bool:
    """Run this fragment again as soon as one of the topics has changed; True in the run that a change caused.

    Call it before anything is read, or pass the revisions that were ``drawn``: what changes after that causes another
    run. "table" stands for the tables of the whole room. Bursts of changes are one
    run; ``eager`` waits less for a burst.
    """
    revisions = _revisions(code) if drawn is None else drawn
    data = {
        "module": modules.address("pulse.js"),
        "code": code,
        "as": "staff",
        "topics": list(topics),
        "eager": eager,
        "drawn": {name: revision for name, revision in revisions.items() if name.partition(":")[0] in topics},
    }
    return bool(_pulse(data=data, key=key, on_changed_change=_nothing).changed)


def comeback(key: str) -> None:
    """Run the whole page when its connection is back: a new session knows none of its fragments. Outside of them."""
    _comeback(data={"module": modules.address("comeback.js")}, key=f"{key}_comeback", on_back_change=_nothing)


def downloads(*, key: str) -> None:
    """Files of reports that are tapped on this page: what each build is at. A file that was made causes a run."""
    _downloads(data={"module": modules.address("downloads.js")}, key=key, on_built_change=_nothing)


def clock(code: str, *, size: Literal["desk", "wall"] = "desk", key: str = "clock") -> None:
    """The clock of the step, large."""
    _clock(data={"module": modules.address("clock.js"), "code": code, "as": "staff", "size": size}, key=key)


def pitch_clock(code: str, *, card: str, key: str) -> None:
    """The forty seconds of the card that is pitched, for the wall that shows this card and for the desk."""
    _pitch_clock(data={"module": modules.address("pitch_clock.js"), "code": code, "as": "staff", "card": card}, key=key)


def theme_map(picture: Mapping[str, object], *, key: str) -> None:
    """The theme map of the wall, drawn from the geometry and the colours of `ui.wall_themes`."""
    _theme_map(data={"module": modules.address("theme_map.js"), **picture}, key=key)


def sheet(picture: Mapping[str, object], *, key: str) -> None:
    """A chart of the wall, drawn from the geometry of `drawing.sheet` with its colours."""
    _sheet(data={"module": modules.address("sheet.js"), **picture}, key=key)


def _revisions(code: str) -> Mapping[str, int]:
    db = installation.current().db
    view = workshops.find(db, code)
    return {} if view is None else topics.revisions(db, view.id)


def _nothing() -> None:
    """A trigger needs a callback to be part of the result."""
