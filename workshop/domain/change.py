"""A change that was committed: which topic of which workshop, and its new revision."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One topic has a new revision. Revisions only grow, so a late or repeated change is harmless."""

    workshop_id: UUID
    topic: str
    revision: int

    def line(self) -> str:
        """The change as one line of text, the way it travels between replicas."""
        return f"{self.workshop_id} {self.revision} {self.topic}"

    @classmethod
    def from_line(cls, line: str) -> Change:
        """Read what `line` wrote. Raises ValueError for anything else."""
        workshop_id, revision, topic = line.split(" ", 2)
        return cls(UUID(workshop_id), topic, int(revision))
