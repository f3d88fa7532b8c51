"""Other processes: what they commit reaches our feed, on SQLite and on PostgreSQL."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.live.served import EVENT
from workshop.live import Feed, Subscription
from workshop.live.watch import Watch, watch_database
from workshop.services import topics, workshops
from workshop.storage import Database

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from uuid import UUID
from workshop.storage import Database, announce
db = Database.open(sys.argv[1])
for _ in range(int(sys.argv[3])):
    with db.writing() as session:
        announce(session, UUID(sys.argv[2]), "people")
db.close()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "pg_url"))


@contextmanager
def watched(url: str) -> Iterator[tuple[Database, UUID, Subscription, Watch]]:
    db, feed = Database.open(url), Feed()
    workshop_id = workshops.create(db, EVENT.read_text(encoding="utf-8")).id
    watch = watch_database(feed, url, partial(topics.revisions, db))
    with feed.subscribe(workshop_id) as reader:
        watch.start()
        try:
            yield db, workshop_id, reader, watch
        finally:
            watch.stop()
            db.close()


def write_elsewhere(url: str, workshop_id: UUID, times: int = 1) -> None:
    subprocess.run([sys.executable, "-c", WRITER, url, str(workshop_id), str(times)], cwd=ROOT, check=True, timeout=60)


def heard(reader: Subscription, wanted: Callable[[dict[str, int]], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if wanted(reader.wait(0.2)):
            return True
    return False


def test_a_commit_of_another_process_is_heard(url: str) -> None:
    with watched(url) as (_, workshop_id, reader, _watch):
        write_elsewhere(url, workshop_id, times=3)
        assert heard(reader, lambda changed: changed.get("people") == 3)


def test_the_watch_ends_when_it_is_told_to(url: str) -> None:
    with watched(url) as (_, _id, _reader, watch):
        begin = time.monotonic()
        watch.stop()
        assert time.monotonic() - begin < 3
        assert not watch.is_running


def test_a_broken_connection_to_postgresql_loses_nothing(pg_url: str) -> None:
    with watched(pg_url) as (_, workshop_id, reader, _watch):
        write_elsewhere(pg_url, workshop_id)
        assert heard(reader, lambda changed: "people" in changed)
        with psycopg.connect(pg_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND query LIKE 'LISTEN%' AND datname = current_database()"
            )
        write_elsewhere(pg_url, workshop_id)
        assert heard(reader, lambda changed: changed.get("people") == 2)
