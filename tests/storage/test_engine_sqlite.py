"""SQLite as we run it: durable, one writer at a time, and clear words when the disk or the file fails."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from tests.storage.rows import a_saved_workshop, a_workshop, codes
from tests.storage.small_disk import files_of_at_most
from workshop.errors import Unavailable
from workshop.storage import Database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "room.db"


@pytest.fixture
def room(file: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.mark.parametrize("way", ["reading", "writing"])
def test_every_connection_is_durable_and_checks_foreign_keys(room: Database, way: str) -> None:
    with getattr(room, way)() as session:
        assert _pragma(session, "journal_mode") == "wal"
        assert _pragma(session, "synchronous") == 2, "FULL: NORMAL loses what was shown as saved in a power cut"
        assert _pragma(session, "foreign_keys") == 1
        assert _pragma(session, "busy_timeout") == 10_000
        assert _pragma(session, "query_only") == (way == "reading")


def test_connections_opened_by_many_threads_at_once_are_durable_as_well(room: Database) -> None:
    seen: list[object] = []
    everybody_reads = threading.Barrier(12)

    def look() -> None:
        with room.reading() as session:
            everybody_reads.wait(timeout=10)
            seen.append(_pragma(session, "synchronous"))

    _at_once([look] * 12)
    assert seen == [2] * 12


def test_erased_text_does_not_stay_in_the_file(room: Database, file: Path) -> None:
    with room.writing() as session:
        a_workshop(session, event_text="the secret of the red door " * 200)
    with room.writing() as session:
        session.connection().execute(text("DELETE FROM workshop"))
    room.close()
    assert b"red door" not in file.read_bytes()


def test_writers_that_share_no_lock_wait_for_each_other(room: Database, file: Path) -> None:
    """Reading first and writing then is what breaks with a deferred BEGIN: see the next test."""
    second = Database.open(f"sqlite:///{file}")
    a_saved_workshop(room)
    assert _failures(room.writing, second.writing) == []
    second.close()


def test_without_begin_immediate_the_same_writers_are_turned_away(room: Database, file: Path) -> None:
    """The negative control of the test above."""
    second = Database.open(f"sqlite:///{file}")
    a_saved_workshop(room)
    for database in (room, second):
        _begin_deferred(database._writer)
    assert any("busy" in str(failure) for failure in _failures(room.writing, second.writing))
    second.close()


def test_a_database_that_somebody_else_keeps_locked_says_so_and_reads_go_on(
    room: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(file, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="busy; nothing of this was saved"), room.writing() as session:
            a_workshop(session)
        assert codes(room) == {"ROOM42"}
    with room.writing() as session:
        a_workshop(session, code="ROOM43")
    assert codes(room) == {"ROOM42", "ROOM43"}


def test_a_writer_that_waits_too_long_in_our_own_queue_is_told_so(
    room: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.storage.database._TURN_SECONDS", 0.05)
    refused: list[str] = []

    def knock() -> None:
        with pytest.raises(Unavailable) as caught, room.writing():
            raise AssertionError("must not come in")
        refused.append(str(caught.value))

    with room.writing():
        _at_once([knock])
    assert "busy" in refused[0]


def test_writing_inside_writing_is_a_defect_that_shows_at_once(room: Database) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"), room.writing(), room.writing():
        pass
    a_saved_workshop(room)


def test_a_second_program_may_come_and_go(room: Database, file: Path, tmp_path: Path) -> None:
    for number in range(3):
        second = Database.open(f"sqlite:///{file}")
        a_saved_workshop(second)
        second.close()
        room.backup(tmp_path / f"copy-{number}.db")
        a_saved_workshop(room)
    assert len(codes(room)) == 6


def test_a_full_disk_is_said_and_nothing_saved_before_is_lost(room: Database, file: Path) -> None:
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
        pages = _pragma(session, "page_count")
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unavailable, match="is full"), room.writing() as session:
        a_workshop(session, event_text="x" * 100_000)
    assert codes(room) == {"ROOM42"}
    with room.writing() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        a_workshop(session, code="ROOM43")
    assert codes(room) == {"ROOM42", "ROOM43"}


def test_a_disk_that_takes_no_more_bytes_is_said_and_writing_goes_on_when_it_does(room: Database, file: Path) -> None:
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
    with files_of_at_most(file.with_name("room.db-wal").stat().st_size):
        with pytest.raises(Unavailable, match="not saved"), room.writing() as session:
            a_workshop(session, event_text="x" * 100_000)
        assert codes(room) == {"ROOM42"}
    with room.writing() as session:
        a_workshop(session, code="ROOM43")
    assert codes(room) == {"ROOM42", "ROOM43"}
    assert room.check() == []


@pytest.mark.parametrize("part", ["room.db", "room.db-wal"])
def test_when_the_file_or_its_journal_is_deleted_nothing_more_is_accepted_and_reads_go_on(
    room: Database, file: Path, part: str
) -> None:
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
    assert codes(room) == {"ROOM42"}
    file.with_name(part).unlink()
    with pytest.raises(Unavailable, match="moved, deleted or replaced"), room.writing() as session:
        a_workshop(session)
    assert codes(room) == {"ROOM42"}


def test_when_a_backup_is_copied_over_the_running_database_nothing_more_is_accepted_and_nothing_is_mixed(
    room: Database, file: Path, tmp_path: Path
) -> None:
    copy = room.backup(tmp_path / "copy.db")
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
    assert codes(room) == {"ROOM42"}
    copy.replace(file)
    with pytest.raises(Unavailable, match="moved, deleted or replaced"), room.writing() as session:
        a_workshop(session)
    assert codes(room) == {"ROOM42"}
    room.close()
    with pytest.raises(Unavailable, match="db-wal does not belong to"):
        Database.open(f"sqlite:///{file}")


def test_a_file_deleted_in_the_middle_of_a_write_is_noticed_before_saved_is_said(room: Database, file: Path) -> None:
    heard: list[object] = []
    room.on_commit(heard.append)

    def write_while_the_file_goes() -> None:
        with room.writing() as session:
            a_workshop(session)
            file.unlink()

    with pytest.raises(Unavailable, match="moved, deleted or replaced"):
        write_while_the_file_goes()
    assert heard == []


def test_without_the_look_at_the_file_a_deleted_database_would_still_say_saved(room: Database, file: Path) -> None:
    """The negative control: SQLite itself writes happily into a file that has no name any more."""
    a_saved_workshop(room)
    file.unlink()
    with Session(room._writer) as session:
        a_workshop(session)
        session.commit()
    assert not file.exists()


def _failures(*ways: Callable[[], object]) -> list[BaseException]:
    """What goes wrong when each way of writing reads, thinks and writes, ten times, all at once."""
    failures: list[BaseException] = []

    def write(way: Callable[[], object]) -> None:
        for _ in range(10):
            try:
                with way() as session:  # type: ignore[attr-defined]
                    session.connection().execute(text("SELECT ideas_numbered FROM workshop")).all()
                    time.sleep(0.01)
                    session.connection().execute(text("UPDATE workshop SET ideas_numbered = ideas_numbered + 1"))
            except Unavailable as error:
                failures.append(error)

    _at_once([lambda way=way: write(way) for way in ways])
    return failures


def _begin_deferred(writer: Engine) -> None:
    (ours,) = list(writer.dispatch.begin)
    event.remove(writer, "begin", ours)
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))


def _at_once(tasks: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
