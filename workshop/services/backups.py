"""Backups: a checked copy of the database while it is in use."""

from __future__ import annotations

from pathlib import Path

from workshop.storage import Database
from workshop.storage import backup as copies

BY_HAND = "by-hand"


def make(db: Database, *, folder: Path, to: Path | None = None) -> Path:
    """Copy the database, to a path of one's own or under a new name in the folder; give where it is."""
    return db.backup(to or copies.named(folder, BY_HAND))
