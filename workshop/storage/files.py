"""The SQLite file itself: whether it is ours, whole, and still there.

Nothing here opens the database file other than through SQLite: closing any other handle on it would silently drop the
locks that SQLite holds for the whole program.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import Unavailable
from workshop.storage import engine, faults

APPLICATION_ID = 0x526E6454  # "RndT"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file this is, as the operating system knows it; the journal file belongs to it."""

    file: Path
    marks: tuple[tuple[int, int] | None, ...]

    @classmethod
    def of(cls, file: Path) -> Identity:
        return cls(file, tuple(_mark(path) for path in (file, journal_of(file))))

    def must_still_be_there(self) -> None:
        """Raise Unavailable when the file was deleted, replaced or cut off from its journal: a write would be lost."""
        if Identity.of(self.file).marks != self.marks:
            raise Unavailable(
                f"The database file {self.file.name} was moved, deleted or replaced while Roundtable was running; "
                "nothing more is accepted. Please put the file back or restore a backup, and start Roundtable again."
            )


def journal_of(file: Path) -> Path:
    """The write-ahead log beside a database file."""
    return file.with_name(file.name + "-wal")


def must_be_ours(file: Path) -> None:
    """Raise Unavailable unless the file is a whole database of Roundtable."""
    try:
        with closing(engine.sqlite_connection(file)) as connection:
            (owner,) = connection.execute("PRAGMA application_id").fetchone()
            if owner != APPLICATION_ID:
                raise _foreign(file)
            findings = damage(connection)
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise _foreign(file) from error
        if faults.sentence_for(error) is faults.DAMAGED:
            raise _damaged(file, str(error)) from error
        sentence = faults.sentence_for(error) or faults.UNREADABLE
        raise Unavailable(f"{file} cannot be opened. {sentence}") from error
    if findings:
        raise _damaged(file, findings[0])


def must_go_with_its_journal(file: Path) -> None:
    """A backup copied over a crashed database must not meet its old journal: SQLite would mix the two.

    A backup of ours is in rollback mode (byte 18 of its header is 1), and only a file in WAL mode has such a journal.
    """
    journal = journal_of(file)
    if not journal.exists() or journal.stat().st_size == 0:
        return
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            in_rollback_mode = connection.serialize()[18] == 1
    except sqlite3.Error:
        return  # no database at all, which is said soon and in other words
    if in_rollback_mode:
        raise Unavailable(
            f"The journal {journal.name} does not belong to {file}, which seems to be a restored backup. "
            f"Please move {journal.name} and {file.name}-shm elsewhere and start again."
        )


def owner_of(file: Path) -> int | None:
    """The application that an SQLite file says it belongs to, None if it is no SQLite file at all."""
    try:
        with closing(engine.sqlite_connection(file, mode="ro")) as connection:
            return int(connection.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.Error:
        return None


def damage(connection: sqlite3.Connection, check: str = "quick_check") -> list[str]:
    """What SQLite finds wrong with the file; empty when it is whole."""
    return [line for (line,) in connection.execute(f"PRAGMA {check}(5)") if line != "ok"]


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _foreign(file: Path) -> Unavailable:
    return Unavailable(
        f"{file} is not a database of Roundtable and was left untouched. Please choose another file with DATABASE_URL."
    )


def _damaged(file: Path, finding: str) -> Unavailable:
    return Unavailable(
        f"{file} is damaged ({finding}). Please move it, and the files beside it whose names begin with {file.name}, "
        "elsewhere, and copy the newest backup to its place."
    )
