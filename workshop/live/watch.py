"""Hearing other processes: changes that were committed elsewhere reach this process's feed.

SQLite has no messages, but ``PRAGMA data_version`` costs microseconds and changes with every commit of any other
connection: one thread asks four times a second. PostgreSQL notifies within the writing transaction; a notification that
was lost (a broken connection, a full queue) is repaired by comparing revisions every few seconds.

Storage is not known here: the watchers are given what reads revisions, and how to connect.
"""

from __future__ import annotations

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import connect as sqlite_connect
from uuid import UUID

import psycopg

from workshop.domain.change import Change
from workshop.live.feed import Feed

log = logging.getLogger(__name__)

CHANNEL = "roundtable"
LOOK_SECONDS = 0.25
REPAIR_SECONDS = 5.0

ReadRevisions = Callable[[UUID], Mapping[str, int]]
"""The newest revision of each topic of a workshop."""


class Watch(ABC):
    """A thread that brings changes of other processes into the feed until it is stopped."""

    def __init__(self, feed: Feed, read_revisions: ReadRevisions) -> None:
        self._feed = feed
        self._read_revisions = read_revisions
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    @property
    def is_running(self) -> bool:
        """Whether the thread still works."""
        return self._thread.is_alive()

    @abstractmethod
    def _watch(self) -> None:
        """Watch over one connection, until it breaks or `stop` was called."""

    def _run(self) -> None:
        patience = 0.5
        while not self._stopping.is_set():
            try:
                self._watch()
                patience = 0.5
            except Exception as error:  # noqa: BLE001  whatever broke the connection, the next one may work
                log.warning("live: watching the database failed (%s); trying again", type(error).__name__)
                self._stopping.wait(patience)
                patience = min(patience * 2, 10.0)

    def _repair(self) -> None:
        for workshop_id in self._feed.watched():
            revisions = self._read_revisions(workshop_id)
            self._feed.publish(Change(workshop_id, topic, revision) for topic, revision in revisions.items())


class SqliteWatch(Watch):
    """Watches one SQLite file."""

    def __init__(self, feed: Feed, read_revisions: ReadRevisions, *, file: Path) -> None:
        super().__init__(feed, read_revisions)
        self._file = file

    def _watch(self) -> None:
        with closing(sqlite_connect(f"{self._file.as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
            seen = None
            while not self._stopping.wait(LOOK_SECONDS):
                now = _data_version(connection)
                if now != seen:
                    self._repair()
                    seen = now


class PostgresWatch(Watch):
    """Listens to the channel on which every writing transaction tells its changes."""

    def __init__(self, feed: Feed, read_revisions: ReadRevisions, *, conninfo: str) -> None:
        super().__init__(feed, read_revisions)
        self._conninfo = conninfo

    def _watch(self) -> None:
        with psycopg.connect(self._conninfo, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stopping.is_set():
                self._repair()
                repair_at = time.monotonic() + REPAIR_SECONDS
                while time.monotonic() < repair_at and not self._stopping.is_set():
                    for notify in connection.notifies(timeout=LOOK_SECONDS):
                        self._feed.publish([Change.from_line(notify.payload)])


def watch_database(feed: Feed, url: str, read_revisions: ReadRevisions) -> Watch:
    """The watch for a database URL as it stands in the settings."""
    scheme, _, rest = url.partition("://")
    if scheme.startswith("sqlite"):
        return SqliteWatch(feed, read_revisions, file=Path(rest.removeprefix("/")).expanduser().absolute())
    return PostgresWatch(feed, read_revisions, conninfo=f"postgresql://{rest}")


def _data_version(connection: SqliteConnection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
