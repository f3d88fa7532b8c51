"""Workshops: started from an event, found by code, resumed after a restart, rehearsals cleared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.room import EVENT, Room
from workshop.errors import Invalid, NotFound
from workshop.services import workshops
from workshop.storage import Database

HARBOUR = EVENT.with_name("harbour-2027.toml")


def test_a_code_has_six_letters_that_nobody_mistakes(room: Room) -> None:
    code = workshops.of(room.db, room.observer).code
    assert len(code) == 6
    assert not set(code) & set("0O1IL")


def test_a_restart_resumes_the_newest_real_workshop(db: Database) -> None:
    real = workshops.create(db, EVENT.read_text(encoding="utf-8"))
    workshops.create(db, EVENT.read_text(encoding="utf-8"), rehearsal=True)
    assert workshops.resume_or_create(db, EVENT).id == real.id


def test_clearing_rehearsals_leaves_real_workshops(db: Database) -> None:
    real = workshops.create(db, EVENT.read_text(encoding="utf-8"))
    played = workshops.create(db, EVENT.read_text(encoding="utf-8"), rehearsal=True)
    assert workshops.clear_rehearsals(db) >= 1
    assert workshops.find(db, real.code) is not None
    assert workshops.find(db, played.code) is None


def test_a_removed_workshop_is_named_as_gone(db: Database) -> None:
    room = Room(db)
    with db.writing() as session:
        workshops.rows.remove(session, room.id)
    with pytest.raises(NotFound, match="removed"):
        workshops.of(db, room.observer)


def test_an_event_with_three_sides_runs_as_well(db: Database) -> None:
    view = workshops.create(db, HARBOUR.read_text(encoding="utf-8"))
    assert len(workshops.every(db)[0].event.sides) == len(view.event.sides) == 3


def test_an_event_file_that_is_missing_says_which_setting_to_check(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url)
    with pytest.raises(Invalid, match="ROUNDTABLE_EVENT"):
        workshops.resume_or_create(database, tmp_path / "missing.toml")
    database.close()
