"""Connections as we want them: one way to read, one way to write, on each of the two databases.

SQLite: WAL with synchronous=FULL keeps what was acknowledged through kill -9 and a power cut. A write begins with
BEGIN IMMEDIATE, because a read that turns into a write late is the source of “database is locked”. A read is a plain
BEGIN on a connection that cannot write at all.

PostgreSQL: READ COMMITTED for writes (the counters and constraints of the tables do the rest), and one read-only
REPEATABLE READ moment for reads, so that both databases show a reader one consistent state.

An error of either never repeats the values of a statement: they are what people typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

Connect = Callable[..., sqlite3.Connection]

BUSY_SECONDS = 10
POSTGRES_SECONDS = {"statement_timeout": 15, "lock_timeout": 10, "idle_in_transaction_session_timeout": 60}

_EVERY_CONNECTION = ("synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF", "fullfsync = ON")
_READER = ("query_only = ON", "cache_size = -1024")  # kB, sixteen times: the file is in the memory of the machine
_WRITER = ("secure_delete = ON", "journal_size_limit = 67108864")


def sqlite_connection(file: Path, *pragmas: str, mode: str = "rw") -> sqlite3.Connection:
    """Open an existing file (never create one), with our durability and without the driver's own transactions."""
    connection = sqlite3.connect(
        f"{file.as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in (*_EVERY_CONNECTION, *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
    return connection


def sqlite_reader(file: Path, connect: Connect) -> Engine:
    """Many connections at once, none of which can write."""
    return _sqlite(file, lambda: connect(*_READER), begin="BEGIN", pool_size=16)


def sqlite_writer(file: Path, connect: Connect) -> Engine:
    """One connection: the write lock in front lets one through at a time anyway."""
    return _sqlite(file, lambda: connect(*_WRITER), begin="BEGIN IMMEDIATE", pool_size=1)


def sqlite_migrator(file: Path, connect: Connect) -> Engine:
    """A writer that may rebuild tables.

    With foreign keys the rows that point to the old table would be deleted, and the newer way to rename stumbles over a
    trigger that speaks of a table while it has no name.
    """
    pragmas = ("foreign_keys = OFF", "legacy_alter_table = ON", "busy_timeout = 60000")
    return _sqlite(file, lambda: connect(*pragmas), begin="BEGIN IMMEDIATE", pool_size=1)


def postgres_writer(url: URL) -> Engine:
    """The pool of connections to PostgreSQL, each with our time limits."""
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": 5, "application_name": "roundtable"},
    )
    event.listen(engine, "connect", _limit_time)
    return engine


def postgres_reader(writer: Engine) -> Engine:
    """The same pool, for transactions that cannot write and see one moment."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite(file: Path, connect: Callable[[], sqlite3.Connection], *, begin: str, pool_size: int) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        creator=connect,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_use_lifo=True,  # taking turns, every connection would come to keep the same pages
        hide_parameters=True,
    )

    def begin_our_way(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_our_way)
    return engine


def _limit_time(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for setting, seconds in POSTGRES_SECONDS.items():
            cursor.execute(f"SET {setting} = '{seconds}s'")
        cursor.execute("SET timezone = 'UTC'")
    connection.commit()
