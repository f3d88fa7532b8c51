"""The installation: what one process of Roundtable shares between its pages, routes and commands."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from workshop import settings, signing
from workshop.domain.change import Change
from workshop.live.feed import Feed
from workshop.settings import Settings
from workshop.signing import Signer
from workshop.storage import Database


@dataclass(frozen=True, slots=True)
class Installation:
    """The database, the change feed and the key that signs cookies, opened once per process."""

    settings: Settings
    db: Database
    feed: Feed
    signer: Signer


def open_installation(chosen: Settings) -> Installation:
    """Open the database (bringing it to the newest schema), and let every commit reach the feed."""
    db = Database.open(chosen.database_url, backup_folder=chosen.backup_folder)
    feed = Feed()

    def pass_on(changes: Sequence[Change]) -> None:
        feed.publish(changes)

    db.on_commit(pass_on)
    return Installation(settings=chosen, db=db, feed=feed, signer=signing.load_signer(chosen.key_file))


class _Current:
    """Holds the installation of this process: a plain attribute, which no “clear cache” of a page can reset."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._installation: Installation | None = None

    def get(self) -> Installation:
        with self._lock:
            if self._installation is None:
                self._installation = open_installation(settings.current())
            return self._installation

    def close(self) -> None:
        with self._lock:
            if self._installation is not None:
                self._installation.db.close()
                self._installation = None


_current = _Current()


def current() -> Installation:
    """The installation of this process, opened by whoever asks first."""
    return _current.get()


def close() -> None:
    """Close it, at the end of the process or of a test."""
    _current.close()
