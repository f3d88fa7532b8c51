"""What phones may do and what anybody may see, decided by the step alone and always on the server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from workshop.domain.event import Event, StepKind
from workshop.domain.steps import Status, StepState, current_step, reached


class Act(StrEnum):
    """What a participant may do."""

    INTRODUCE = "introduce"
    WRITE = "write"
    PUBLISH = "publish"
    BUILD = "build"
    REVISE = "revise"
    VOTE = "vote"
    RATE = "rate"
    READY = "ready"
    FLAG = "flag"
    JOIN = "join"
    OFFER = "offer"
    COMMIT = "commit"


class Sight(StrEnum):
    """What may leave the server beyond a person's own words. The board holds what tables have published."""

    INTRODUCTIONS = "introductions"
    TABLE_IDEAS = "table_ideas"
    BOARD = "board"
    BUILDS = "builds"
    THEMES = "themes"
    RESULTS = "results"
    CARDS = "cards"
    PITCHES = "pitches"
    COMMITMENTS = "commitments"


_OPEN_IN: Mapping[Act, frozenset[StepKind]] = {
    Act.INTRODUCE: frozenset({StepKind.WARM_UP}),
    Act.WRITE: frozenset({StepKind.WRITE, StepKind.SHARE}),
    Act.PUBLISH: frozenset({StepKind.SHARE}),
    Act.BUILD: frozenset({StepKind.BUILD}),
    Act.FLAG: frozenset({StepKind.THEMES}),
    Act.VOTE: frozenset({StepKind.VOTE}),
    Act.RATE: frozenset({StepKind.RATE}),
    Act.READY: frozenset({StepKind.WRITE, StepKind.SHARE}),
    Act.JOIN: frozenset({StepKind.CONSORTIUM, StepKind.PITCH, StepKind.COMMIT}),
    Act.OFFER: frozenset({StepKind.PITCH}),
    Act.COMMIT: frozenset({StepKind.COMMIT, StepKind.CLOSING}),
}
"""The steps in which an act is open while they run."""

_WITH_THE_BOARD = (StepKind.BUILD, StepKind.THEMES, StepKind.VOTE, StepKind.RATE, StepKind.CONSORTIUM)

_SHOWN_FROM: Mapping[Sight, tuple[StepKind, ...]] = {
    Sight.INTRODUCTIONS: (StepKind.WARM_UP,),
    Sight.TABLE_IDEAS: _WITH_THE_BOARD,
    Sight.BOARD: _WITH_THE_BOARD,
    Sight.BUILDS: (StepKind.BUILD,),
    Sight.THEMES: (StepKind.THEMES, StepKind.VOTE, StepKind.RATE),
    Sight.RESULTS: (StepKind.REVEAL,),
    Sight.CARDS: (StepKind.CONSORTIUM,),
    Sight.PITCHES: (StepKind.PITCH,),
    Sight.COMMITMENTS: (StepKind.COMMIT,),
}
"""The steps from which on something is shown: the first of these that the run of show comes to."""


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
    sights = {sight for sight, kinds in _SHOWN_FROM.items() if any(reached(event, state, kind) for kind in kinds)}
    if state.sharing_opened_at is not None and reached(event, state, StepKind.SHARE):
        sights |= {Sight.TABLE_IDEAS, Sight.BOARD}
    return frozenset(sights)


def shows_the_board(event: Event, state: StepState) -> bool:
    """Whether the room has come to a step that works with the whole board, shared or not."""
    return any(reached(event, state, kind) for kind in _WITH_THE_BOARD)
