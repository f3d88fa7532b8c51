"""Several replicas on one database that do the same thing at the same moment, mostly for the first time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from subprocess import PIPE
from uuid import uuid4

import pytest

from tests.services.room import EVENT, Room, at_once
from workshop.domain.room import WorkshopView
from workshop.errors import NotFound
from workshop.services import access, clock, people, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.services.people import JoinForm
from workshop.storage import Database, vectors
from workshop.storage import people as people_rows

ROOT = Path(__file__).parents[2]
MANY = 8


START = """
import sys
from workshop import settings
from workshop.services import installation, retention, workshops

def together(what):
    print(what, flush=True)
    sys.stdin.readline()

together("here")
house = installation.current()
together(house.signer.sign("a value", purpose="test"))
room = workshops.resume_or_create(house.db, settings.current().event_file)
together(room.code)
retention.purge(house.db, backup_folder=house.settings.backup_folder)
installation.close()
"""


@pytest.fixture
def replicas(db_url: str) -> Iterator[list[Database]]:
    with ExitStack() as opened:
        databases = [Database.open(db_url) for _ in range(MANY)]
        for database in databases:
            opened.callback(database.close)
        yield databases


def test_replicas_that_start_at_once_on_an_empty_database_are_one_room(pg_url: str, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": pg_url, "ROUNDTABLE_VAR": str(tmp_path / "var")}
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", START], cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [_together(starting) for _ in ("here", "one key", "one room")]
    ended = [process.communicate(timeout=60)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], ended
    assert [len(set(answers)) for answers in said] == [1, 1, 1], said


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_whoever_looks_for_the_room_at_the_same_moment_finds_the_same_one(
    request: pytest.FixtureRequest, dialect: str
) -> None:
    url = str(request.getfixturevalue("sqlite_url" if dialect == "sqlite" else "pg_url"))
    with ExitStack() as opened:
        databases = [Database.open(url) for _ in range(MANY)]
        for database in databases:
            opened.callback(database.close)
        rooms = at_once([partial(workshops.resume_or_create, database, EVENT) for database in databases])
        assert len({room.id for room in rooms if isinstance(room, WorkshopView)}) == 1, rooms
        assert [type(room) for room in rooms] == [WorkshopView] * MANY


def test_wrong_codes_at_the_same_moment_are_counted_and_answered(replicas: list[Database]) -> None:
    answers = at_once(
        [partial(access.observe, database, "WRONGS", device=f"guesser {n}") for n, database in enumerate(replicas)]
    )
    assert [type(answer) for answer in answers] == [NotFound] * MANY
    with replicas[0].reading() as session:
        assert access.guessing.rows.guesses(session, "room")[0] >= MANY


def test_a_personal_link_that_two_replicas_hear_of_brings_one_person(replicas: list[Database]) -> None:
    room = Room(replicas[0])
    ada = room.joins("Ada")
    link = people.personal_link(room.db, ada)
    answers = at_once([partial(people.come_back, database, link, device="her laptop") for database in replicas])
    assert {answer.participant_id for answer in answers if isinstance(answer, ParticipantBadge)} == {ada.participant_id}
    assert [type(answer) for answer in answers] == [ParticipantBadge] * MANY
    assert len(access.seats(room.db, room.id, device="her laptop")) == 1


def test_a_tablet_is_opened_once(replicas: list[Database]) -> None:
    room = Room(replicas[0])
    answers = at_once(
        [
            partial(people.open_tablet, database, room.observer, room.tables[0], device="the tablet")
            for database in replicas
        ]
    )
    assert [type(answer) for answer in answers] == [ScribeBadge] * MANY, answers


def test_colleagues_who_join_at_the_same_moment_are_all_in(replicas: list[Database]) -> None:
    room = Room(replicas[0])
    forms = [JoinForm(f"Person {n}", "eu", room.tables[n], "Port of Rotterdam", consent=True) for n in range(MANY)]
    answers = at_once(
        [
            partial(people.join, database, room.observer, form, device=f"phone {n}")
            for n, (database, form) in enumerate(zip(replicas, forms, strict=True))
        ]
    )
    assert [type(answer) for answer in answers] == [ParticipantBadge] * MANY, answers
    assert {person.organisation for person in people.roster(room.db, room.moderator)} == {"Port of Rotterdam"}
    with room.db.reading() as session:
        assert len(people_rows.organisations(session, room.id)) == 1


def test_two_desks_may_keep_the_same_vectors_at_the_same_moment(replicas: list[Database]) -> None:
    fresh = {f"{uuid4()} {number}": b"\x00" * 2048 for number in range(200)}

    def keep(database: Database) -> None:
        with database.writing() as session:
            vectors.keep(session, fresh, at=clock.now())

    assert at_once([partial(keep, database) for database in replicas]) == [None] * MANY
    with replicas[0].reading() as session:
        assert vectors.known(session, fresh.keys()) == fresh


def _together(processes: list[subprocess.Popen[str]]) -> list[str]:
    """Wait until everybody has said their line, then let all go on."""
    said = [process.stdout.readline().strip() if process.stdout else "" for process in processes]
    for process in processes:
        if process.stdin:
            process.stdin.write("go\n")
            process.stdin.flush()
    return said
