"""What a database driver complains about, said so that a person knows what happened and what to do.

This is the one place where driver errors become `WorkshopError`s. `IntegrityError` passes: what a broken constraint
means is known where the query is written. An error that only a defect of ours can cause passes as well.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from workshop.errors import Unavailable

log = logging.getLogger(__name__)

BUSY = "The room's database is busy; nothing of this was saved. Please try again in a few seconds."
FULL = (
    "The disk of the room's computer is full; this was not saved, all that was confirmed before is safe. "
    "Please free some space and try again."
)
READ_ONLY = (
    "The room's database may not be written; this was not saved, all that was confirmed before is safe. "
    "Please make the database file and its folder writable and try again."
)
READ_ONLY_SERVER = (
    "PostgreSQL takes no writes (it is a standby, or was set to read only); all that was confirmed before is safe. "
    "Please point DATABASE_URL to the server that does."
)
DAMAGED = (
    "The database file is damaged; this was not saved. Please stop Roundtable, keep the file, and start from the "
    "newest backup."
)
UNREADABLE = (
    "The disk of the room's computer did not answer; this was not saved. Please check the disk (a network share is "
    "not supported) and try again."
)
GONE = "The room's database cannot be reached; this was not saved. Please try again in a few seconds."

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: GONE,
}
# Classes of SQLSTATE, or whole codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES = {
    "40": BUSY,
    "53100": FULL,
    "53": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "57": GONE,
    "58": UNREADABLE,
    "08": GONE,
    "25006": READ_ONLY_SERVER,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}


@contextmanager
def translated(*, reading: bool = False) -> Iterator[None]:
    """Turn what the driver raises inside the block into a sentence, where the world and not our code is to blame."""
    try:
        yield
    except NoFreeConnection as error:
        raise Unavailable(BUSY) from error
    except IntegrityError:
        raise
    except (DBAPIError, sqlite3.Error) as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        if reading and sentence in {READ_ONLY, READ_ONLY_SERVER}:
            raise RuntimeError("A reading session tried to write; use writing().") from error
        log.warning("storage: %s", _code(error))
        raise Unavailable(sentence) from error


def sentence_for(error: DBAPIError | sqlite3.Error) -> str | None:
    """The sentence for a driver error, or None if only a defect of ours explains it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if (state := getattr(cause, "sqlstate", None)) is not None:
        return _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return GONE if lost or type(cause).__name__ in {"OperationalError", "ConnectionTimeout"} else None


def _code(error: DBAPIError | sqlite3.Error) -> str:
    """The driver's name for it; its message may quote a row."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return f"{type(cause).__name__} {said or ''}".strip()
