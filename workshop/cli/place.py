"""Where a command works: the settings, and the database that they or ``--database`` name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from workshop import settings
from workshop.domain.room import WorkshopView
from workshop.errors import NotFound
from workshop.settings import Settings
from workshop.storage import Database

DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        help="Another database than the settings name, like sqlite:///var/roundtable.db or postgresql://host/name.",
        show_default=False,
    ),
]

WorkshopCode = Annotated[str, typer.Option("--workshop", metavar="CODE", help="The room code of the workshop.")]


def chosen(database: str = "") -> Settings:
    """The settings from the environment, with this database in place of theirs when one is named."""
    return settings.read({**os.environ, "DATABASE_URL": database} if database else os.environ)


@contextmanager
def opened(house: Settings) -> Iterator[Database]:
    """The database, checked and brought to the newest schema, closed at the end."""
    db = Database.open(house.database_url, backup_folder=house.backup_folder)
    try:
        yield db
    finally:
        db.close()


def workshop(db: Database, code: str) -> WorkshopView:
    """The workshop with this room code."""
    from workshop.services import workshops

    found = workshops.find(db, code)
    if found is None:
        newest = ", ".join(view.code for view in workshops.every(db)[:5]) or "none yet"
        raise NotFound(f"There is no workshop with the code “{code}” in this database. The newest: {newest}.")
    return found
