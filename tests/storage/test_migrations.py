"""Migrations: an old database becomes a new one or stays as it was; newer and foreign ones are refused."""

import multiprocessing
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from tests.storage.rows import a_saved_workshop, a_workshop, codes
from workshop import storage
from workshop.errors import Unavailable
from workshop.storage import Database, log, migrations
from workshop.storage.migrations import writing
from workshop.storage.tables import METADATA

NEXT = '''"""A later schema."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade() -> None:
    with op.batch_alter_table("workshop") as batch:
        batch.alter_column("code", type_=sa.String(7))  # SQLite can only rebuild the table for that
        batch.add_column(sa.Column("motto", sa.String(80), nullable=False, server_default="Welcome"))
{more}'''


def test_the_migrated_schema_is_the_schema_of_the_tables(db: Database) -> None:
    with db.reading() as session:
        connection = session.connection()
        context = MigrationContext.configure(
            connection, opts={"version_table": migrations.VERSION_TABLE, "compare_server_default": True}
        )
        ours = [difference for difference in compare_metadata(context, METADATA) if not _about_version(difference)]
        assert ours == [], 'write a migration: python -m workshop.storage.migrations "What changes"'
        found, wanted = _checks(connection), _checks_of_tables()
        assert {table: set(checks) for table, checks in found.items()} == {t: set(c) for t, c in wanted.items()}
        assert db.dialect == "postgresql" or found == wanted, "PostgreSQL words a check in its own way, SQLite does not"


def test_a_migrated_database_stands_at_the_newest_revision_once(db_url: str) -> None:
    for _ in range(2):
        Database.open(db_url).close()
    database = Database.open(db_url)
    with database.reading() as session:
        rows = session.connection().execute(text(f"SELECT version_num FROM {migrations.VERSION_TABLE}")).all()
    assert rows == [(migrations.head(),)]
    database.close()


def test_the_log_of_a_migrated_database_is_append_only_until_its_workshop_goes(db: Database) -> None:
    with db.writing() as session:
        row = a_workshop(session)
        log.record(session, row.id, actor="moderator", verb="opened", at=row.created_at)
    with pytest.raises(storage.IntegrityError, match="append-only"), db.writing() as session:
        session.connection().execute(text("UPDATE log_entry SET verb = 'closed'"))
    _log_is_still_append_only(db)
    with db.writing() as session:
        session.connection().execute(text("DELETE FROM workshop"))
        assert session.connection().execute(text("SELECT count(*) FROM log_entry")).scalar_one() == 0


def test_the_first_migration_can_be_written_anew_and_the_later_ones_stay(own_migrations: Path) -> None:
    first, *later = [(file, file.read_text()) for file in writing.written()]
    assert writing.rewrite_first() == first[0]
    assert [(file, file.read_text()) for file in writing.written()[1:]] == later


def test_every_migration_has_the_next_number_and_one_ancestor() -> None:
    scripts = list(ScriptDirectory.from_config(migrations.config()).walk_revisions())[::-1]
    assert [script.revision for script in scripts] == [f"{number:04d}" for number in range(1, len(scripts) + 1)]


def test_an_older_database_is_upgraded_and_keeps_its_rows_and_what_points_to_them(
    db_url: str, a_later_version: Callable[..., None], tmp_path: Path
) -> None:
    old = _a_room_in(db_url)
    a_later_version()
    database = Database.open(db_url, backup_folder=tmp_path / "copies")
    with database.reading() as session:
        mottos = session.connection().execute(text("SELECT code, motto FROM workshop")).all()
        topics = session.connection().execute(text("SELECT count(*) FROM topic_revision")).scalar_one()
        checks = _checks(session.connection())["workshop"]
    assert mottos == [(code, "Welcome") for code in old]
    assert topics == 1, "rebuilding the table of workshops must not delete what points to them"
    _log_is_still_append_only(database)
    assert set(checks) == {"ck_workshop_status"}, "rebuilding a table must not lose its checks"
    database.close()


def test_before_an_upgrade_of_sqlite_a_backup_is_made(
    sqlite_url: str, a_later_version: Callable[..., None], tmp_path: Path
) -> None:
    old = _a_room_in(sqlite_url)
    head = migrations.head()
    a_later_version()
    Database.open(sqlite_url).close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.endswith(f"-before-{head}.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert {code for (code,) in connection.execute("SELECT code FROM workshop")} == old
        assert connection.execute(f"SELECT version_num FROM {migrations.VERSION_TABLE}").fetchall() == [(head,)]


def test_no_backup_is_made_when_nothing_changes(sqlite_url: str, tmp_path: Path) -> None:
    for _ in range(2):
        Database.open(sqlite_url).close()
    assert not (tmp_path / "backups").exists()


def test_a_backup_that_fails_stops_the_upgrade_of_sqlite(
    sqlite_url: str, a_later_version: Callable[..., None], tmp_path: Path
) -> None:
    old = _a_room_in(sqlite_url)
    head = migrations.head()
    a_later_version()
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="could not be written"):
        Database.open(sqlite_url, backup_folder=tmp_path / "file")
    _is_still_at(head, old, sqlite_url)


@pytest.mark.parametrize(
    "failure",
    [
        '    op.execute("INSERT INTO no_such_table VALUES (1)")\n',
        "    raise ZeroDivisionError\n",
        '    op.execute("DELETE FROM workshop"); op.execute("COMMIT_IS_NOT_REACHED")\n',
    ],
)
def test_an_upgrade_that_fails_halfway_leaves_the_database_as_it_was(
    db_url: str, a_later_version: Callable[..., None], failure: str
) -> None:
    old = _a_room_in(db_url)
    head = migrations.head()
    a_later_version(failure)
    with pytest.raises(Exception, match=r"no_such_table|COMMIT_IS_NOT_REACHED|^$"):
        Database.open(db_url)
    _is_still_at(head, old, db_url)


def test_an_upgrade_that_leaves_rows_pointing_to_nothing_is_undone(
    sqlite_url: str, a_later_version: Callable[..., None]
) -> None:
    """Foreign keys are off while SQLite rebuilds tables, so somebody has to look."""
    old = _a_room_in(sqlite_url)
    head = migrations.head()
    a_later_version('    op.execute("DELETE FROM workshop")\n')
    with pytest.raises(Unavailable, match="topic_revision” point to nothing"):
        Database.open(sqlite_url)
    _is_still_at(head, old, sqlite_url)


def test_a_newer_database_is_refused_and_left_untouched(db_url: str, a_later_version: Callable[..., None]) -> None:
    later = a_later_version()
    Database.open(db_url).close()
    later.unlink()
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"written by a newer Roundtable .*9999.* Please install"):
            Database.open(db_url)


def test_a_postgresql_database_of_another_program_is_refused(pg_url: str) -> None:
    with psycopg.connect(pg_url) as connection:
        connection.execute("CREATE TABLE invoices (id int)")
        connection.execute("CREATE TABLE alembic_version (version_num text)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    with pytest.raises(Unavailable, match="alembic_version, invoices"):
        Database.open(pg_url)
    with psycopg.connect(pg_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        assert tables == (2,)


def test_programs_that_start_at_the_same_moment_find_one_database(db_url: str) -> None:
    assert _open_in_processes(db_url, 6) == [True] * 6
    database = Database.open(db_url)
    assert len(codes(database)) == 6
    database.close()


def test_programs_that_upgrade_at_the_same_moment_upgrade_once(
    db_url: str, a_later_version: Callable[..., None]
) -> None:
    _a_room_in(db_url)
    a_later_version()
    assert _open_in_processes(db_url, 4) == [True] * 4


def test_migrations_speak_of_plain_types_only_so_that_they_never_change_with_the_program() -> None:
    for script in writing.written():
        assert "workshop.storage" not in script.read_text()
        assert "sqlmodel" not in script.read_text()


def test_the_next_migration_is_written_with_the_next_number(
    own_migrations: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = len(writing.written()) + 1
    file = writing.write_next("Nothing is new")
    assert file == own_migrations / "versions" / f"v{number:04d}_nothing_is_new.py"
    assert file.read_text().rstrip().endswith("pass")


@pytest.fixture
def own_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the migrations that a test may add to."""
    copy = tmp_path_factory.mktemp("later") / "migrations"
    shutil.copytree(migrations.FOLDER, copy)
    monkeypatch.setattr(migrations, "FOLDER", copy)
    return copy


@pytest.fixture
def a_later_version(own_migrations: Path) -> Callable[..., Path]:
    """Pretend that a later version of the program is installed: one migration more, with `more` lines at its end."""

    def install(more: str = "") -> Path:
        file = own_migrations / "versions" / "v9999_later.py"
        file.write_text(NEXT.format(head=migrations.head(), more=more))
        return file

    return install


def _a_room_in(url: str) -> set[str]:
    database = Database.open(url)
    key = a_saved_workshop(database)
    with database.writing() as session:
        storage.announce(session, key, "room")
        log.record(session, key, actor="moderator", verb="opened", at=datetime(2026, 3, 4, tzinfo=UTC))
    old = codes(database)
    database.close()
    return old


def _log_is_still_append_only(database: Database) -> None:
    with pytest.raises(storage.IntegrityError, match="append-only"), database.writing() as session:
        session.connection().execute(text("DELETE FROM log_entry"))


def _is_still_at(head: str, old: set[str], url: str) -> None:
    connecting = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with connecting.connect() as connection:
        assert migrations.revision_of(connection) == head
        assert set(connection.execute(text("SELECT code FROM workshop")).scalars()) == old
        assert "motto" not in {column["name"] for column in inspect(connection).get_columns("workshop")}
    connecting.dispose()


def _open_in_processes(url: str, count: int) -> list[bool]:
    spawn = multiprocessing.get_context("fork")
    with spawn.Pool(count) as pool:
        return pool.map(_open_and_write, [(url, number) for number in range(count)], chunksize=1)


def _open_and_write(task: tuple[str, int]) -> bool:
    url, number = task
    database = Database.open(url)
    with database.writing() as session:
        a_workshop(session, code=f"P{number}", join_token=f"process-{number}")
    database.close()
    return True


def _about_version(difference: Any) -> bool:
    return isinstance(difference, tuple) and getattr(difference[1], "name", "") == migrations.VERSION_TABLE


def _checks(connection: Connection) -> dict[str, dict[str, str]]:
    found = {table: inspect(connection).get_check_constraints(table) for table in METADATA.tables}
    return {table: {str(check["name"]): check["sqltext"] for check in checks} for table, checks in found.items()}


def _checks_of_tables() -> dict[str, dict[str, str]]:
    fresh = create_engine("sqlite://")
    METADATA.create_all(fresh)
    with fresh.connect() as connection:
        checks = _checks(connection)
    fresh.dispose()
    return checks
