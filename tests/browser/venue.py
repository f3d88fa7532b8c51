"""The real app as people meet it: `app.py` in a process of its own, found through the links that it prints."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from workshop.web.stopping import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
EVENT = ROOT / "data" / "events" / "eu-us-2018.toml"

_START_SECONDS = 90
_LINKS = re.compile(r"Join\s+\S+?/j/(\w+).*?Moderator\s+\S+?(/r/\S+).*?Organiser\s+\S+?(/r/\S+)", re.DOTALL)


@dataclass
class Venue:
    """A running app. ``moderator`` and ``organiser`` are paths of links that work once."""

    folder: Path
    database_url: str
    event: Path
    port: int
    code: str = ""
    moderator: str = ""
    organiser: str = ""
    _server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process of the app."""
        assert self._server is not None, "the app is not running"
        return self._server.pid

    @property
    def log(self) -> str:
        """What the app printed since it was started last."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start the app and wait for its links, which it prints when it accepts connections."""
        environment = os.environ | {
            "PORT": str(self.port),
            "ROUNDTABLE_ADDRESS": "127.0.0.1",
            "ROUNDTABLE_PUBLIC_URL": self.address,
            "ROUNDTABLE_VAR": str(self.folder / "var"),
            "ROUNDTABLE_EVENT": str(self.event),
            "ROUNDTABLE_ANNOUNCE": "1",
            "DATABASE_URL": self.database_url,
        }
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + _START_SECONDS
        while not (found := _LINKS.search(self.log)):
            if self._server.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"The app did not start:\n{self.log}")
            time.sleep(0.05)
        self.code, self.moderator, self.organiser = found.groups()

    def kill(self) -> None:
        """Pull the plug: nothing of the app gets a chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the app to stop, as Ctrl+C does. One that has to be ended says where it stood."""
        if self._end(signal.SIGINT) not in {0, None}:
            raise AssertionError(f"The app did not stop by itself:\n{self.log}")

    def _end(self, how: signal.Signals) -> int | None:
        if self._server is None:
            return None
        server, self._server = self._server, None
        server.send_signal(how)
        try:
            return server.wait(timeout=2 * PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            return server.wait()


@contextmanager
def open_venue(folder: Path, *, database_url: str = "", event: Path = EVENT) -> Iterator[Venue]:
    """The app with an empty database, in a folder of its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        venue = Venue(folder, database_url, event, probe.getsockname()[1])
    venue.start()
    try:
        yield venue
    finally:
        venue.stop()
