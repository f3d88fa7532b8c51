"""The server under measurement: started here in processes of its own, or by somebody else."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

import httpx

from tests.browser.venue import ROOT, open_venue
from tests.live.replicas import fresh_database, replicated
from workshop.cli.serve import ENVIRONMENT


@dataclass(frozen=True)
class Server:
    """Where it answers, where its database is, and which processes it is."""

    address: str
    database_url: str
    pids: tuple[int, ...]


@contextmanager
def one_process() -> Iterator[Server]:
    """The app as `python -m workshop serve` starts it, with an empty SQLite file."""
    os.environ.update(ENVIRONMENT)
    with TemporaryDirectory() as folder, open_venue(Path(folder)) as venue:
        yield Server(venue.address, f"sqlite:///{venue.folder}/var/roundtable.db", (venue.pid,))


@contextmanager
def replicas(count: int) -> Iterator[Server]:
    """Several processes of the app on PostgreSQL, behind nginx."""
    os.environ.update(ENVIRONMENT)
    with ExitStack() as running:
        url, folder = running.enter_context(fresh_database()), running.enter_context(TemporaryDirectory())
        house = running.enter_context(replicated(Path(folder), url, count=count))
        yield Server(house.address, url, tuple(replica.pid for replica in house.replicas))


@contextmanager
def baseline() -> Iterator[Server]:
    """The baseline as one starts a Streamlit script, with an empty SQLite file."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "tests/bench/live/baseline_app.py"]
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with TemporaryDirectory() as folder:
        environment = os.environ | ENVIRONMENT | {"ROUNDTABLE_VAR": folder, "DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen([*command, *where], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield Server(f"http://127.0.0.1:{port}", f"sqlite:///{folder}/roundtable.db", (process.pid,))
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(address).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the baseline did not start")
