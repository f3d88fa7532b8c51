"""``rehearse``: a simulated room plays a workshop, so that open walls and desks follow live."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from workshop.cli import answering, place
from workshop.settings import Settings
from workshop.storage import Database


def rehearse(
    *,
    people: Annotated[int, typer.Option(help="How many people take part.")] = 60,
    minutes: Annotated[float, typer.Option(help="How long it takes; 0 plays everything at once.")] = 3,
    ideas: Annotated[
        Path | None,
        typer.Option(help="A CSV file with a column “text” or “title” (and “pitch”) in place of the bundled ideas."),
    ] = None,
    event: Annotated[
        Path | None, typer.Option(help="The event file to play in place of the one in the settings.")
    ] = None,
    most: Annotated[int, typer.Option(help="How many rows of the CSV file are taken.", min=1)] = 150,
    seed: Annotated[int, typer.Option(help="The same seed plays the same rehearsal.")] = 1,
    clear: Annotated[bool, typer.Option("--clear", help="Remove all rehearsals instead; workshops stay.")] = False,
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Play a simulated room: people arrive, write, share, form themes, vote and commit, live on the real screens."""
    house = place.chosen(database)
    with place.opened(house) as db:
        if clear:
            _clear(db, json=json)
        else:
            _play(db, house, event or house.event_file, ideas, (people, minutes, most, seed), json=json)


def _clear(db: Database, *, json: bool) -> None:
    from workshop.services import rehearsals

    removed = rehearsals.clear(db)
    if json:
        answering.document({"cleared": removed})
    else:
        typer.echo(f"{_count(removed, 'rehearsal')} removed.")


def _play(
    db: Database,
    house: Settings,
    event: Path,
    ideas: Path | None,
    chosen: tuple[int, float, int, int],
    *,
    json: bool,
) -> None:
    from workshop.services import rehearsals, room_links

    people, minutes, most, seed = chosen
    rehearsal = rehearsals.prepare(db, event, number=people, ideas_file=ideas, most=most, seed=seed)
    links = room_links.fresh(db, rehearsal.view, house)

    def tell(line: str) -> None:
        typer.echo(line, err=json)

    tell(f"Rehearsal of “{rehearsal.view.event.title}”, room code {links.code}")
    if rehearsal.raised:
        tell(f"It runs on a copy of the event with room for {rehearsal.raised}.")
    tell(f"Wall       {links.wall}")
    tell(f"Moderator  {links.moderator}     works once")
    played = rehearsals.play(db, rehearsal, pace=rehearsals.Pace(minutes), tell=tell)
    if json:
        answering.document(asdict(played) | {"raised": rehearsal.raised, "wall": links.wall})
        return
    if played.refused:
        tell(f"{_count(played.refused, 'action')} refused, because somebody had opened another step.")
    tell(
        f"Done: {played.participants} people, {_count(played.ideas, 'idea')} ({played.published} on the board), "
        f"{_count(played.builds, 'build')}, "
        f"{_count(played.votes, 'vote')}, {_count(played.themes, 'theme')}, {_count(played.commitments, 'commitment')}."
    )
    tell("Remove it with: python -m workshop rehearse --clear")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
