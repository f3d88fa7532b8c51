"""The wall: headline, clock, one picture per step, and the join code. It draws itself again when a topic changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import StepKind
from workshop.services import themes, topics
from workshop.services.access import ObserverBadge
from workshop.ui import components, gate, pictures, qr, runs, shared, turns, wall_themes

TOPICS = ("room", "people", "counters", "ready", "board", "themes", "turnout", "results")


@turns.fragment
@runs.of_a_fragment("wall")
def show(observer: ObserverBadge) -> None:
    """The whole wall, as one fragment: a change redraws it without touching the browser's page."""
    drawn = topics.revisions(gate.house().db, observer.workshop_id)  # before any read: what changes later shows later
    room = _read(observer, "room")
    components.pulse(room["code"], topics=TOPICS, key="wall_pulse", drawn=drawn)
    people, counters = _read(observer, "people"), _read(observer, "counters")
    address = gate.house().settings.join_url
    code = qr.image(f"{address}/j/{gate.join_token(observer)}", alt="QR code to join")
    with st.container(key="wall_head"):
        st.html(pictures.head(room))
    with st.container(key="wall_clock"):
        components.clock(room["code"], size="wall", key="wall_big_clock")
    with st.container(key="wall_picture"):
        _picture(observer, room, people, counters, code)
    with st.container(key="wall_foot"):
        shown_address = address.removeprefix("http://").removeprefix("https://")
        totals = pictures.totals(room, people, counters, _read(observer, "ready"))
        st.html(pictures.foot(room, totals, qr=code, address=shown_address))


def _picture(
    observer: ObserverBadge, room: pictures.Body, people: pictures.Body, counters: pictures.Body, code: Markup
) -> None:
    draw: dict[StepKind, Callable[[], object]] = {
        StepKind.ARRIVE: lambda: st.html(pictures.arriving(room, people, qr=code)),
        StepKind.WRITE: lambda: st.html(pictures.counting(counters)),
        StepKind.SHARE: lambda: st.html(pictures.published(_read(observer, "board"))),
        StepKind.THEMES: lambda: _themes(observer, room, counters["published"]),
        StepKind.VOTE: lambda: st.html(pictures.turnout(_read(observer, "turnout"), room["sides"])),
        StepKind.REVEAL: lambda: st.html(pictures.ranking(_read(observer, "results"), room["sides"])),
        StepKind.CLOSING: lambda: st.html(pictures.ranking(_read(observer, "results"), room["sides"])),
    }
    draw[StepKind(room["step"]["kind"])]()


def _themes(observer: ObserverBadge, room: pictures.Body, ideas: int) -> None:
    results = _read(observer, "results") if "results" in room["sees"] else None
    wall_themes.show(themes.current(gate.house().db, observer), room, ideas=ideas, results=results)


def _read(observer: ObserverBadge, topic: str) -> dict[str, Any]:
    return shared.body(gate.house(), observer.workshop_id, topic)
