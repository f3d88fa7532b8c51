"""PostgreSQL as we use it: connections that died are replaced, and what the server refuses is said in a sentence."""

import socket
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import text

from tests.storage.rows import a_saved_workshop, a_workshop, codes
from workshop.errors import Unavailable
from workshop.storage import Database


@pytest.fixture
def room(pg_url: str) -> Iterator[Database]:
    database = Database.open(pg_url)
    yield database
    database.close()


def test_a_server_that_does_not_run_is_named_with_the_next_step() -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
    with pytest.raises(Unavailable, match=rf"{address}/room cannot be used .*refused.* Please check") as caught:
        Database.open(f"postgresql://anna:geheim@{address}/room")
    assert "geheim" not in str(caught.value)


def test_a_database_that_does_not_exist_is_named(pg_url: str) -> None:
    with pytest.raises(Unavailable, match="no_such_room"):
        Database.open(pg_url.rsplit("/", 1)[0] + "/no_such_room")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_common_spelling_of_the_address_works(pg_url: str, scheme: str) -> None:
    database = Database.open(pg_url.replace("postgresql", scheme))
    assert database.dialect == "postgresql"
    database.close()


def test_a_connection_that_died_in_the_pool_is_replaced_without_a_word(room: Database, pg_url: str) -> None:
    a_saved_workshop(room)
    _hang_up(pg_url)
    a_saved_workshop(room)
    assert len(codes(room)) == 2


def test_a_connection_that_dies_in_the_middle_of_a_write_saves_nothing_and_says_so(room: Database, pg_url: str) -> None:
    def write_while_the_line_breaks() -> None:
        with room.writing() as session:
            a_workshop(session)
            _hang_up(pg_url)

    with pytest.raises(Unavailable, match="cannot be reached; this was not saved"):
        write_while_the_line_breaks()
    assert codes(room) == set()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "is full"),
        ("53300", "is busy"),
        ("40P01", "is busy"),
        ("40001", "is busy"),
        ("55P03", "is busy"),
        ("57014", "is busy"),
        ("57P01", "cannot be reached"),
        ("58030", "did not answer"),
        ("XX001", "is damaged"),
    ],
)
def test_what_the_server_complains_about_is_said_in_our_words(room: Database, state: str, words: str) -> None:
    with pytest.raises(Unavailable, match=words), room.writing() as session:
        session.connection().execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"))


def test_a_server_that_became_read_only_says_so_and_reads_go_on(room: Database, pg_url: str) -> None:
    a_saved_workshop(room)
    with psycopg.connect(pg_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    _hang_up(pg_url)
    with pytest.raises(Unavailable, match="takes no writes"), room.writing() as session:
        a_workshop(session)
    assert len(codes(room)) == 1


def test_a_server_that_became_read_only_is_not_ready_although_it_begins_transactions(
    room: Database, pg_url: str
) -> None:
    room.must_be_ready()
    with psycopg.connect(pg_url, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET default_transaction_read_only = on')
    _hang_up(pg_url)
    with room.writing():
        pass
    with pytest.raises(Unavailable, match="takes no writes"):
        room.must_be_ready()


def test_every_connection_has_our_time_limits_and_speaks_utc(room: Database) -> None:
    with room.reading() as session:
        shown = {
            name: session.connection().execute(text(f"SHOW {name}")).scalar_one()
            for name in ("statement_timeout", "lock_timeout", "timezone", "transaction_isolation")
        }
    assert shown == {
        "statement_timeout": "15s",
        "lock_timeout": "10s",
        "timezone": "UTC",
        "transaction_isolation": "repeatable read",
    }
    with room.writing() as session:
        assert session.connection().execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"
        assert session.connection().execute(text("SHOW transaction_read_only")).scalar_one() == "off"


def test_two_writers_do_not_wait_for_each_other(room: Database) -> None:
    with room.writing() as one:
        a_workshop(one, code="ROOM01")
        with room.writing() as other:
            a_workshop(other, code="ROOM02")
    assert codes(room) == {"ROOM01", "ROOM02"}


def test_a_server_that_may_lose_what_was_saved_is_a_finding(room: Database) -> None:
    """The server of the tests runs without fsync, so that they are fast."""
    assert any("fsync = off" in finding for finding in room.check())


def _hang_up(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
