"""The wall: headline, clock, one picture per step, and the join code. It draws itself again when a topic changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import StepKind
from workshop.services import themes, topics
from workshop.services.access import ObserverBadge
from workshop.ui import (
    components,
    gate,
    held,
    pictures,
    pictures_cards,
    qr,
    ranks,
    runs,
    shared,
    turns,
    wall_builds,
    wall_commitments,
    wall_people,
    wall_results,
    wall_themes,
)
from workshop.ui.bars import Body

Read = Callable[[str], dict[str, Any]]
"""What stands in a topic, at the moment in which the wall is drawn."""

TOPICS = (
    *("room", "people", "introductions", "counters", "ready", "board", "builds", "themes"),
    *("turnout", "ratings", "results", "wall_picture", "consortium", "pitch", "wall"),
)


@turns.fragment
@runs.of_a_fragment("wall")
def show(observer: ObserverBadge) -> None:
    """The whole wall, as one fragment: a change redraws it without touching the browser's page."""
    drawn = topics.revisions(gate.house().db, observer.workshop_id)  # before any read: what changes later shows later
    read = partial(shared.body, gate.house(), observer.workshop_id, revisions=drawn)
    room, wall = read("room"), read("wall")
    components.pulse(room["code"], topics=TOPICS, key="wall_pulse", drawn=drawn, eager=True)
    people, counters = read("people"), read("counters")
    address = gate.house().settings.join_url
    code = qr.image(f"{address}/j/{gate.join_token(observer)}", alt="QR code to join")
    shown = room if wall["step"] is None else {**room, "step": wall["step"], "status": "held"}
    with st.container(key="wall_head"):
        st.html(pictures.head(shown))
    with st.container(key="wall_clock"):
        components.clock(room["code"], size="wall", key="wall_big_clock")
    with st.container(key="wall_picture"):
        idea = _in_the_spotlight(read, wall["spotlight"])
        if idea is not None:
            st.html(pictures_cards.spotlight(idea, room["sides"]))
        else:
            _picture(observer, held.reading(read, shown, wall["kept"]), drawn, code)
    with st.container(key="wall_foot"):
        shown_address = address.removeprefix("http://").removeprefix("https://")
        totals = pictures.totals(room, people, counters, read("ready"))
        st.html(pictures.foot(room, totals, qr=code, address=shown_address))


def _picture(observer: ObserverBadge, read: Read, drawn: Mapping[str, int], code: Markup) -> None:
    room = read("room")
    sides = room["sides"]
    draw: dict[StepKind, Callable[[], object]] = {
        StepKind.ARRIVE: lambda: st.html(pictures.arriving(room, read("people"), qr=code)),
        StepKind.WARM_UP: lambda: wall_people.show(observer, drawn, read("introductions"), sides),
        StepKind.WRITE: lambda: st.html(pictures.counting(read("counters"))),
        StepKind.SHARE: lambda: st.html(pictures.published(read("board"))),
        StepKind.BUILD: lambda: st.html(wall_builds.picture(read("builds"))),
        StepKind.THEMES: lambda: _themes(observer, read),
        StepKind.VOTE: lambda: st.html(pictures.turnout(read("turnout"), sides)),
        StepKind.RATE: lambda: st.html(pictures.rated(read("ratings"), sides)),
        StepKind.REVEAL: lambda: wall_results.show(read("wall_picture")["picture"], read("results"), sides),
        StepKind.CONSORTIUM: lambda: st.html(pictures_cards.board(read("consortium"), sides)),
        StepKind.PITCH: lambda: _pitch(read),
        StepKind.COMMIT: lambda: st.html(wall_commitments.while_open(read("consortium"), sides)),
        StepKind.CLOSING: lambda: _closing(read),
    }
    draw[StepKind(room["step"]["kind"])]()


def _themes(observer: ObserverBadge, read: Read) -> None:
    room = read("room")
    results = read("results") if "results" in room["sees"] else None
    ideas = read("counters")["published"]
    wall_themes.show(themes.current(gate.house().db, observer), room, ideas=ideas, results=results)


def _pitch(read: Read) -> None:
    """The clock runs in the browser: a wall does not run again every second."""
    room, pitch = read("room"), read("pitch")
    st.html(pictures_cards.pitch(pitch, read("consortium"), room["sides"]))
    with st.container(key="wall_pitch_clock"):
        components.pitch_clock(room["code"], card=str(pitch["idea"] or ""), key="wall_pitch_face")


def _closing(read: Read) -> None:
    """What people promised, where somebody did; else what the room supports; else what it has written."""
    room = read("room")
    cards = read("consortium") if "cards" in room["sees"] else {"cards": []}
    if wall_commitments.has_names(cards):
        st.html(wall_commitments.in_the_end(cards, room["sides"]))
    elif ranks.has_votes(results := read("results")):
        wall_results.show(read("wall_picture")["picture"], results, room["sides"])
    else:
        st.html(pictures.published(read("board")))


def _in_the_spotlight(read: Read, number: int | None) -> Body | None:
    """The idea as the board shows it now: what was hidden since is not there."""
    if number is None or "board" not in read("room")["sees"]:
        return None
    return next((idea for idea in read("board")["ideas"] if idea["number"] == number), None)
