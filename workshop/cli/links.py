"""``links``: fresh links to a room."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workshop.cli import answering, place


def links(
    *,
    workshop: Annotated[
        str, typer.Option(metavar="CODE", help="The room code; else the newest workshop.", show_default=False)
    ] = "",
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Print fresh links: to join, to the wall, and once each for moderator and organiser; unused ones stop working."""
    from workshop.services import room_links, workshops

    house = place.chosen(database)
    with place.opened(house) as db:
        view = place.workshop(db, workshop) if workshop else workshops.resume_or_create(db, house.event_file)
        fresh = room_links.fresh(db, view, house)
    if json:
        answering.document(asdict(fresh))
        return
    typer.echo(view.event.title)
    typer.echo(f"Join       {fresh.join}     room code {fresh.code}")
    typer.echo(f"Wall       {fresh.wall}")
    typer.echo(f"Moderator  {fresh.moderator}     works once")
    typer.echo(f"Organiser  {fresh.organiser}     works once")
