"""Opening a database: what has to be true before the first session."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from workshop.errors import Unavailable
from workshop.storage import backup, engine, faults, files, migrations, place

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HeldFile:
    """The SQLite file of this program. The anchor connection keeps its journal in place until the end."""

    identity: files.Identity
    anchor: sqlite3.Connection

    def connect(self, *pragmas: str) -> sqlite3.Connection:
        """One more connection to the very same file, never to another one that took its place."""
        connection = engine.sqlite_connection(self.identity.file, *pragmas)
        try:
            self.identity.must_still_be_there()
        except Unavailable:
            connection.close()
            raise
        return connection

    def close(self) -> None:
        self.anchor.close()


def sqlite(file: Path, backup_folder: Path | None) -> tuple[Engine, Engine, HeldFile]:
    """A reader, a writer and the hold on the file. Raises Unavailable."""
    if not place.prepare(file):
        _create(file)
    files.must_be_ours(file)
    if (share := place.on_network_share(file)) is not None:
        log.warning(
            "storage: %s lies on a network share (%s), where SQLite may lose data; use a local disk", file, share
        )
    _migrate(file, backup_folder or file.parent / "backups")
    with faults.translated():
        held = _hold(file)
    return engine.sqlite_reader(file, held.connect), engine.sqlite_writer(file, held.connect), held


def postgres(url: URL, backup_folder: Path | None) -> tuple[Engine, Engine]:
    """A reader and a writer on one pool. Raises Unavailable."""
    writer = engine.postgres_writer(url)

    def save_old(revision: str) -> None:
        folder = backup_folder or Path("var/backups")
        try:
            backup.of_postgres(url, backup.named(folder, f"before-{revision}"))
        except Unavailable as error:
            log.warning("storage: upgrading without a backup of our own. %s", error)

    try:
        _knock(writer)
        with faults.translated():
            migrations.bring_to_head(writer, before_change=save_old)
    except BaseException:
        writer.dispose()
        raise
    return engine.postgres_reader(writer), writer


def _knock(server: Engine) -> None:
    try:
        server.connect().close()
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise Unavailable(
            f"PostgreSQL at {server.url.render_as_string()} cannot be used ({reason}). "
            "Please check that the server runs and that DATABASE_URL is right."
        ) from error


def _create(file: Path) -> None:
    """Build the new database under another name: nobody ever meets a half-made one, whatever dies in between."""
    draft = file.with_name(f".{file.name}.{uuid4().hex[:8]}.new")
    try:
        with faults.translated(), closing(engine.sqlite_connection(draft, mode="rwc")) as connection:
            connection.execute(f"PRAGMA application_id = {files.APPLICATION_ID}")
        _migrate(draft, file.parent)
        place.make_durable(draft)
        _give_name(draft, file)
        place.make_durable(file.parent)
    except OSError as error:
        raise Unavailable(f"The database {file} cannot be made: {error.strerror}. Please check the disk.") from error
    finally:
        draft.unlink(missing_ok=True)


def _give_name(draft: Path, file: Path) -> None:
    """Take the name only if it is free. Of two programs that start at once, the second uses the first one's file."""
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not file.exists():
            draft.rename(file)


def _migrate(file: Path, backup_folder: Path) -> None:
    def save_old(revision: str) -> None:
        backup.of_sqlite(file, backup.named(backup_folder, f"before-{revision}"))
        backup.keep_newest(backup_folder)

    migrator = engine.sqlite_migrator(file, partial(engine.sqlite_connection, file))
    try:
        with faults.translated():
            migrations.bring_to_head(migrator, before_change=save_old)
    finally:
        migrator.dispose()


def _hold(file: Path) -> HeldFile:
    anchor = engine.sqlite_connection(file)
    try:
        if _switch_to_wal(anchor) != "wal":
            raise Unavailable(f"The place of {file} does not support SQLite's journal. Please use a local disk.")
        anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        anchor.close()
        raise
    return HeldFile(files.Identity.of(file), anchor)


def _switch_to_wal(connection: sqlite3.Connection) -> str:
    """SQLite does not wait for its turn here, so when two programs start at once the second one asks again."""
    patience_ends = time.monotonic() + engine.BUSY_SECONDS
    while True:
        try:
            return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if faults.sentence_for(error) is not faults.BUSY or time.monotonic() > patience_ends:
                raise
            time.sleep(0.05)
