"""The desk's view of opinions from Reveal on: what every side supports, what divides the sides, who votes alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.domain.opinion import VoterGroups
from workshop.domain.ranking import RankedIdea
from workshop.services import opinions, topics
from workshop.services.access import ModeratorBadge
from workshop.services.opinions import OpinionView
from workshop.ui import gate, notice, shared

_ABOUT_SHARED = "At least two supporters on every side, and on every side more than its average idea has."
_ABOUT_DIVIDED = "The shares differ by at least 20 points, and by more than chance explains."
_NONE_DIVIDES = "No idea divides the sides more than chance does."
_LINE = Markup('<p class="rt-idea-line"><b>#{}</b> {} <span class="rt-note">{}</span></p>')
_PART = Markup('<h3 class="rt-kicker">{}</h3><p class="rt-hint">{}</p>{}')


def show(moderator: ModeratorBadge, event: Event) -> None:
    """Both lists with supporters of ballots, and the sentence on groups. Call it once the results are revealed."""
    found = notice.attempt(lambda: _found(moderator))
    if found is None:
        return
    shared_by_all = _lines(found.opinions.shared, found, event)
    _part("What every side supports", _ABOUT_SHARED if shared_by_all else "No idea yet.", shared_by_all)
    dividing = _lines([each.idea for each in found.opinions.divided], found, event)
    _part("What divides the sides", _ABOUT_DIVIDED if dividing else _NONE_DIVIDES, dividing)
    _part("Groups of people who vote alike", found.groups.sentence, _groups(found.groups, found.titles))


def _part(heading: str, about: str, lines: Markup) -> None:
    st.html(_PART.format(heading, about, lines))


def _found(moderator: ModeratorBadge) -> OpinionView:
    """Worked out once per change of what it depends on, whoever looks."""
    db = gate.house().db
    revisions = topics.revisions(db, moderator.workshop_id)
    depends = (topics.ROOM, topics.BOARD, topics.TURNOUT, topics.PEOPLE)
    key = ("opinions", db.url_without_secret, moderator.workshop_id, *(revisions.get(name, 0) for name in depends))
    view: OpinionView = shared.once(key, lambda: opinions.current(db, moderator))
    return view


def _lines(ideas: Sequence[RankedIdea], found: OpinionView, event: Event) -> Markup:
    return Markup("").join(
        _LINE.format(
            idea.number,
            found.titles.get(idea.number, ""),
            ", ".join(f"{side.short} {idea.supporters[side.key]} of {found.ballots[side.key]}" for side in event.sides),
        )
        for idea in ideas
    )


def _groups(found: VoterGroups, titles: Mapping[int, str]) -> Markup:
    return Markup("").join(
        _LINE.format(idea.number, titles.get(idea.number, ""), f"{idea.supporters} of a group of {group.people}")
        for group in found.groups
        for idea in group.ideas
    )
