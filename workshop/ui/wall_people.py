"""Who is here, on the wall of the warm-up: sides, sectors, organisations, places, and the newest lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain.introduction import LineKind
from workshop.domain.text import shorten
from workshop.services import introductions, topics
from workshop.services.access import ObserverBadge
from workshop.services.shown_people import Share, WhoIsHere
from workshop.ui import bars, gate, pictures, shared

Body = Mapping[str, Any]

MOST_SECTORS, MOST_PLACES = 6, 5
_HEADINGS = {LineKind.OFFER: ("offer", "We offer"), LineKind.NEED: ("need", "We look for")}
_PICTURE = Markup(
    '<div class="rt-picture rt-here"><div class="rt-here-sides" style="--sides:{number}">{sides}</div>'
    '<div class="rt-here-sectors">{sectors}</div>'
    '<p class="rt-here-from">{places}</p>{offers}{needs}</div>'
)
_SIDE = Markup('<div class="rt-here-side">{}<b>{}</b><span>{}</span></div>')
_BAR = Markup('<div class="rt-bar"><span class="rt-name">{}</span><span class="rt-number">{}</span>{}</div>')
_LINES = Markup('<div class="rt-here-lines"><h2>{}</h2>{}</div>')
_LINE = Markup('<p class="rt-here-line">{}<span>{}</span></p>')
_QUIET = Markup('<p class="rt-here-line rt-here-quiet"><span>{}</span></p>')


def show(observer: ObserverBadge, revisions: Mapping[str, int], said: Body, sides: Sequence[Body]) -> None:
    """The picture as the room is now, worked out once per change for all walls."""
    db = gate.house().db
    depends = (topics.ROOM, topics.PEOPLE, topics.INTRODUCTIONS)
    key = ("here", db.url_without_secret, observer.workshop_id, *(revisions.get(name, 0) for name in depends))
    here: WhoIsHere = shared.once(key, lambda: introductions.who_is_here(db, observer))
    st.html(picture(here, said, sides))


def picture(here: WhoIsHere, said: Body, sides: Sequence[Body]) -> Markup:
    """Sides and sectors above, where people are from between, the newest offers and needs below."""
    if not here.people:
        return pictures.empty("Nobody has joined yet. Who is here appears as people scan the code.")
    most = max((share.people for share in here.sectors), default=0)
    return _PICTURE.format(
        number=len(sides),
        sides=bars.joined(
            _SIDE.format(bars.shape(side), here.by_side.get(side["key"], 0), side["name"]) for side in sides
        ),
        sectors=bars.joined(
            _BAR.format(shorten(share.name, 30), share.people, bars.by_side(share.by_side, sides, most))
            for share in here.sectors[:MOST_SECTORS]
        ),
        places=from_where(here),
        offers=_lines(LineKind.OFFER, said, sides),
        needs=_lines(LineKind.NEED, said, sides),
    )


def from_where(here: WhoIsHere) -> str:
    """How many organisations, and the places that most people are from."""
    organisations = len(here.organisations)
    parts = ["1 organisation" if organisations == 1 else f"{organisations} organisations"] if organisations else []
    if here.places:
        parts.append(f"from {_named(here.places)}")
    return " · ".join(parts) or "Say on your phone where you are from."


def _named(places: Sequence[Share]) -> str:
    named = [f"{shorten(place.name, 22)} {place.people}" for place in places[:MOST_PLACES]]
    more = len(places) - MOST_PLACES
    return ", ".join(named) + (f" and {more} more" if more > 0 else "")


def _lines(kind: LineKind, said: Body, sides: Sequence[Body]) -> Markup:
    word, heading = _HEADINGS[kind]
    count = said[f"{word}s"]
    colours = {side["key"]: side for side in sides}
    told = [line for line in said["newest"] if line["kind"] == kind]
    lines = bars.joined(
        _LINE.format(bars.shape(colours[line["side"]]) if line["side"] in colours else "", line["text"])
        for line in told
    )
    waiting = _QUIET.format(f"The first {word} appears here.")
    return _LINES.format(f"{heading} · {count}" if count else heading, lines or waiting)
