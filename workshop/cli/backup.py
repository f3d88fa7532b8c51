"""``backup``: a copy of the database while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workshop.cli import answering, place


def backup(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Where the copy is written; else it gets a name with the time in var/backups.", metavar="PATH"
        ),
    ] = None,
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Copy the database while it is running, and open the copy to be sure."""
    from workshop.services import backups

    house = place.chosen(database)
    with place.opened(house) as db:
        copy = backups.make(db, folder=house.backup_folder, to=out)
    if json:
        answering.document({"path": str(copy), "bytes": copy.stat().st_size})
    else:
        typer.echo(f"{copy}: {copy.stat().st_size:,} bytes, opened and checked.")
