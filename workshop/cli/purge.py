"""``purge``: erase what is older than people were promised."""

from __future__ import annotations

import typer

from workshop.cli import answering, place


def purge(*, database: place.DatabaseUrl = "", json: answering.Json = False) -> None:
    """Erase workshops whose days are over (the event's retention_days) and the backups that may hold them."""
    from workshop.services import retention

    house = place.chosen(database)
    with place.opened(house) as db:
        purged = retention.purge(db, backup_folder=house.backup_folder)
    if json:
        answering.document({"workshops": list(purged.workshops), "backups": list(purged.backups)})
        return
    typer.echo(f"Erased: {_listed('workshop', purged.workshops)}; {_listed('backup', purged.backups)}.")


def _listed(thing: str, names: tuple[str, ...]) -> str:
    return f"{len(names)} {thing}s ({', '.join(names)})" if names else f"no {thing}"
