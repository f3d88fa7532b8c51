"""What `doctor` should tell somebody about the database."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from workshop.errors import Unavailable
from workshop.storage import address, faults, files, migrations, place

FREE_BYTES = 500_000_000
JOURNAL_BYTES = 200_000_000
CLOCKS_APART_SECONDS = 2


def findings(where: address.Address, reader: Engine, now: datetime | None) -> list[str]:
    """Sentences about what is wrong or risky; empty when all is well."""
    try:
        with faults.translated(), reader.connect() as connection:
            found = _schema(connection)
            if where.file is not None:
                return found + _of_sqlite(connection, where.file)
            return found + _of_postgres(connection) + (_clock(connection, now) if now else [])
    except Unavailable as error:
        return [str(error)]


def must_take_writes(connection: Connection) -> None:
    """Raise Unavailable when PostgreSQL would refuse a write: a standby does, and begins a transaction all the same."""
    if connection.execute(text("SHOW transaction_read_only")).scalar_one() == "on":
        raise Unavailable(faults.READ_ONLY_SERVER)


def _schema(connection: Connection) -> list[str]:
    revision = migrations.revision_of(connection)
    if revision == migrations.head():
        return []
    return [f"The schema is {revision}, this version needs {migrations.head()}. Please start Roundtable once more."]


def _of_sqlite(connection: Connection, file: Path) -> list[str]:
    found = [f"The file is damaged: {line}." for (line,) in _pragma(connection, "integrity_check(5)") if line != "ok"]
    found += [f"A row of “{row[0]}” points to nothing." for row in _pragma(connection, "foreign_key_check")[:5]]
    if (share := place.on_network_share(file)) is not None:
        found.append(f"The database lies on a network share ({share}), where SQLite may lose data. Use a local disk.")
    if (free := shutil.disk_usage(file.parent).free) < FREE_BYTES:
        found.append(f"Only {free // 1_000_000} MB are free on the disk of the database. Free some space.")
    journal = files.journal_of(file)
    if journal.exists() and journal.stat().st_size > JOURNAL_BYTES:
        found.append(f"The journal {journal.name} has grown large. Please restart Roundtable in a quiet moment.")
    return found


def _of_postgres(connection: Connection) -> list[str]:
    wanted = {"fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}
    found = []
    for setting, good in wanted.items():
        value = connection.execute(text("SELECT current_setting(:name)"), {"name": setting}).scalar_one()
        if value != good:
            found.append(f"PostgreSQL runs with {setting} = {value}; what is saved is safe only with {good}.")
    if connection.execute(text("SELECT current_setting('synchronous_commit')")).scalar_one() == "off":
        found.append("PostgreSQL runs with synchronous_commit = off; a power cut may lose what was shown as saved.")
    return found


def _clock(connection: Connection, now: datetime) -> list[str]:
    apart = abs((connection.execute(text("SELECT clock_timestamp()")).scalar_one() - now).total_seconds())
    if apart < CLOCKS_APART_SECONDS:
        return []
    return [f"The clocks of this machine and of PostgreSQL's are {apart:.0f} s apart. Let both ask a time server."]


def _pragma(connection: Connection, pragma: str) -> list[tuple[str, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
