"""Rehearsals from the desk: begun, stopped and cleared by a moderator, one at a time, never in the real workshop.

What the desk says is written into the log of the rehearsal's own workshop and goes when that is cleared. Whoever plays
it (`workshop.web.playing`) hears the announcement; every other desk and replica reads the same log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from workshop.errors import Conflict, NotFound, WorkshopError
from workshop.services import clock, rehearsals, topics
from workshop.services.access import ModeratorBadge
from workshop.services.rehearsals import Pace
from workshop.storage import Database, Session, announce
from workshop.storage import log as log_rows
from workshop.storage import rehearsals as rows
from workshop.storage import workshops as workshop_rows

TOPIC = topics.REHEARSAL
PEOPLE, MINUTES = 48, 3
"""A room that fills a wall, and as long as it takes to see every step."""

_GRACE = timedelta(minutes=2)
"""A rehearsal that is later than this was stopped with its server."""


class Phase(StrEnum):
    """Where a rehearsal stands."""

    PLAYING = "begin"
    STOPPED = "stop"
    OVER = "end"


@dataclass(frozen=True, slots=True)
class Begun:
    """A rehearsal that was begun from a desk: its workshop, the one that it was begun from, and where it stands."""

    id: UUID
    code: str
    begun_from: UUID
    phase: Phase
    people: int
    minutes: float
    seed: int


def begin(db: Database, moderator: ModeratorBadge, *, people: int = PEOPLE, minutes: float = MINUTES) -> Begun:
    """Open a workshop for a rehearsal of this one's event; an earlier rehearsal of it is cleared."""
    with db.writing() as session:
        workshop_rows.wait_for_other_starts(session)
        text = workshop_rows.event_text(session, moderator.workshop_id)
        if text is None:
            raise NotFound("This workshop was removed.")
        if any(each.phase is Phase.PLAYING for each in _every(session)):
            raise Conflict("A rehearsal is playing already. Stop it first, or watch it.")
        _clear(session, moderator)
        seed = 1
        view = rehearsals.start(session, text, number=people, seed=seed).view
        begun = Begun(view.id, view.code, moderator.workshop_id, Phase.PLAYING, people, minutes, seed)
        _note(session, begun, Phase.PLAYING, actor=moderator.label)
    return begun


def of(db: Database, moderator: ModeratorBadge) -> Begun | None:
    """The rehearsal that was begun from this desk, or that this desk belongs to; None when there is none."""
    with db.reading() as session:
        return _of(session, moderator)


def home(db: Database, rehearsal: Begun) -> str | None:
    """The room code of the workshop that a rehearsal was begun from."""
    with db.reading() as session:
        view = workshop_rows.by_id(session, rehearsal.begun_from)
        return None if view is None else view.code


def stop(db: Database, moderator: ModeratorBadge) -> None:
    """Let the rehearsal stop where it is; its screens stay until it is cleared. Twice is as good as once."""
    with db.writing() as session:
        found = _of(session, moderator)
        if found is None:
            raise NotFound("There is no rehearsal (any more).")
        if found.phase is Phase.PLAYING:
            _note(session, found, Phase.STOPPED, actor=moderator.label)


def clear(db: Database, moderator: ModeratorBadge) -> None:
    """Remove the rehearsal that was begun from this workshop, with all that was played in it."""
    with db.writing() as session:
        _clear(session, moderator)


def play(db: Database, workshop_id: UUID, *, goes_on: Callable[[], bool], wait: Callable[[float], object]) -> None:
    """Play a rehearsal that was begun, until it is over, somebody has stopped or cleared it, or it shall not go on.

    Everything but a rehearsal that plays is left alone.
    """
    with db.reading() as session:
        found, view = _by_id(session, workshop_id), workshop_rows.by_id(session, workshop_id)
    if found is None or view is None or found.phase is not Phase.PLAYING:
        return
    rehearsal = rehearsals.again(view, number=found.people, seed=found.seed)
    pace = Pace(found.minutes, wait=wait, goes_on=lambda: goes_on() and _plays(db, workshop_id))
    last = Phase.STOPPED
    try:
        rehearsals.play(db, rehearsal, pace=pace)
        last = Phase.OVER
    except rehearsals.Stopped:
        pass
    except WorkshopError:
        if _plays(db, workshop_id):
            raise
    finally:
        _has_ended(db, workshop_id, last)


def _plays(db: Database, workshop_id: UUID) -> bool:
    with db.reading() as session:
        found = _by_id(session, workshop_id)
    return found is not None and found.phase is Phase.PLAYING


def _has_ended(db: Database, workshop_id: UUID, phase: Phase) -> None:
    with db.writing() as session:
        found = _by_id(session, workshop_id)
        if found is not None and found.phase is Phase.PLAYING:
            _note(session, found, phase, actor="rehearsal")


def _clear(session: Session, moderator: ModeratorBadge) -> None:
    found = _of(session, moderator)
    if found is None or found.begun_from != moderator.workshop_id:
        return
    if found.phase is Phase.PLAYING:
        raise Conflict("The rehearsal is playing. Stop it first.")
    workshop_rows.remove(session, found.id)
    announce(session, moderator.workshop_id, TOPIC)


def _of(session: Session, moderator: ModeratorBadge) -> Begun | None:
    mine = (each for each in _every(session) if moderator.workshop_id in {each.id, each.begun_from})
    return next(mine, None)


def _by_id(session: Session, workshop_id: UUID) -> Begun | None:
    return next((each for each in _every(session) if each.id == workshop_id), None)


def _every(session: Session) -> list[Begun]:
    """Those that the database has, oldest first: each as its first entry began it, where its last one left it."""
    found = []
    for _, entries in groupby(rows.noted(session), key=lambda entry: entry.workshop_id):
        first, *later = entries
        phase, told = Phase([first, *later][-1].details["action"]), first.details
        if phase is Phase.PLAYING and _is_late(first.at, told["minutes"]):
            phase = Phase.STOPPED
        begun = Begun(
            first.workshop_id,
            first.code,
            first.begun_from,
            phase,
            told["people"],
            told["minutes"],
            told["seed"],
        )
        found.append(begun)
    return found


def _is_late(begun_at: datetime, minutes: float) -> bool:
    return clock.now() > begun_at + timedelta(minutes=minutes) + _GRACE


def _note(session: Session, begun: Begun, phase: Phase, *, actor: str) -> None:
    details = {"action": phase.value, "people": begun.people, "minutes": begun.minutes, "seed": begun.seed}
    log_rows.record(
        session, begun.id, actor=actor, verb=rows.VERB, subject=str(begun.begun_from), details=details, at=clock.now()
    )
    announce(session, begun.id, TOPIC)
    if workshop_rows.by_id(session, begun.begun_from) is not None:
        announce(session, begun.begun_from, TOPIC)
