"""The wall: headline, clock, one picture per step, and the join code. It draws itself again when a topic changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import StepKind
from workshop.services import themes, topics
from workshop.services.access import ObserverBadge
from workshop.services.shown_themes import ThemesView
from workshop.ui import charts, components, gate, look, pictures, qr, runs, shared, turns

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
    with st.container(key="wall_warm"):
        st.plotly_chart(charts.nothing(), theme=None, config=dict(charts.PLAIN), key="nothing")
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
        StepKind.THEMES: lambda: _themes(observer),
        StepKind.VOTE: lambda: st.html(pictures.turnout(_read(observer, "turnout"), room["sides"])),
        StepKind.REVEAL: lambda: st.html(pictures.ranking(_read(observer, "results"), room["sides"])),
        StepKind.CLOSING: lambda: st.html(pictures.ranking(_read(observer, "results"), room["sides"])),
    }
    draw[StepKind(room["step"]["kind"])]()


def _themes(observer: ObserverBadge) -> None:
    view = themes.current(gate.house().db, observer)
    if view is None or not view.themes:
        st.html(pictures.empty("The ideas are on the board. Their themes appear here in a moment."))
        return
    dark = look.is_dark()
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="wall_map"):
        theme_map = shared.once(("map", view.key, dark), lambda: charts.theme_map(*_for_chart(view), dark=dark))
        st.plotly_chart(theme_map, theme=None, config=dict(charts.PLAIN), key="map", alt=_spoken(view))
    with right, st.container(key="wall_sizes"):
        sizes = shared.once(
            ("sizes", view.key, dark),
            lambda: charts.theme_sizes(_for_chart(view)[0], len(view.not_sure), dark=dark),
        )
        st.plotly_chart(sizes, theme=None, config=dict(charts.PLAIN), key="sizes", alt=_spoken(view))


def _for_chart(view: ThemesView) -> tuple[list[charts.MapTheme], list[tuple[float, float]]]:
    drawn = [
        charts.MapTheme(
            name=theme.name,
            colour=theme.colour,
            ideas=len(theme.ideas),
            places=tuple(view.places[idea.number] for idea in theme.ideas if idea.number in view.places),
        )
        for theme in view.themes
    ]
    return drawn, [view.places[idea.number] for idea in view.not_sure if idea.number in view.places]


def _spoken(view: ThemesView) -> str:
    return "Themes and their ideas: " + "; ".join(f"{theme.name}: {len(theme.ideas)}" for theme in view.themes)


def _read(observer: ObserverBadge, topic: str) -> dict[str, Any]:
    return shared.body(gate.house(), observer.workshop_id, topic)
