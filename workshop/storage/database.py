"""The database of a room: open it, read from it, write to it, hear what changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session

from workshop.domain.change import Change
from workshop.errors import Unavailable
from workshop.listeners import Listeners
from workshop.storage import address, backup, checkup, faults, opening, place, revisions

Transaction = Literal["read", "write"]

_TURN_SECONDS = 30


class Database:
    """One open database. Made by `Database.open`; threads share it."""

    def __init__(self, where: address.Address, reader: Engine, writer: Engine, held: opening.HeldFile | None) -> None:
        self.dialect: Literal["sqlite", "postgresql"] = where.dialect
        self.url_without_secret = str(where)
        self._where = where
        self._reader = reader
        self._writer = writer
        self._held = held
        self._turn = threading.Lock()
        self._writing_thread: int | None = None
        self._moments = threading.local()
        self._hear_commits: Listeners[[Sequence[Change]]] = Listeners()
        self._hear_transactions: Listeners[[Transaction, float]] = Listeners()

    @classmethod
    def open(cls, url: str, *, backup_folder: Path | None = None) -> Database:
        """Check the database, bring it to the newest schema after a backup, and open it. Raises Unavailable."""
        where = address.read(url)
        if where.file is None:
            return cls(where, *opening.postgres(where.url, backup_folder), None)
        return cls(where, *opening.sqlite(where.file, backup_folder))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot write: a write raises RuntimeError."""
        with nullcontext(self._moment) if self._moment else self._new_moment() as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("A reading session was asked to save something; use writing().")

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Whatever this thread reads in the block is of one moment, and costs one transaction. Writing is refused."""
        if self._moment:
            yield
            return
        with self._new_moment() as session:
            self._moments.session = session
            try:
                yield
            finally:
                self._moments.session = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept, durably, when the block ends, and not at all when it raises."""
        if self._moment:
            raise RuntimeError("writing() inside one_moment() would be read there as if it had not happened.")
        with (
            self._timed("write"),
            self._our_turn(),
            faults.translated(),
            Session(self._writer, expire_on_commit=False) as session,
        ):
            revisions.expect_announcements(session)
            self._must_be_in_place()
            session.connection()
            yield session
            changes = revisions.count_up(session)
            session.commit()
            self._must_be_in_place()
        if changes:
            self._hear_commits.tell(changes)

    def on_commit(self, listener: Callable[[Sequence[Change]], None]) -> Callable[[], None]:
        """Call the listener, in the writing thread, with the changes of each commit. Returns how to stop that.

        Commits of two threads may be told in the other order: the higher revision is the newer one.
        """
        return self._hear_commits.add(listener)

    def on_transaction(self, listener: Callable[[Transaction, float], None]) -> Callable[[], None]:
        """Call the listener with the seconds that each transaction took, waiting included. Returns how to stop that."""
        return self._hear_transactions.add(listener)

    def must_be_ready(self) -> None:
        """Raise Unavailable unless what is sent now would be kept. Leaves no trace, and costs a few milliseconds."""
        with self.writing() as session:
            if self.dialect == "postgresql":
                checkup.must_take_writes(session.connection())
        if self._where.file is not None:
            place.must_have_room(self._where.file.parent)

    def check(self, *, now: datetime | None = None) -> list[str]:
        """What somebody should look at, in sentences; empty when all is well. ``now`` is compared with its clock."""
        return checkup.findings(self._where, self._reader, now)

    def backup(self, path: Path) -> Path:
        """Write a checked copy while the database is in use; return its path. Raises Unavailable."""
        if self._where.file is None:
            return backup.of_postgres(self._where.url, path)
        return backup.of_sqlite(self._where.file, path)

    def fold_journal(self) -> bool:
        """Fold SQLite's journal into the file and cut it off, so that nothing that was erased stays in it.

        False when somebody is reading in this moment; closing the database folds it as well.
        """
        if self._held is None:
            return True
        with faults.translated():
            busy, _, _ = self._held.anchor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        """Let go of every connection; SQLite folds its journal into the file."""
        self._reader.dispose()
        self._writer.dispose()
        if self._held is not None:
            self._held.close()

    @property
    def _moment(self) -> Session | None:
        """What this thread reads from while it is in a block of `one_moment`."""
        return getattr(self._moments, "session", None)

    @contextmanager
    def _new_moment(self) -> Iterator[Session]:
        with (
            self._timed("read"),
            faults.translated(reading=True),
            Session(self._reader, expire_on_commit=False) as session,
        ):
            session.connection()
            yield session

    @contextmanager
    def _timed(self, transaction: Transaction) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._hear_transactions.tell(transaction, time.perf_counter() - began)

    @contextmanager
    def _our_turn(self) -> Iterator[None]:
        if self._held is None:
            yield
            return
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("writing() inside writing() would wait for itself; pass the session on.")
        if not self._turn.acquire(timeout=_TURN_SECONDS):
            raise Unavailable(faults.BUSY)
        self._writing_thread = threading.get_ident()
        try:
            yield
        finally:
            self._writing_thread = None
            self._turn.release()

    def _must_be_in_place(self) -> None:
        if self._held is not None:
            self._held.identity.must_still_be_there()
