"""What reading and writing promise, on SQLite and PostgreSQL alike."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.storage.rows import a_saved_workshop, a_workshop, codes
from workshop import storage
from workshop.domain.change import Change
from workshop.errors import Unavailable
from workshop.storage import Database
from workshop.storage.tables import Workshop


def test_what_a_writing_block_did_is_there_for_the_next_reader(db: Database) -> None:
    with db.writing() as session:
        a_workshop(session, code="ROOM42")
    assert codes(db) == {"ROOM42"}


def test_a_writing_block_that_raises_leaves_nothing(db: Database) -> None:
    def write_and_fail() -> None:
        with db.writing() as session:
            a_workshop(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert codes(db) == set()


def test_what_is_saved_is_there_after_the_database_was_closed_and_opened(db_url: str) -> None:
    for code in ("ROOM01", "ROOM02"):
        database = Database.open(db_url)
        with database.writing() as session:
            a_workshop(session, code=code)
        database.close()
    database = Database.open(db_url)
    assert codes(database) == {"ROOM01", "ROOM02"}
    database.close()


def test_a_row_can_be_looked_at_after_its_session_closed(db: Database) -> None:
    with db.writing() as session:
        row = a_workshop(session, code="ROOM42")
    assert row.code == "ROOM42"


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_given_in(db: Database) -> None:
    tokyo = timezone(timedelta(hours=9))
    with db.writing() as session:
        key = a_workshop(session, ends_at=datetime(2026, 3, 4, 18, 30, tzinfo=tokyo)).id
    with db.reading() as session:
        ends_at = session.get_one(Workshop, key).ends_at
    assert ends_at == datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    assert ends_at.utcoffset() == timedelta(0)


def test_an_object_saved_while_reading_fails_loudly(db: Database) -> None:
    with pytest.raises(RuntimeError, match="writing"), db.reading() as session:
        a_workshop(session)
    assert codes(db) == set()


def test_an_object_left_unsaved_while_reading_fails_loudly(db: Database) -> None:
    with pytest.raises(RuntimeError, match="writing"), db.reading() as session:
        session.add(Workshop(code="ROOM42"))


def test_sql_that_writes_while_reading_fails_loudly(db: Database) -> None:
    a_saved_workshop(db)
    with pytest.raises(RuntimeError, match="writing"), db.reading() as session:
        session.connection().execute(text("DELETE FROM workshop"))
    assert len(codes(db)) == 1


def test_a_reader_sees_one_moment_even_when_others_write_meanwhile(db: Database) -> None:
    key = a_saved_workshop(db)
    with db.reading() as session:
        before = session.exec(select(Workshop.step_key)).one()
        with db.writing() as writer:
            writer.get_one(Workshop, key).step_key = "vote"
        assert session.exec(select(Workshop.step_key)).one() == before == "arrive"
    with db.reading() as session:
        assert session.exec(select(Workshop.step_key)).one() == "vote"


def test_all_reads_of_one_moment_see_the_same_even_when_others_write_meanwhile(db: Database) -> None:
    with db.one_moment():
        assert codes(db) == set()
        writer = threading.Thread(target=partial(a_saved_workshop, db, code="ROOM42"))
        writer.start()
        writer.join()
        with db.one_moment():
            assert codes(db) == set()
        assert codes(db) == set()
    assert codes(db) == {"ROOM42"}


def test_what_is_written_within_one_moment_fails_loudly_because_nobody_there_would_see_it(db: Database) -> None:
    with db.one_moment(), pytest.raises(RuntimeError, match="one_moment"), db.writing():
        pass
    a_saved_workshop(db, code="ROOM42")
    assert codes(db) == {"ROOM42"}


def test_one_moment_belongs_to_its_thread(db: Database) -> None:
    seen: list[set[str]] = []
    with db.one_moment():
        a_look = threading.Thread(target=lambda: (a_saved_workshop(db, code="ROOM42"), seen.append(codes(db))))
        a_look.start()
        a_look.join()
    assert seen == [{"ROOM42"}]


def test_a_broken_constraint_reaches_the_query_that_knows_what_it_means(db: Database) -> None:
    with db.writing() as session:
        a_workshop(session, code="ROOM42")
        with pytest.raises(storage.IntegrityError), session.begin_nested():
            a_workshop(session, code="ROOM42")
        a_workshop(session, code="ROOM43")
    assert codes(db) == {"ROOM42", "ROOM43"}


def test_a_row_that_points_to_nothing_is_refused(db: Database) -> None:
    with pytest.raises(storage.IntegrityError), db.writing() as session:
        storage.announce(session, uuid4(), "room")


def test_a_defect_of_ours_is_not_dressed_up_as_a_busy_database(db: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, db.reading() as session:
        session.connection().execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, Unavailable)


def test_many_threads_read_and_write_and_nobody_is_turned_away(db: Database) -> None:
    key = a_saved_workshop(db)
    failures: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(15):
                with db.writing() as session:
                    session.connection().execute(text("UPDATE workshop SET ideas_numbered = ideas_numbered + 1"))
                with db.reading() as session:
                    session.exec(select(Workshop.ideas_numbered)).one()
        except BaseException as error:  # noqa: BLE001 - shown below, in the test's own thread
            failures.append(error)

    _at_once([count_up] * 12)
    assert failures == []
    with db.reading() as session:
        assert session.get_one(Workshop, key).ideas_numbered == 12 * 15


def test_listeners_hear_what_was_announced_once_it_is_saved(db: Database) -> None:
    key = a_saved_workshop(db)
    heard: list[Change] = []
    known: list[dict[str, int]] = []

    def listen(changes: object) -> None:
        heard.extend(changes)  # type: ignore[call-overload]
        with db.reading() as session:
            known.append(storage.revisions_of(session, key))

    db.on_commit(listen)
    with db.writing() as session:
        storage.announce(session, key, "room", "people")
        assert heard == []
    assert heard == [Change(key, "people", 1), Change(key, "room", 1)]
    assert known == [{"people": 1, "room": 1}]


def test_listeners_hear_nothing_of_a_change_that_was_rolled_back(db: Database) -> None:
    key = a_saved_workshop(db)
    heard: list[object] = []
    db.on_commit(heard.append)

    def announce_and_fail() -> None:
        with db.writing() as session:
            storage.announce(session, key, "room")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        announce_and_fail()
    assert heard == []


def test_a_listener_that_fails_does_not_undo_the_change_or_silence_the_others(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    key = a_saved_workshop(db)
    heard: list[object] = []

    def fail(changes: object) -> None:
        raise ZeroDivisionError

    db.on_commit(fail)
    db.on_commit(heard.append)
    with db.writing() as session:
        storage.announce(session, key, "room")
    assert heard == [(Change(key, "room", 1),)]
    assert "a listener failed" in caplog.text


def test_a_listener_that_stopped_hears_nothing_more(db: Database) -> None:
    key = a_saved_workshop(db)
    heard: list[object] = []
    stop = db.on_commit(heard.append)
    stop()
    with db.writing() as session:
        storage.announce(session, key, "room")
    assert heard == []


def test_the_address_is_shown_without_its_password(pg_url: str) -> None:
    database = Database.open(pg_url.replace("postgres@", "postgres:geheim@"))
    assert "geheim" not in database.url_without_secret
    assert database.dialect == "postgresql"
    database.close()


def _at_once(tasks: list[object]) -> None:
    threads = [threading.Thread(target=task) for task in tasks]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
