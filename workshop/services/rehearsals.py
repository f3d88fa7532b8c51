"""Rehearsals: a simulated room plays the run of show through the same services as a real one, on the real screens.

`prepare` opens the workshop, so that walls and desks can be opened first; `play` lets the people act. Everything but
ids and codes follows from the seed, so the people of a workshop that waits can be found `again`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path

from workshop.domain.event import Event, Step, StepKind
from workshop.domain.event_file import read_event
from workshop.domain.room import WorkshopView
from workshop.errors import Invalid
from workshop.services import rehearsal_cast, rehearsal_event, rehearsal_ideas, workshops
from workshop.services.rehearsal_cast import Character, Part
from workshop.services.rehearsal_crew import Rehearsal
from workshop.services.rehearsal_pace import Pace, Stopped
from workshop.services.rehearsal_room import Played, Room
from workshop.storage import Database, Session

__all__ = ["MOST_IDEAS", "Pace", "Played", "Rehearsal", "Stopped", "again", "clear", "play", "prepare", "start"]

MOST_IDEAS = 150


def prepare(
    db: Database,
    event_file: Path,
    *,
    number: int,
    ideas_file: Path | None = None,
    most: int = MOST_IDEAS,
    seed: int = 0,
) -> Rehearsal:
    """Open a workshop for so many people; with a file of ideas every one of them finds an author and its way up."""
    if not 2 <= number <= 1000:
        raise Invalid("A rehearsal has 2 to 1000 people. Choose --people in between.")
    text = workshops.event_text(event_file)
    event = read_event(text, source=event_file.name)
    texts = rehearsal_ideas.read_ideas(ideas_file or rehearsal_ideas.SAMPLE, most=most, seed=seed)
    everything = ideas_file is not None
    tables = rehearsal_cast.tables_for(event, people=number, ideas=len(texts) if everything else 0)
    cast = rehearsal_cast.cast(event, people=number, tables=tables, seed=seed)
    most_each = max(event.limits.ideas_per_person, ceil(len(texts) / number) if everything else 0)
    parts = rehearsal_cast.parts(texts, cast, most_each=most_each, everything=everything, seed=seed)
    needs = _needs(cast, parts, tables=tables, publish_all=everything)
    setting = rehearsal_event.with_room(text, source=event_file.name, needs=needs)
    view = workshops.create(db, setting.text, source=event_file.name, rehearsal=True)
    return Rehearsal(view, setting.raised, cast, parts, seed)


def start(session: Session, text: str, *, number: int, seed: int) -> Rehearsal:
    """The same for the text of an event that a workshop has, with the bundled ideas, in a transaction that is open."""
    event = read_event(text, source="the event")
    cast, parts, tables = _bundled(event, number=number, seed=seed)
    setting = rehearsal_event.with_room(text, source="the event", needs=_needs(cast, parts, tables=tables))
    view = workshops.start(session, setting.event, setting.text, rehearsal=True)
    return Rehearsal(view, setting.raised, cast, parts, seed)


def again(view: WorkshopView, *, number: int, seed: int) -> Rehearsal:
    """A rehearsal that `start` has opened, perhaps in another process."""
    cast, parts, _ = _bundled(view.event, number=number, seed=seed)
    return Rehearsal(view, "", cast, parts, seed)


def play(
    db: Database, rehearsal: Rehearsal, *, pace: Pace | None = None, tell: Callable[[str], None] = lambda _: None
) -> Played:
    """Let the room act, step by step, until people have committed. ``tell`` hears a line after each step."""
    room = Room(db, rehearsal, tell)
    played = [step for step in rehearsal.view.event.run_of_show if step.kind is not StepKind.CLOSING]
    clock = pace or Pace(0)
    clock.start([_share_of_time(step) for step in played])
    for step in played:
        room.open(step)
        clock.act(room.acts_in(step))
        room.report(step)
    return room.outcome()


def clear(db: Database) -> int:
    """Remove every rehearsal; real workshops stay. Gives how many were removed."""
    return workshops.clear_rehearsals(db)


def _bundled(event: Event, *, number: int, seed: int) -> tuple[tuple[Character, ...], tuple[Part, ...], int]:
    """People, what they write of the bundled ideas, and how many tables there are."""
    texts = rehearsal_ideas.read_ideas(rehearsal_ideas.SAMPLE, most=MOST_IDEAS, seed=seed)
    tables = rehearsal_cast.tables_for(event, people=number, ideas=0)
    cast = rehearsal_cast.cast(event, people=number, tables=tables, seed=seed)
    most_each = event.limits.ideas_per_person
    return cast, rehearsal_cast.parts(texts, cast, most_each=most_each, everything=False, seed=seed), tables


def _needs(
    cast: Sequence[Character], parts: Sequence[Part], *, tables: int, publish_all: bool = False
) -> dict[str, int]:
    by_person = Counter(part.author for part in parts)
    by_table = Counter(cast[part.author].table for part in parts)
    most_at_table = max(by_table.values(), default=0)
    return {
        "people": len(cast),
        "tables": tables,
        "seats_per_table": ceil(len(cast) / tables),
        "ideas_per_person": max(by_person.values(), default=0),
        "ideas_per_table": most_at_table,
        "published_per_table": most_at_table if publish_all else 0,
    }


def _share_of_time(step: Step) -> int:
    """A step without a clock, which is arriving, takes as long as a short step."""
    return step.minutes or 5
