"""Versions of the applied themes: each whole, none ever changed, and which change an undo would take back.

Ideas that join by themselves make a version as well, but no change: undo passes over them, and they stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from workshop.services import clock, theme_documents
from workshop.services.theme_documents import Change
from workshop.storage import Session, announce
from workshop.storage import boards as rows
from workshop.storage import flags as flag_rows
from workshop.storage import log as log_rows
from workshop.themes import Board

Pins = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """The themes at one moment. ``change`` is what a person did last to arrive there; None when nobody did anything."""

    number: int
    board: Board
    pins: Pins
    change: Change | None
    undid: int


NONE_YET = Version(0, Board(), {}, None, 0)


def newest(session: Session, workshop_id: UUID) -> Version:
    """The applied themes; `NONE_YET` before the first ones."""
    return _read(rows.newest(session, workshop_id))


def at(session: Session, workshop_id: UUID, number: int) -> Version:
    """The themes at a version that somebody has seen."""
    return _read(rows.newest(session, workshop_id, at_most=number))


def append(  # noqa: PLR0913  a version is that many things
    session: Session,
    workshop_id: UUID,
    after: Version,
    *,
    board: Board,
    pins: Pins,
    change: Change | None,
    action: str,
    actor: str,
    undid: int = 0,
) -> int:
    """Write the version after this one and tell the screens; gives its number. The workshop must be taken."""
    number, now = after.number + 1, clock.now()
    body = theme_documents.written(board, pins=pins, change=change, undid=undid)
    rows.append(session, workshop_id, version=number, body=body, action=action, at=now)
    log_rows.record(
        session,
        workshop_id,
        actor=actor,
        verb="themes",
        subject=action,
        details={"version": number, "themes": len(board.themes)},
        at=now,
    )
    _clear_flags(session, workshop_id, after.board, board)
    announce(session, workshop_id, "themes")
    return number


def _clear_flags(session: Session, workshop_id: UUID, before: Board, after: Board) -> None:
    """What was said of an idea in its theme does not follow it into another one."""
    homes = after.theme_of()
    moved = [UUID(idea) for idea, home in before.theme_of().items() if homes.get(idea) != home]
    if moved and flag_rows.clear(session, moved):
        announce(session, workshop_id, "flags")


def _read(row: rows.BoardVersion | None) -> Version:
    if row is None:
        return NONE_YET
    return Version(
        number=row.version,
        board=theme_documents.read(row.body),
        pins=theme_documents.pins(row.body),
        change=theme_documents.change(row.body, version=row.version, action=row.action),
        undid=row.body.get("undid", 0),
    )
