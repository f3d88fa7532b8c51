"""What one look of the doctor found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.errors import WorkshopError
from workshop.settings import Settings

Look = Callable[[Settings], str]
"""Says what is there. Raises a WorkshopError whose sentence says what to do when something is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. ``says`` is what to do when it is not ``ok``, else what is there."""

    look: str
    ok: bool
    says: str


class Wrong(WorkshopError):
    """Something that a look found; the sentence says what to do."""


def of(name: str, look: Look, house: Settings) -> Finding:
    """What this look finds."""
    try:
        return Finding(name, ok=True, says=look(house))
    except WorkshopError as error:
        return Finding(name, ok=False, says=str(error))
