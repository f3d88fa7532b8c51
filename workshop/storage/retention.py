"""What stays behind when a workshop is deleted, and how it goes too: vectors of texts, wrong guesses, old backups."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import Session, col

from workshop.errors import Unavailable
from workshop.storage.tables import Guess, TextVector

_BACKUP = re.compile(r"roundtable-(\d{8}T\d{6}Z)-.*\.db")


def forget_vectors(session: Session) -> None:
    """Drop every kept vector: they are computed again when they are needed, and each is the shadow of a text."""
    session.connection().execute(delete(TextVector))


def forget_guesses(session: Session, *, before: datetime) -> None:
    """Drop wrong guesses from before a moment."""
    session.connection().execute(delete(Guess).where(col(Guess.last_at) < before))


def backups(folder: Path) -> list[tuple[datetime, Path]]:
    """The backups that carry a name of ours, oldest first, each with the moment in its name."""
    found = []
    for path in folder.glob("*.db"):
        match = _BACKUP.fullmatch(path.name)
        with suppress(ValueError):  # digits that are no moment: somebody else's file
            if match:
                found.append((datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), path))
    return sorted(found)


def delete_backup(path: Path) -> None:
    """Delete one backup. Raises Unavailable."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The old backup {path} cannot be deleted ({error.strerror}). Please delete it by hand: it holds what "
            "people were promised would be erased."
        ) from error
