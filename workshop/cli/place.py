"""Where a command works: the settings, and the database that they or ``--database`` name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from workshop import settings
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


def chosen(database: str = "") -> Settings:
    """The settings from the environment, with this database in place of theirs when one is named."""
    return settings.read({**os.environ, "DATABASE_URL": database} if database else os.environ)


@contextmanager
def opened(house: Settings) -> Iterator[Database]:
    """The database, checked and brought to the newest schema, closed at the end."""
    db = Database.open(house.database_url, backup_folder=house.var_folder / "backups")
    try:
        yield db
    finally:
        db.close()
