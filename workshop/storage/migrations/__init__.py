"""Numbered migrations: an older database is brought to the newest schema, a newer or foreign one is refused.

The whole way from the old schema to the new one is a single transaction, so a failed upgrade leaves the old database as
it was, and of two programs that start at once the second waits and then finds the work done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from workshop.errors import Unavailable

VERSION_TABLE = "roundtable_schema"
FOLDER = Path(__file__).parent
_ADVISORY_LOCK = 0x526E6454


def head() -> str:
    """The newest revision that this program knows."""
    return ScriptDirectory.from_config(config()).as_revision_number("head")  # type: ignore[return-value]


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at, None for a database without our tables."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def bring_to_head(engine: Engine, *, before_change: Callable[[str], object] | None = None) -> None:
    """Upgrade in one transaction. `before_change(old revision)` runs, under the lock, if there is data to lose."""
    with engine.begin() as connection:
        _alone(connection)
        old = revision_of(connection)
        _must_be_known(connection, old)
        if old == head():
            return
        if old is not None and before_change is not None:
            before_change(old)
        command.upgrade(config(connection), "head")
        _must_be_consistent(connection)


def config(connection: Connection | None = None, folder: Path | None = None) -> Config:
    """Alembic's settings, made in the program: there is no alembic.ini."""
    settings = Config()
    settings.set_main_option("script_location", str(folder or FOLDER).replace("%", "%%"))
    settings.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '120s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})


def _must_be_known(connection: Connection, old: str | None) -> None:
    if old is None:
        tables = inspect(connection).get_table_names()
        if tables:
            raise Unavailable(
                f"This database holds tables that are not Roundtable's ({', '.join(sorted(tables)[:3])}) and was left "
                "untouched. Please name an empty database in DATABASE_URL."
            )
    elif old not in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}:
        raise Unavailable(
            f"This database was written by a newer Roundtable (its schema {old} is unknown here, this version knows "
            f"{head()}) and was left untouched. Please install the newer version, or restore a backup from before."
        )


def _must_be_consistent(connection: Connection) -> None:
    """SQLite does not check foreign keys while tables are rebuilt, so look once before the commit."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {int(head())}")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise Unavailable(
                f"The upgrade was undone because rows of “{broken[0]}” point to nothing. "
                "The database is as it was; please report this and go on with the previous version."
            )
