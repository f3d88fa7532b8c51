"""``doctor``: everything that can be wrong on a machine, looked at before people come."""

from __future__ import annotations

from dataclasses import asdict

import typer

from workshop.cli import answering, finding, look_addresses, look_machine, look_streamlit, place
from workshop.cli.finding import Finding, Look, Wrong
from workshop.errors import WorkshopError
from workshop.settings import Settings


def doctor(*, database: place.DatabaseUrl = "", json: answering.Json = False) -> None:
    """Check settings, event, database, machine and network; the exit code is 1 when something is wrong."""
    findings = _examined(database)
    if json:
        answering.document(
            {"ok": all(finding.ok for finding in findings), "findings": [asdict(finding) for finding in findings]}
        )
    else:
        for finding in findings:
            typer.echo(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.look}: {finding.says}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _examined(database: str) -> list[Finding]:
    try:
        house = place.chosen(database)
    except WorkshopError as error:
        return [Finding("settings", ok=False, says=str(error))]
    return [
        Finding("settings", ok=True, says="can be read"),
        *(finding.of(name, look, house) for name, look in LOOKS.items()),
    ]


def _event(house: Settings) -> str:
    from workshop.domain.event_file import read_event
    from workshop.services import workshops

    event = read_event(workshops.event_text(house.event_file), source=house.event_file.name)
    return f"{event.title}, {event.date}"


def _database(house: Settings) -> str:
    from workshop.services import clock, retention

    with place.opened(house) as db:
        if wrong := db.check(now=clock.now()):
            raise Wrong(" ".join(wrong))
        if overdue := retention.overdue(db):
            raise Wrong(f"Older than people were promised: {', '.join(overdue)}. Run python -m workshop purge.")
        return db.url_without_secret


def _fonts(_house: Settings) -> str:
    from workshop.reporting.glyphs import FONTS, families

    found = families()
    if missing := {"Noto Sans", "Noto Color Emoji"} - set(found):
        raise Wrong(f"{' and '.join(sorted(missing))} is missing in {FONTS}. Take data/fonts from the project again.")
    return f"{len(found)} families for the report"


def _embedder(_house: Settings) -> str:
    from workshop import themes as method

    embedder = method.default_embedder()
    if getattr(embedder, "fits_room", False):
        raise Wrong("The sentence encoder is not installed, so themes follow single words only. Run make setup again.")
    embedder.embed(["Two harbours test one battery."])
    return embedder.name


LOOKS: dict[str, Look] = {
    "event": _event,
    "database": _database,
    "servers": look_machine.one_server,
    "Streamlit's settings": look_streamlit.settings_of_streamlit,
    "fonts": _fonts,
    "themes": _embedder,
    "threads": look_machine.threads,
    "connections": look_machine.connections,
    "fast parts": look_machine.fast_parts,
    "network": look_addresses.network,
    "proxy": look_addresses.proxy,
    "port": look_addresses.port,
}
