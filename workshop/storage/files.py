"""The SQLite file itself: whether it is ours, whole, and still there.

Nothing here opens the database file other than through SQLite: closing any other handle on it would silently drop the
locks that SQLite holds for the whole program.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import Unavailable
from workshop.storage import engine, faults

APPLICATION_ID = 0x526E6454  # "RndT"

_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs", "virtiofs"}


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


def prepare_place(file: Path) -> bool:
    """Make sure that the file can live there; return whether it exists. Raises Unavailable."""
    if file.is_dir():
        raise Unavailable(f"{file} is a folder. Please name a file in it, such as {file / 'roundtable.db'}.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The folder {file.parent} for the database cannot be made ({error.strerror}). "
            "Please make it, or choose another place with DATABASE_URL."
        ) from error
    if not _writable(file.parent):
        raise Unavailable(
            f"The folder {file.parent} may not be written, and the database needs to keep files in it. "
            "Please give the user that runs Roundtable the right to write there, or choose another place."
        )
    if file.exists():
        _look_at(file)
        _must_go_with_its_journal(file)
        return True
    if journal_of(file).exists():
        raise Unavailable(
            f"{file} is gone but its journal {journal_of(file).name} is still there. "
            "Please restore the database from a backup, or move the journal away to start anew."
        )
    return False


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


def on_network_share(file: Path) -> str | None:
    """The kind of network share that the file lies on, as far as the operating system tells."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    holding = [(len(place), kind) for _, place, kind, *_ in mounts if file.is_relative_to(_unescaped(place))]
    kind = max(holding, default=(0, ""))[1]
    return kind if kind in _SHARES else None


def make_durable(path: Path) -> None:
    """Have the operating system keep a finished file, and its name in the folder, through a power cut."""
    for place in (path, path.parent):
        if place.is_dir() and os.name == "nt":
            continue
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _look_at(file: Path) -> None:
    if not file.is_file():
        raise Unavailable(f"{file} is not a file. Please choose another place with DATABASE_URL.")
    if file.stat().st_size == 0:
        raise Unavailable(
            f"{file} is empty (0 bytes), so it is not a database any more. "
            "Please restore a backup over it, or delete it to start anew."
        )
    if not _writable(file):
        raise Unavailable(
            f"{file} may not be written. Please give the user that runs Roundtable the right to write it."
        )


def _must_go_with_its_journal(file: Path) -> None:
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


def _writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.R_OK | os.W_OK, effective_ids=effective)


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _unescaped(place: str) -> str:
    return place.replace("\\040", " ")


def _foreign(file: Path) -> Unavailable:
    return Unavailable(
        f"{file} is not a database of Roundtable and was left untouched. Please choose another file with DATABASE_URL."
    )


def _damaged(file: Path, finding: str) -> Unavailable:
    return Unavailable(
        f"{file} is damaged ({finding}). Please move it, and the files beside it whose names begin with {file.name}, "
        "elsewhere, and copy the newest backup to its place."
    )
