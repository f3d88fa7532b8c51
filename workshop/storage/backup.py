"""Copies of a database, made while it runs, opened and checked before they carry their name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL

from workshop.errors import Unavailable
from workshop.storage import engine, faults, files, place

KEEP = 10

_PATTERN = "roundtable-????????T??????Z-*.db"


def of_sqlite(file: Path, target: Path) -> Path:
    """Copy a running SQLite database to `target`, without what was erased; replace only an older backup."""
    _must_be_free(target, file)
    draft = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(engine.sqlite_connection(file)) as connection:
            connection.execute("VACUUM INTO ?", (str(draft),))
        _must_be_whole(draft)
        place.make_durable(draft)
        draft.replace(target)
        place.make_durable(target.parent)
    except (sqlite3.Error, OSError) as error:
        sentence = faults.sentence_for(error) if isinstance(error, sqlite3.Error) else error.strerror
        raise Unavailable(f"The backup {target} could not be written: {sentence or error}") from error
    finally:
        _forget(draft)
    return target


def of_postgres(url: URL, target: Path) -> Path:
    """Let ``pg_dump`` write the backup where it is installed. Restored with ``pg_restore``."""
    program = shutil.which("pg_dump")
    if program is None:
        raise Unavailable(
            "Backups of PostgreSQL are made with pg_dump, which is not installed here. "
            "Please run pg_dump --format=custom where it is, or install postgresql-client."
        )
    draft = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
    secret = {"PGPASSWORD": url.password} if url.password else {}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S603 - the program that PATH names, no shell
            [program, "--format=custom", "--no-owner", f"--file={draft}", f"--dbname={_without_password(url)}"],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            complaint = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Unavailable(f"The backup {target} could not be written: pg_dump says “{complaint}”.")
        place.make_durable(draft)
        draft.replace(target)
        place.make_durable(target.parent)
    except OSError as error:
        raise Unavailable(f"The backup {target} could not be written: {error.strerror}.") from error
    finally:
        _forget(draft)
    return target


def named(folder: Path, note: str) -> Path:
    """A new name in the folder that sorts by time: ``roundtable-20260131T093000Z-before-0007.db``."""
    return folder / f"roundtable-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{note}.db"


def keep_newest(folder: Path, count: int = KEEP) -> None:
    """Delete the oldest backups that carry a name of ours, and nothing else."""
    for old in sorted(folder.glob(_PATTERN), reverse=True)[count:]:
        old.unlink(missing_ok=True)


def _must_be_free(target: Path, file: Path) -> None:
    if target.resolve() in {file.with_name(file.name + end).resolve() for end in ("", "-wal", "-shm", "-journal")}:
        raise Unavailable(f"{target} belongs to the running database. Please choose another name for the backup.")
    if target.exists() and files.owner_of(target) != files.APPLICATION_ID:
        raise Unavailable(f"{target} exists and is not a backup of Roundtable. Please choose another name.")


def _must_be_whole(copy: Path) -> None:
    with closing(engine.sqlite_connection(copy, mode="ro")) as connection:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        findings = files.damage(connection, "integrity_check")
        if owner != files.APPLICATION_ID or findings:
            raise Unavailable(f"The copy did not pass its check ({findings or owner}). Please try the backup again.")


def _without_password(url: URL) -> str:
    """For a command line, which every user of the machine may read."""
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return plain.render_as_string()


def _forget(draft: Path) -> None:
    with suppress(OSError):
        draft.unlink(missing_ok=True)
