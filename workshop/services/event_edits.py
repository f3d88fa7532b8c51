"""The organiser's page: changing the event of a workshop, by the rules of event files.

``seen`` is the version of the event that the page showed: of two organisers who save at once the second is told, and
nothing of the first is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any
from uuid import UUID

from workshop.domain import event_editing
from workshop.domain.event import Event, Step
from workshop.domain.event_editing import InUse
from workshop.domain.event_file import read_event
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, NotFound
from workshop.services import clock, turn
from workshop.services.access import OrganiserBadge
from workshop.storage import Database, Session, announce
from workshop.storage import ideas as idea_rows
from workshop.storage import log as log_rows
from workshop.storage import people as people_rows
from workshop.storage import room_tables as table_rows
from workshop.storage import workshops as rows

_EVERYTHING = ("room", "people", "counters", "board", "themes", "turnout", "results", "ready", "moderation")
"""What screens show of an event stands in all of these."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The event as it stands, with the version to send back; ``started`` once a timed step was opened."""

    event: Event
    version: str
    started: bool
    later: tuple[Step, ...]


def of(db: Database, organiser: OrganiserBadge) -> Prepared:
    """The event to edit. ``later`` are the steps that are still ahead."""
    with db.reading() as session:
        view = turn.look(session, organiser.workshop_id)
        text = _text(session, view.id)
    keys = [step.key for step in view.event.run_of_show]
    ahead = view.event.run_of_show[keys.index(view.state.step_key) + 1 :]
    return Prepared(_at_the_present_level(view), _version(text), view.state.started_at is not None, ahead)


def save(db: Database, organiser: OrganiserBadge, values: Mapping[str, Any], *, seen: str) -> Event:
    """Replace keys of the event. Raises Invalid with every mistake, Conflict where it may not change any more."""
    with db.writing() as session:
        view, text = _hold(session, organiser, seen)
        return _put(session, organiser, view, text, event_editing.changed(text, values))


def save_run(db: Database, organiser: OrganiserBadge, steps: Sequence[Step], *, ends: str | None, seen: str) -> Event:
    """Replace the run of show. Once the workshop has started, the end of the event follows the minutes."""
    with db.writing() as session:
        view, text = _hold(session, organiser, seen)
        follow = view.state.started_at is not None
        values = event_editing.run_values(text, steps, ends=ends, follow=follow)
        return _put(session, organiser, view, text, event_editing.changed(text, values))


def _hold(session: Session, organiser: OrganiserBadge, seen: str) -> tuple[WorkshopView, str]:
    view = turn.take(session, organiser.workshop_id)
    text = _text(session, view.id)
    if _version(text) != seen:
        raise Conflict(
            "Another organiser changed the event a moment ago. Look at it as it is now, then change it again."
        )
    return view, text


def _put(session: Session, organiser: OrganiserBadge, view: WorkshopView, before: str, after: str) -> Event:
    event, present = read_event(after, source=event_editing.SOURCE), _at_the_present_level(view)
    if event == present:
        return event
    event_editing.must_be_allowed(present, event, state=view.state, in_use=_in_use(session, view))
    rows.set_event(session, view.id, after)
    if event.anonymity is not view.anonymity:
        rows.set_anonymity(session, view.id, event.anonymity)
    if event.limits.dots != view.event.limits.dots:
        people_rows.set_budget(session, view.id, event.limits.dots)
    details = {"before": _version(before), "after": _version(after), "anonymity": str(event.anonymity)}
    log_rows.record(
        session,
        view.id,
        actor=organiser.label,
        verb="edit event",
        subject=view.event.key,
        details=details,
        at=clock.now(),
    )
    tables = [f"table:{table.id}" for table in table_rows.tables(session, view.id)]
    announce(session, view.id, *_EVERYTHING, *tables)
    return event


def _at_the_present_level(view: WorkshopView) -> Event:
    """The event with the anonymity level that holds in the room now."""
    return replace(view.event, anonymity=view.anonymity)


def _in_use(session: Session, view: WorkshopView) -> InUse:
    everybody = people_rows.everybody(session, view.id)
    ideas = idea_rows.every(session, view.id)
    sides = [person.side for person in everybody] + [idea.side for idea in ideas]
    sectors = [person.sectors for person in everybody] + [idea.sectors for idea in ideas]
    return InUse(
        sides=frozenset(sides),
        sectors=frozenset(chain.from_iterable(sectors)),
        people=len(everybody),
        fullest_table=max((table.seated for table in table_rows.tables(session, view.id)), default=0),
        written=bool(ideas),
    )


def _text(session: Session, workshop_id: UUID) -> str:
    text = rows.event_text(session, workshop_id)
    if text is None:
        raise NotFound("This workshop was removed.")
    return text


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
