"""``serve``: check everything that can be wrong, then become the server."""

from __future__ import annotations

import errno
import os
import socket
import sys

from workshop.cli import open_files, place
from workshop.errors import Unavailable
from workshop.settings import PROJECT, Settings
from workshop.web import logs

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""What a process reads before it begins: numbers keep to one thread, and many short threads share glibc's memory, in
place of each keeping what it once needed (8 MB lay idle after five busy minutes of 300 phones, before 36)."""


def serve(database: place.DatabaseUrl = "") -> None:
    """Start Roundtable and print its links: to join, for the moderator, for the organiser."""
    house = place.chosen(database)
    logs.begin(house.log)
    _must_be_free(house)
    open_files.ask_for_enough()
    environment = os.environ | ENVIRONMENT | _absolute(house, database=_checked(house)) | {"ROUNDTABLE_ANNOUNCE": "1"}
    sys.stdout.flush()
    os.chdir(PROJECT)  # Streamlit looks for its settings here
    os.execve(sys.executable, [sys.executable, str(PROJECT / "app.py")], environment)  # noqa: S606  our own program


def _must_be_free(house: Settings) -> None:
    """Refuse a port that is taken before anything else happens; Streamlit would only log it."""
    try:
        family, _, _, _, where = socket.getaddrinfo(house.address, house.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise Unavailable(_why_not(house, error)) from error


def _why_not(house: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {house.port} is used by another program; perhaps Roundtable is running already. "
            f"Stop that one, or choose another port: PORT={house.port % 65535 + 1}."
        )
    if error.errno == errno.EACCES:
        return f"Port {house.port} needs the rights of an administrator. Choose one from 1024 on: PORT=8501."
    return f"This machine has no address {house.address} (ROUNDTABLE_ADDRESS). Leave it out to listen on all."


def _checked(house: Settings) -> str:
    """Open the database once, so that a bad file or a bad event is a sentence here; give its full address."""
    from workshop.services import installation, workshops

    opened = installation.open_installation(house)
    try:
        workshops.resume_or_create(opened.db, house.event_file)
        return opened.db.url_without_secret if opened.db.dialect == "sqlite" else house.database_url
    finally:
        opened.db.close()


def _absolute(house: Settings, *, database: str) -> dict[str, str]:
    """The places of the settings, so that they mean the same in another folder."""
    return {
        "DATABASE_URL": database,
        "ROUNDTABLE_VAR": str(house.var_folder.absolute()),
        "ROUNDTABLE_EVENT": str(house.event_file.absolute()),
    }
