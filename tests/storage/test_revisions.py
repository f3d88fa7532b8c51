"""Revisions: each change of a topic counts it up by one, whoever changes it at the same time."""

import threading
from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.storage.rows import a_saved_workshop
from workshop import storage
from workshop.domain.change import Change
from workshop.storage import Database
from workshop.storage.revisions import CHANNEL


def test_a_topic_counts_up_by_one_with_every_transaction(db: Database) -> None:
    key = a_saved_workshop(db)
    for _ in range(3):
        with db.writing() as session:
            storage.announce(session, key, "board")
    assert _revisions(db, key) == {"board": 3}


def test_a_topic_announced_twice_in_one_transaction_counts_once(db: Database) -> None:
    key = a_saved_workshop(db)
    with db.writing() as session:
        storage.announce(session, key, "board", "people")
        storage.announce(session, key, "board")
    assert _revisions(db, key) == {"board": 1, "people": 1}


def test_each_workshop_counts_for_itself(db: Database) -> None:
    one, other = a_saved_workshop(db), a_saved_workshop(db)
    with db.writing() as session:
        storage.announce(session, one, "board")
    assert _revisions(db, other) == {}


def test_a_change_cannot_be_announced_while_reading(db: Database) -> None:
    with pytest.raises(RuntimeError, match="writing session"), db.reading() as session:
        storage.announce(session, uuid4(), "board")


def test_writers_of_the_same_topics_in_any_order_never_block_each_other_and_no_number_is_given_twice(
    db: Database,
) -> None:
    key = a_saved_workshop(db)
    topics = ["board", "counters", "people", "room"]
    heard: list[Change] = []
    failures: list[BaseException] = []
    db.on_commit(heard.extend)

    def write(order: Sequence[str]) -> None:
        try:
            for _ in range(10):
                with db.writing() as session:
                    for topic in order:
                        storage.announce(session, key, topic)
        except BaseException as error:  # noqa: BLE001 - shown below, in the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=write, args=(topics if i % 2 else topics[::-1],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for topic in topics:
        assert sorted(change.revision for change in heard if change.topic == topic) == list(range(1, 81))


def test_another_replica_hears_a_change_when_it_is_committed_and_not_before(pg_url: str) -> None:
    database = Database.open(pg_url)
    key = a_saved_workshop(database)
    with psycopg.connect(pg_url, autocommit=True) as replica:
        replica.execute(f"LISTEN {CHANNEL}")
        with database.writing() as session:
            storage.announce(session, key, "table:7 b", "room")
            assert list(replica.notifies(timeout=0.1)) == []
        heard = [Change.from_line(notice.payload) for notice in replica.notifies(timeout=5, stop_after=2)]
    assert heard == [Change(key, "room", 1), Change(key, "table:7 b", 1)]
    database.close()


def _revisions(db: Database, workshop_id: UUID) -> dict[str, int]:
    with db.reading() as session:
        return storage.revisions_of(session, workshop_id)
