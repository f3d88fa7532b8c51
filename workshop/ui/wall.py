"""The wall: headline, clock, one picture per step, and the join code. It draws itself again when a topic changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import StepKind
from workshop.services import themes, topics
from workshop.services.access import ObserverBadge
from workshop.ui import components, gate, pictures, qr, runs, shared, turns, wall_builds, wall_themes

Read = Callable[[str], dict[str, Any]]
"""What stands in a topic, at the moment in which the wall is drawn."""

TOPICS = ("room", "people", "counters", "ready", "board", "builds", "themes", "turnout", "results")


@turns.fragment
@runs.of_a_fragment("wall")
def show(observer: ObserverBadge) -> None:
    """The whole wall, as one fragment: a change redraws it without touching the browser's page."""
    drawn = topics.revisions(gate.house().db, observer.workshop_id)  # before any read: what changes later shows later
    read = partial(shared.body, gate.house(), observer.workshop_id, revisions=drawn)
    room = read("room")
    components.pulse(room["code"], topics=TOPICS, key="wall_pulse", drawn=drawn)
    people, counters = read("people"), read("counters")
    address = gate.house().settings.join_url
    code = qr.image(f"{address}/j/{gate.join_token(observer)}", alt="QR code to join")
    with st.container(key="wall_head"):
        st.html(pictures.head(room))
    with st.container(key="wall_clock"):
        components.clock(room["code"], size="wall", key="wall_big_clock")
    with st.container(key="wall_picture"):
        _picture(observer, read, counters, code)
    with st.container(key="wall_foot"):
        shown_address = address.removeprefix("http://").removeprefix("https://")
        totals = pictures.totals(room, people, counters, read("ready"))
        st.html(pictures.foot(room, totals, qr=code, address=shown_address))


def _picture(observer: ObserverBadge, read: Read, counters: pictures.Body, code: Markup) -> None:
    room = read("room")
    draw: dict[StepKind, Callable[[], object]] = {
        StepKind.ARRIVE: lambda: st.html(pictures.arriving(room, read("people"), qr=code)),
        StepKind.WRITE: lambda: st.html(pictures.counting(counters)),
        StepKind.SHARE: lambda: st.html(pictures.published(read("board"))),
        StepKind.BUILD: lambda: st.html(wall_builds.picture(read("builds"))),
        StepKind.THEMES: lambda: _themes(observer, read, counters["published"]),
        StepKind.VOTE: lambda: st.html(pictures.turnout(read("turnout"), room["sides"])),
        StepKind.REVEAL: lambda: st.html(pictures.ranking(read("results"), room["sides"])),
        StepKind.CLOSING: lambda: st.html(pictures.ranking(read("results"), room["sides"])),
    }
    draw[StepKind(room["step"]["kind"])]()


def _themes(observer: ObserverBadge, read: Read, ideas: int) -> None:
    room = read("room")
    results = read("results") if "results" in room["sees"] else None
    wall_themes.show(themes.current(gate.house().db, observer), room, ideas=ideas, results=results)
