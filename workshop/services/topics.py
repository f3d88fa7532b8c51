"""Topics: what a screen may be sent, who may be sent it in which step, and what stands in it.

One payload per topic and revision is the same for everybody who may have it; whatever differs from person to person
(own ideas, the ballot) is asked for by that person's own device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from workshop.domain import permissions, steps
from workshop.domain.event import Event, StepKind
from workshop.domain.permissions import Sight
from workshop.domain.room import WorkshopView
from workshop.domain.steps import StepState
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, payloads, presence, readiness, routing
from workshop.services.access import Badge, ObserverBadge, ParticipantBadge, ScribeBadge
from workshop.storage import Database, revision_of, revisions_of
from workshop.storage import workshops as workshop_rows

ROOM = "room"
PEOPLE = "people"
INTRODUCTIONS = "introductions"
COUNTERS = "counters"
READY = "ready"
BOARD = "board"
BUILDS = "builds"
THEMES = "themes"
TURNOUT = "turnout"
RATINGS = "ratings"
RESULTS = "results"
WALL_PICTURE = "wall_picture"
CONSORTIUM = "consortium"
PITCH = "pitch"
WISHES = "wishes"
REHEARSAL = "rehearsal"
WALL = "wall"
MODERATION = "moderation"
PROPOSAL = "proposal"
FLAGS = "flags"
PRESENCE = presence.TOPIC
"""For whoever runs the room: neither phones nor the wall draw it."""
BADGES = "badges"
"""Somebody's badge has changed: nobody is told, but whoever sends to screens has to ask again who they are."""

_SIGHT = {
    INTRODUCTIONS: Sight.INTRODUCTIONS,
    BOARD: Sight.BOARD,
    BUILDS: Sight.BUILDS,
    THEMES: Sight.THEMES,
    RESULTS: Sight.RESULTS,
    WALL_PICTURE: Sight.RESULTS,
    CONSORTIUM: Sight.CARDS,
    PITCH: Sight.PITCHES,
}
_SIGHT_AT_A_TABLE = {"table": Sight.TABLE_IDEAS, "hand": Sight.BUILDS}
_NOT_FOR_PHONES = frozenset({INTRODUCTIONS, BOARD, BUILDS, WALL_PICTURE})
_PHONES_READ_THE_BOARD = frozenset({StepKind.THEMES, StepKind.VOTE, StepKind.RATE})


@dataclass(frozen=True, slots=True)
class Payload:
    """What is sent for one topic at one revision. ``view`` is the workshop at the same moment."""

    topic: str
    revision: int
    body: dict[str, Any]
    view: WorkshopView


def of_table(table_id: UUID) -> str:
    """The topic of the ideas of one table."""
    return f"table:{table_id}"


def visible(badge: Badge, view: WorkshopView) -> frozenset[str]:
    """The topics that are sent to this badge's screens in this step: what it may see, and of that what it draws.

    A phone is not sent what only the wall draws (counters, turnout, the whole board): with a thousand phones that
    would be most of the traffic.
    """
    sights = permissions.sees(view.event, view.state)
    shown = {topic for topic, sight in _SIGHT.items() if sight in sights}
    if isinstance(badge, ParticipantBadge | ScribeBadge):
        shown -= _NOT_FOR_PHONES
        kind = steps.current_step(view.event, view.state).kind
        if badge.table_id is not None:
            # In every step: read for a hundred tables as a step opens, it would hold up the headline of that step.
            shown.add(readiness.topic_of(badge.table_id))
            if Sight.TABLE_IDEAS in sights:
                shown.add(of_table(badge.table_id))
            if kind is StepKind.BUILD:
                shown.add(routing.hand_of(badge.table_id))
        if kind is StepKind.ARRIVE:
            shown.add(PEOPLE)
        return frozenset({ROOM, *shown})
    for topic, opened in ((TURNOUT, StepKind.VOTE), (RATINGS, StepKind.RATE)):
        if steps.reached(view.event, view.state, opened):
            shown.add(topic)
    return frozenset({ROOM, PEOPLE, COUNTERS, READY, WALL, *shown})


def told(badge: Badge, view: WorkshopView, topic: str) -> bool:
    """Whether this badge's screens hear that a topic has changed, without what has changed.

    Walls and desks draw themselves again; a phone fetches the board again while it reads or votes, and somebody without
    a table their own hand.
    """
    if isinstance(badge, ParticipantBadge | ScribeBadge):
        kind = steps.current_step(view.event, view.state).kind
        if topic == BUILDS:
            return badge.table_id is None and kind is StepKind.BUILD
        return topic == BOARD and kind in _PHONES_READ_THE_BOARD
    if isinstance(badge, ObserverBadge):
        return topic in visible(badge, view)
    return topic != BADGES


def revisions(db: Database, workshop_id: UUID) -> Mapping[str, int]:
    """The newest revision of each topic that ever changed."""
    with db.reading() as session:
        return revisions_of(session, workshop_id)


def payload(db: Database, workshop_id: UUID, topic: str) -> Payload:
    """What stands in a topic now, with the revision that it has at this moment.

    Step, revision and content are read in one transaction, so a payload can never hold what its step hides: it raises
    NotAllowed instead, whoever asks.
    """
    with db.reading() as session:
        view = workshop_rows.by_id(session, workshop_id)
        if view is None:
            raise NotFound("This workshop was removed.")
        _must_be_open(view, topic)
        revision = revision_of(session, workshop_id, topic)
        name, _, table = topic.partition(":")
        body = payloads.BY_TABLE[name](session, view, UUID(table)) if table else payloads.BY_TOPIC[name](session, view)
    return Payload(topic=name, revision=revision, body=body, view=view)


def moment(view: WorkshopView, now: datetime) -> dict[str, Any]:
    """The part of ``room`` that depends on the clock alone, so that it is right whenever it is sent."""
    remaining = view.state.remaining(now)
    return {
        # Screens without a countdown show the time of day in the room: the browser's own clock may be wrong.
        "clock": {
            "remaining": None if remaining is None else round(remaining, 2),
            "running": view.state.ends_at is not None,
            "time_of_day": round(clock.time_of_day(view.event.time_zone, now), 2),
        },
        "may": sorted(permissions.may(view.event, view.state, now)),
        "late_seconds": _left(view, now, view.state.writing_closed_at, late=permissions.is_late),
        "late_build_seconds": _left(view, now, view.state.building_closed_at, late=permissions.builds_late),
    }


def _left(
    view: WorkshopView,
    now: datetime,
    closed_at: datetime | None,
    *,
    late: Callable[[Event, StepState, datetime], bool],
) -> float | None:
    """How many seconds a late save still has."""
    if closed_at is None or not late(view.event, view.state, now):
        return None
    return round(view.event.limits.late_save_seconds - (now - closed_at).total_seconds(), 1)


def _must_be_open(view: WorkshopView, topic: str) -> None:
    name, _, table = topic.partition(":")
    sight = _SIGHT_AT_A_TABLE.get(name) if table else _SIGHT.get(name)
    if sight is not None and sight not in permissions.sees(view.event, view.state):
        raise NotAllowed("This is not shown in the current step.")
    if name not in (payloads.BY_TABLE if table else payloads.BY_TOPIC):
        raise NotFound("There is no such topic.")
