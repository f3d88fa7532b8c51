"""What happens to the themes by themselves, in the background: ideas are read and placed, suggestions are made."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from workshop.services import theme_newcomers, theme_proposals, theme_vectors
from workshop.storage import Database


def look_after(db: Database, workshop_id: UUID, *, goes_on: Callable[[], bool]) -> None:
    """Do what is to be done now: the wish that somebody waits for first, then reading, which takes longest.

    Raises Stopped as soon as `goes_on` says no; call it again to go on. Doing it twice, or in two processes, is once.
    """
    theme_proposals.answer(db, workshop_id)
    theme_vectors.read_ahead(db, workshop_id, goes_on=goes_on)
    if theme_newcomers.place_newcomers(db, workshop_id):
        theme_proposals.answer(db, workshop_id)
