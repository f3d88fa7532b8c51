"""``doctor``: everything that can be wrong on a machine, looked at before people come."""

from __future__ import annotations

import os
import socket
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import typer

from workshop import settings
from workshop.cli import answering, place
from workshop.errors import WorkshopError
from workshop.settings import PROJECT, Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. ``says`` is what to do when it is not ``ok``, else what is there."""

    look: str
    ok: bool
    says: str


def doctor(*, database: place.DatabaseUrl = "", json: answering.Json = False) -> None:
    """Check settings, event, database, fonts, themes and network; the exit code is 1 when something is wrong."""
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
    looks: Mapping[str, Callable[[Settings], str]] = {
        "event": _event,
        "database": _database,
        "Streamlit's settings": lambda _: _streamlit(),
        "fonts": lambda _: _fonts(),
        "themes": lambda _: _embedder(),
        "network": _network,
        "port": _port,
    }
    return [Finding("settings", ok=True, says="can be read"), *(_look(name, see, house) for name, see in looks.items())]


def _look(name: str, see: Callable[[Settings], str], house: Settings) -> Finding:
    try:
        return Finding(name, ok=True, says=see(house))
    except WorkshopError as error:
        return Finding(name, ok=False, says=str(error))


class _Wrong(WorkshopError):
    """Something that a look found; the sentence says what to do."""


def _event(house: Settings) -> str:
    from workshop.domain.event_file import read_event
    from workshop.services import workshops

    event = read_event(workshops.event_text(house.event_file), source=house.event_file.name)
    return f"{event.title}, {event.date}"


def _database(house: Settings) -> str:
    from workshop.services import retention

    with place.opened(house) as db:
        if wrong := db.check():
            raise _Wrong(" ".join(wrong))
        if overdue := retention.overdue(db):
            raise _Wrong(f"Older than people were promised: {', '.join(overdue)}. Run python -m workshop purge.")
        return db.url_without_secret


def _streamlit() -> str:
    """A collection after every run made a hundred phones wait ten seconds."""
    try:
        written = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _Wrong(f".streamlit/config.toml cannot be read ({error}). Take it from the project again.") from error
    overridden = os.environ.get("STREAMLIT_RUNNER_POST_SCRIPT_GC", "false").lower() not in {"false", "0"}
    if written.get("runner", {}).get("postScriptGC") is not False or overridden:
        raise _Wrong("runner.postScriptGC must be false: with it a full room waits. Set it in .streamlit/config.toml.")
    return "as a full room needs them"


def _fonts() -> str:
    from workshop.reporting.glyphs import FONTS, families

    found = families()
    if missing := {"Noto Sans", "Noto Color Emoji"} - set(found):
        raise _Wrong(f"{' and '.join(sorted(missing))} is missing in {FONTS}. Take data/fonts from the project again.")
    return f"{len(found)} families for the report"


def _embedder() -> str:
    from workshop import themes as method

    embedder = method.default_embedder()
    if getattr(embedder, "fits_room", False):
        raise _Wrong("The sentence encoder is not installed, so themes follow single words only. Run make setup again.")
    embedder.embed(["Two harbours test one battery."])
    return embedder.name


def _network(house: Settings) -> str:
    from workshop.web.hosts import own_hosts

    if house.public_url:
        return f"phones open {house.public_url}"
    if settings.lan_address().startswith("127."):
        raise _Wrong("This machine is in no network, so phones cannot reach it. Join the Wi-Fi of the room.")
    return f"phones open {house.join_url}; answers to {', '.join((*own_hosts(), *house.allowed_hosts))}"


def _port(house: Settings) -> str:
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", house.port)) == 0
    return f"{house.port} is {'in use, perhaps by Roundtable itself' if taken else 'free'}"
