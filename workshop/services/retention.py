"""Retention: what people were promised in the notice is erased when its days are over, backups included.

The days are those of the event. They count from the last of these: the workshop was opened, its run of show was
started, somebody joined, the event was planned to end. So neither a room that is prepared long before, nor one that is
in use, is ever taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from workshop.domain.room import WorkshopView
from workshop.services import clock
from workshop.storage import Database, Session, retention
from workshop.storage import ideas as idea_rows
from workshop.storage import people as people_rows
from workshop.storage import workshops as rows

USUAL_DAYS = 30
"""How long backups stay where no workshop says anything else."""

_GUESSES = timedelta(days=1)
_LONGEST_PREPARATION = timedelta(days=366)
"""A planned end later than this after the opening is taken for a typing error, or nothing would ever be erased."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was erased: the codes of workshops, and the names of backup files."""

    workshops: tuple[str, ...]
    backups: tuple[str, ...]


def purge(db: Database, *, backup_folder: Path) -> Purged:
    """Erase every workshop whose days are over, and every backup that may hold one of them or is older than its days.

    Backups go first: when this is interrupted, the workshop is still there and the next purge does all of it again.
    """
    now = clock.now()
    with db.reading() as session:
        there = rows.every(session)
        over = _over(session, now)
    gone = _delete_backups(backup_folder, there, over, now)
    if over:
        with db.writing() as session:
            for view in over:
                rows.remove(session, view.id)
            retention.forget_vectors(session)
    with db.writing() as session:
        retention.forget_guesses(session, before=now - _GUESSES)
    if over:
        db.fold_journal()
    return Purged(tuple(view.code for view in over), gone)


def overdue(db: Database) -> tuple[str, ...]:
    """The codes of the workshops that the next purge erases."""
    with db.reading() as session:
        return tuple(view.code for view in _over(session, clock.now()))


def expires_at(view: WorkshopView, *, last_joined: datetime | None = None) -> datetime:
    """When everything about the people of a workshop is erased."""
    moments = [view.created_at, view.state.started_at, last_joined]
    if not view.rehearsal:
        moments.append(min(view.event.ends_at, view.created_at + _LONGEST_PREPARATION))
    return max(moment for moment in moments if moment is not None) + timedelta(days=view.event.retention_days)


def _over(session: Session, now: datetime) -> list[WorkshopView]:
    return [view for view in rows.every(session) if _is_over(session, view, now)]


def _is_over(session: Session, view: WorkshopView, now: datetime) -> bool:
    """Whether the days are over, and there is somebody or something to erase: a prepared room has neither."""
    if now <= expires_at(view):
        return False
    joined = [person.joined_at for person in people_rows.everybody(session, view.id)]
    if not joined:
        return bool(idea_rows.every(session, view.id))
    return now > expires_at(view, last_joined=max(joined))


def _delete_backups(
    folder: Path, there: tuple[WorkshopView, ...], over: list[WorkshopView], now: datetime
) -> tuple[str, ...]:
    days = min((view.event.retention_days for view in there), default=USUAL_DAYS)
    too_old = now - timedelta(days=days)
    held_since = min((view.created_at for view in over), default=now).replace(microsecond=0)
    old = [path for at, path in retention.backups(folder) if at < too_old or (over and at >= held_since)]
    for path in old:
        retention.delete_backup(path)
    return tuple(path.name for path in old)
