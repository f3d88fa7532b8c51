"""What phones may do and what anybody may see, decided by the step alone and always on the server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from workshop.domain.event import Event, StepKind
from workshop.domain.steps import Status, StepState, current_step, reached


class Act(StrEnum):
    """What a participant may do."""

    WRITE = "write"
    PUBLISH = "publish"
    BUILD = "build"
    REVISE = "revise"
    VOTE = "vote"
    READY = "ready"
    FLAG = "flag"
    JOIN = "join"
    OFFER = "offer"
    COMMIT = "commit"


class Sight(StrEnum):
    """What may leave the server beyond a person's own words. The board holds what tables have published."""

    TABLE_IDEAS = "table_ideas"
    BOARD = "board"
    BUILDS = "builds"
    THEMES = "themes"
    RESULTS = "results"
    CARDS = "cards"
    PITCHES = "pitches"
    COMMITMENTS = "commitments"


_OPEN_IN: Mapping[Act, frozenset[StepKind]] = {
    Act.WRITE: frozenset({StepKind.WRITE, StepKind.SHARE}),
    Act.PUBLISH: frozenset({StepKind.SHARE}),
    Act.BUILD: frozenset({StepKind.BUILD}),
    Act.FLAG: frozenset({StepKind.THEMES}),
    Act.VOTE: frozenset({StepKind.VOTE}),
    Act.READY: frozenset({StepKind.WRITE, StepKind.SHARE}),
    Act.JOIN: frozenset({StepKind.CONSORTIUM, StepKind.PITCH, StepKind.COMMIT}),
    Act.OFFER: frozenset({StepKind.PITCH}),
    Act.COMMIT: frozenset({StepKind.COMMIT, StepKind.CLOSING}),
}
"""The steps in which an act is open while they run."""


def may(event: Event, state: StepState, now: datetime) -> frozenset[Act]:
    """The acts that are open now. Writing and building stay open for the late save after their steps have ended."""
    kind, running = current_step(event, state).kind, state.status is not Status.CLOSED
    acts = {act for act, kinds in _OPEN_IN.items() if running and kind in kinds}
    if is_late(event, state, now):
        acts.add(Act.WRITE)
    if builds_late(event, state, now):
        acts.add(Act.BUILD)
    if state.voting_opened_at is None:
        acts.add(Act.REVISE)
    return frozenset(acts)


def asks_who_is_ready(event: Event, state: StepState) -> bool:
    """Whether this is a step that people finish at their own pace, so that the room wants to see who is ready."""
    return current_step(event, state).kind in _OPEN_IN[Act.READY]


def counts_by_hand(event: Event, state: StepState, *, moderator: bool) -> bool:
    """Whether votes on paper may be entered: from the vote on, by helpers until the results are open to the room."""
    voting = reached(event, state, StepKind.VOTE) and state.voting_opened_at is not None
    return voting and (moderator or not reached(event, state, StepKind.REVEAL))


def is_late(event: Event, state: StepState, now: datetime) -> bool:
    """Whether a text sent now would be a late save: writing is over, but not longer than the event allows."""
    kind = current_step(event, state).kind
    if state.status is not Status.CLOSED and kind in {StepKind.WRITE, StepKind.SHARE}:
        return False
    if state.writing_closed_at is None:
        return False
    return (now - state.writing_closed_at).total_seconds() <= event.limits.late_save_seconds


def builds_late(event: Event, state: StepState, now: datetime) -> bool:
    """Whether a build sent now would be a late save; like an idea, but once voting has opened there is none."""
    building = state.status is not Status.CLOSED and current_step(event, state).kind is StepKind.BUILD
    if building or state.building_closed_at is None or state.voting_opened_at is not None:
        return False
    return (now - state.building_closed_at).total_seconds() <= event.limits.late_save_seconds


def sees(event: Event, state: StepState) -> frozenset[Sight]:
    """What participants and the wall may see in this step; going back hides it again."""
    sights = set()
    if state.sharing_opened_at is not None and reached(event, state, StepKind.SHARE):
        sights |= {Sight.TABLE_IDEAS, Sight.BOARD}
    if reached(event, state, StepKind.BUILD):
        sights |= {Sight.BOARD, Sight.BUILDS, Sight.TABLE_IDEAS}
    if reached(event, state, StepKind.THEMES) or reached(event, state, StepKind.VOTE):
        sights |= {Sight.BOARD, Sight.THEMES, Sight.TABLE_IDEAS}
    if reached(event, state, StepKind.REVEAL):
        sights.add(Sight.RESULTS)
    if reached(event, state, StepKind.CONSORTIUM):
        sights |= {Sight.BOARD, Sight.TABLE_IDEAS, Sight.CARDS}
    if reached(event, state, StepKind.PITCH):
        sights.add(Sight.PITCHES)
    if reached(event, state, StepKind.COMMIT):
        sights.add(Sight.COMMITMENTS)
    return frozenset(sights)
