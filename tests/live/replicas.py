"""Several replicas of the real app on one PostgreSQL database, behind the nginx that we ship.

For a test, or for a load generator:

    with fresh_database() as url, replicated(folder, url, count=3) as house:
        house.address                   # of nginx, as http://127.0.0.1:port
        house.room.phone("Ada")         # set-up through the services, on the same database and with the same key
        house.replicas[0].kill()        # .pid, .port, .address, .start(), .stop()
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.live import nginx
from tests.live.served import EVENT, Phone, Room, open_house
from tests.provision import postgres
from workshop.services import workshops

ROOT = Path(__file__).parents[2]

_READY_SECONDS = 180
_ANSWERED = re.compile(r" GET /live/now 200 .*:(\d+) 200\n")


@dataclass
class Replica:
    """One process of the app, as `roundtable@.service` starts it."""

    port: int
    environment: dict[str, str] = field(repr=False)
    log: Path
    _server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._server, "this replica does not run"
        return self._server.pid

    def start(self) -> None:
        """Start it; `wait` says when it takes part."""
        assert self._server is None, "this replica runs already"
        environment = self.environment | {"PORT": str(self.port)}
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "workshop", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Wait until it is ready."""
        until = time.monotonic() + _READY_SECONDS
        while not self._is_ready():
            if not self._server or self._server.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"A replica did not start:\n{self.log.read_text(encoding='utf-8')}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Pull the plug."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, as systemd does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._server is None:
            return
        self._server.send_signal(how)
        try:
            self._server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
            raise AssertionError(f"A replica did not stop:\n{self.log.read_text(encoding='utf-8')}") from None
        finally:
            self._server = None

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Replicated:
    """``address`` is what phones open. ``room`` works on the database beside the replicas, for set-up and for proof."""

    address: str
    replicas: tuple[Replica, ...]
    room: Room
    folder: Path

    def of(self, phone: Phone) -> Replica:
        """The replica that answers this phone now, as nginx writes it down."""
        log = self.folder / "nginx" / "access.log"
        before = len(log.read_text(encoding="utf-8"))
        assert phone.get("/live/now").status_code == 200
        until = time.monotonic() + 10
        while not (found := _ANSWERED.search(log.read_text(encoding="utf-8"), before)):
            assert time.monotonic() < until, "nginx wrote nothing down"
            time.sleep(0.01)
        return next(replica for replica in self.replicas if replica.port == int(found[1]))


@contextmanager
def replicated(folder: Path, database_url: str, *, count: int = 3) -> Iterator[Replicated]:
    """Start the replicas on this PostgreSQL database, and nginx in front of them; stop all of it at the end."""
    front, *ports = free_ports(count + 1)
    with ExitStack() as running:
        house = running.enter_context(open_house(folder / "var", database_url))
        room = Room(house, workshops.resume_or_create(house.db, EVENT), f"http://127.0.0.1:{front}")
        environment = os.environ | {
            "DATABASE_URL": database_url,
            "ROUNDTABLE_ADDRESS": "127.0.0.1",
            "ROUNDTABLE_BEHIND_PROXY": "yes",
            "ROUNDTABLE_PUBLIC_URL": room.address,
        }
        replicas = tuple(Replica(port, environment, folder / f"replica-{port}.log") for port in ports)
        for replica in replicas:
            replica.start()
            running.callback(replica.stop)
        for replica in replicas:
            replica.wait()
        running.enter_context(nginx.in_front_of(ports, port=front, folder=folder / "nginx"))
        _wait_for(room.address)
        yield Replicated(room.address, replicas, room, folder)


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty database on a PostgreSQL server that is started for it; tests have the fixture `pg_url` instead."""
    with tempfile.TemporaryDirectory(prefix="roundtable-postgres-") as home:
        try:
            with postgres.fresh_database(postgres.shared_server(Path(home))) as url:
                yield url
        finally:
            postgres.stop_shared_server(Path(home))


def free_ports(count: int) -> list[int]:
    """All of them held at the same time, so that none comes twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_for(address: str) -> None:
    until = time.monotonic() + 10
    while True:
        try:
            httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            assert time.monotonic() < until, "nginx did not start"
            time.sleep(0.02)
        else:
            return
