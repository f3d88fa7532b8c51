"""A room to play in: an open workshop, people at its tables, a moderator who opens steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from uuid import UUID

from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import Idea, IdeaDraft
from workshop.domain.steps import StepState
from workshop.services import access, ideas, people, steps, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database
from workshop.storage import workshops as workshop_rows

EVENT = Path(__file__).parents[2] / "data" / "events" / "eu-us-2018.toml"

T = TypeVar("T")


class Room:
    """One workshop of the built-in event; keyword arguments replace keys of its file, for example limits.

    ``text`` is another event.
    """

    def __init__(self, db: Database, *, text: str = "", **changes: object) -> None:
        text = text or EVENT.read_text(encoding="utf-8")
        for key, value in changes.items():
            text, replaced = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
            assert replaced == 1, f"the event has no single {key}"
        self.db = db
        self.id = workshops.create(db, text).id
        self.moderator, self.organiser = access.for_command_line(self.id)
        self.observer = access.watch(db, self.id)
        self.tables = [table.id for table in people.tables(db, self.observer)]

    @property
    def state(self) -> StepState:
        return workshops.of(self.db, self.moderator).state

    def opens(self, kind: StepKind) -> StepState:
        """The moderator opens the first step of this kind."""
        event = workshops.of(self.db, self.moderator).event
        key = next(step.key for step in event.run_of_show if step.kind is kind)
        return steps.open_step(self.db, self.moderator, key, seen=self.state.version)

    def closes(self) -> StepState:
        """The moderator closes the current step."""
        return steps.close(self.db, self.moderator, seen=self.state.version)

    def joins(self, name: str, *, side: str = "eu", table: int = 0, organisation: str = "") -> ParticipantBadge:
        """Somebody joins with a phone."""
        form = people.JoinForm(name, side, self.tables[table], organisation, (), consent=True)
        return people.join(self.db, self.observer, form, device=f"phone of {name} in {self.id}")

    def tablet(self, *names: str, table: int = 0) -> tuple[ScribeBadge, list[UUID]]:
        """A table's tablet and the people around it."""
        device = f"tablet of {table} in {self.id}"
        scribe = people.open_tablet(self.db, self.observer, self.tables[table], device=device)
        around = [
            people.join_tablet(self.db, scribe, people.JoinForm(name, "eu", self.tables[table], consent=True))
            for name in names
        ]
        again = access.scribe(self.db, self.id, device=device)
        assert again is not None
        return again, around

    def has_sent(self, author: ParticipantBadge, title: str, *, published: bool = False) -> Idea:
        """An idea of this person, sent in the open step; ``published`` needs the sharing step."""
        idea = ideas.submit(self.db, author, IdeaDraft(title)).idea
        return ideas.publish(self.db, author, idea.id, published=True) if published else idea

    def names_people_as(self, level: Anonymity) -> None:
        with self.db.writing() as session:
            workshop_rows.set_anonymity(session, self.id, level)


def at_once(calls: Iterable[Callable[[], T]]) -> list[T | Exception]:
    """Call everything at the same moment, each in a thread of its own; give what came back, errors too."""
    waiting = list(calls)
    start = Barrier(len(waiting))

    def call(one: Callable[[], T]) -> T | Exception:
        start.wait()
        try:
            return one()
        except Exception as error:  # noqa: BLE001  an answer like any other
            return error

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(call, waiting))
