"""What the machine gives a server: threads, connections, the parts that make it fast, and the file for itself."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from pathlib import Path

from workshop.cli import open_files
from workshop.cli.finding import Wrong
from workshop.settings import Settings

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
_FAST = ("httptools",) if sys.platform == "win32" else ("uvloop", "httptools")


def threads(_house: Settings) -> str:
    """`serve` says one; somebody who starts the server another way takes what stands in the environment."""
    if wrong := [name for name in _ONE_THREAD if os.environ.get(name, "1") != "1"]:
        raise Wrong(
            f"{' and '.join(wrong)} must be 1 or missing: while themes are made, more threads would take the processor "
            "from the room."
        )
    return "one for sums"


def connections(_house: Settings) -> str:
    """A phone holds two connections, and a third while it sends something."""
    most = open_files.most()
    if most is not None and most < open_files.NEEDED:
        raise Wrong(
            f"The system allows {most} open files, and 1,000 phones need {open_files.NEEDED}. Raise the limit: "
            f"ulimit -Hn, or LimitNOFILE={open_files.WANTED} in a systemd unit."
        )
    return "enough for 1,000 phones"


def fast_parts(_house: Settings) -> str:
    """Without them everything works, only slower."""
    missing = []
    for name in _FAST:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    if missing:
        raise Wrong(f"{' and '.join(missing)} cannot be loaded, so the server is slow. Run make setup again.")
    return " and ".join(_FAST)


def one_server(house: Settings) -> str:
    """SQLite is for one server; a second one would be a replica."""
    from workshop.storage import address, place

    file = address.read(house.database_url).file
    if file is None:
        return "PostgreSQL takes several servers"
    servers = [process for process in place.programs_with(file) if _is_a_server(process)]
    if len(servers) > 1:
        raise Wrong(
            f"{len(servers)} servers have the same SQLite file open (processes {', '.join(map(str, servers))}). Stop "
            "all but one, or set DATABASE_URL to PostgreSQL, which takes several replicas."
        )
    return "one at most has the SQLite file open"


def _is_a_server(process: int) -> bool:
    with suppress(OSError):
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        return any(word.endswith((b"app.py", b"app:app")) for word in words)
    return False
