"""The crew of a rehearsal: its simulated people with their badges, and what they have done so far.

What the rules refuse, because a moderator took the helm meanwhile, is counted and is no failure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from workshop.domain.idea import Idea
from workshop.domain.room import WorkshopView
from workshop.errors import WorkshopError
from workshop.services import access, people
from workshop.services.access import ParticipantBadge
from workshop.services.rehearsal_cast import Character, Part
from workshop.services.rehearsal_habits import Habits
from workshop.storage import Database

Action = Callable[[], object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A workshop that waits for its people. ``raised`` says which limits of the event were raised for it."""

    view: WorkshopView
    raised: str
    people: tuple[Character, ...]
    parts: tuple[Part, ...]
    seed: int


@dataclass
class Crew:
    """Everybody by their place in the cast; ideas by the place of their part. ``used`` counts dots."""

    db: Database
    rehearsal: Rehearsal
    badges: dict[int, ParticipantBadge] = field(default_factory=dict)
    written: dict[int, Idea] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    refused: int = 0

    def __post_init__(self) -> None:
        view = self.rehearsal.view
        self.event = view.event
        self.moderator, _ = access.for_command_line(view.id)
        self.observer = access.watch(self.db, view.id)
        self.tables = [table.id for table in people.tables(self.db, self.observer)]
        self.everybody = range(len(self.rehearsal.people))
        self.chance = Random(f"{self.rehearsal.seed} play")  # noqa: S311  a rehearsal, not a secret
        self.habits = Habits(len(self.rehearsal.people), seed=self.rehearsal.seed)

    def tries(self, action: Callable[[], T]) -> T | None:
        """Let somebody act; a rule that refuses it (another step is open by now) is no failure of the rehearsal."""
        try:
            return action()
        except WorkshopError:
            self.refused += 1
            return None

    def shuffled(self) -> list[int]:
        """Everybody in any order."""
        return self.chance.sample(self.everybody, len(self.everybody))

    def device(self, name: str) -> str:
        """The id of a device that nobody else has."""
        return f"rehearsal {self.rehearsal.view.id} {name}"
