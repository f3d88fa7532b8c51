"""What is proposed for the themes of a workshop: one row, written over and over. The workshop must be taken."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from workshop.storage.tables import ThemeProposal


@dataclass(frozen=True, slots=True)
class Kept:
    """A suggested board as a document and its preview, or none; and what somebody waits for.

    ``number`` counts the suggestions, ``seen`` is the version of the themes that this one would replace, ``considered``
    the number of ideas that were grouped last.
    """

    number: int = 0
    considered: int = 0
    seen: int = 0
    sentence: str = ""
    body: dict[str, Any] | None = None
    wish: dict[str, Any] | None = None


def of(session: Session, workshop_id: UUID) -> Kept:
    """What is kept now."""
    row = session.get(ThemeProposal, workshop_id, populate_existing=True)
    if row is None:
        return Kept()
    return Kept(row.number, row.considered, row.seen, row.sentence, row.body, row.wish)


def keep(session: Session, workshop_id: UUID, kept: Kept) -> None:
    """Write what is kept from now on."""
    session.merge(ThemeProposal(workshop_id=workshop_id, **asdict(kept)))
    session.flush()
