"""The place of the SQLite file: whether a database can live there, and how its files are made to last."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from workshop.errors import Unavailable
from workshop.storage import files

ROOM_BYTES = 4 * 2**20
"""What SQLite's journal grows by before it is folded into the file: 1,000 pages of 4 kB."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs", "virtiofs"}


def prepare(file: Path) -> bool:
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
        files.must_go_with_its_journal(file)
        return True
    if files.journal_of(file).exists():
        raise Unavailable(
            f"{file} is gone but its journal {files.journal_of(file).name} is still there. "
            "Please restore the database from a backup, or move the journal away to start anew."
        )
    return False


def must_have_room(folder: Path) -> None:
    """Raise Unavailable unless the next commits fit on the disk: take the space in a file without a name, give it back.

    Asking how much is free would not do: quotas and what is kept for the administrator are not in that number.
    """
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as trial:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(trial.fileno(), 0, ROOM_BYTES)
            else:
                trial.write(bytes(ROOM_BYTES))
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Unavailable(
                f"Less than {ROOM_BYTES // 2**20} MB are free on the disk of the database; what is sent now may not be "
                "kept. Please free some space."
            ) from error
        raise Unavailable(
            f"Nothing can be written beside the database ({error.strerror}). Please look at its folder and its disk."
        ) from error


def on_network_share(file: Path) -> str | None:
    """The kind of network share that the file lies on, as far as the operating system tells."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    holding = [(len(place), kind) for _, place, kind, *_ in mounts if file.is_relative_to(_unescaped(place))]
    kind = max(holding, default=(0, ""))[1]
    return kind if kind in _SHARES else None


def programs_with(file: Path) -> list[int]:
    """The processes that have the file open, as far as the operating system tells us."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or belongs to somebody else
            if any(link.samefile(file) for link in (process / "fd").iterdir() if link.exists()):
                found.append(int(process.name))
    return sorted(found)


def make_durable(path: Path) -> None:
    """Have the operating system keep a finished file, or the names in a folder, through a power cut.

    Never for a database that may be open: see `files`.
    """
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
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


def _writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.R_OK | os.W_OK, effective_ids=effective)


def _unescaped(place: str) -> str:
    return place.replace("\\040", " ")
