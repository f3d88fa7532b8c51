"""The log of a running workshop: one chain, which nobody changes unseen and the database itself protects."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import ideas, log, people
from workshop.storage import Database
from workshop.storage import workshops as workshop_rows
from workshop.storage.migrations.versions import v0002_the_log_is_append_only as protection

PROTECTION = ("log_entry_stays_as_it_is", "log_entry_stays")


@pytest.fixture
def busy(room: Room) -> Room:
    """A room in which a few things have happened."""
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    for number in range(3):
        room.has_sent(ana, f"Idea {number}", published=True)
    return room


def unprotected(db: Database, statement: str, **values: object) -> None:
    """Change the log the way somebody with the database's password could."""
    with db.writing() as session:
        on = " ON log_entry" if db.dialect == "postgresql" else ""
        for trigger in PROTECTION:
            session.connection().execute(text(f"DROP TRIGGER IF EXISTS {trigger}{on}"))
        if db.dialect == "postgresql":
            session.connection().execute(text("DROP FUNCTION IF EXISTS log_entry_stays"))
        session.connection().execute(text(statement), values)
        for creation in protection.SQLITE if db.dialect == "sqlite" else protection.POSTGRESQL:
            session.connection().exec_driver_sql(creation)


def hex_id(room: Room) -> str:
    return room.id.hex if room.db.dialect == "sqlite" else str(room.id)


def test_the_chain_of_a_busy_room_holds(busy: Room) -> None:
    entries = log.entries(busy.db, busy.moderator)
    assert [entry.sequence for entry in entries] == list(range(1, 8))
    assert [entry.verb for entry in entries] == ["step", *["submit", "publish"] * 3]
    assert log.verify(busy.db, busy.organiser) is None


def test_an_empty_log_holds(room: Room) -> None:
    assert log.entries(room.db, room.organiser) == ()
    assert log.verify(room.db, room.organiser) is None


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE log_entry SET verb = 'nothing' WHERE workshop_id = :room AND sequence = 4", 4),
        ("UPDATE log_entry SET details = '[9]' WHERE workshop_id = :room AND sequence = 2", 2),
        ("DELETE FROM log_entry WHERE workshop_id = :room AND sequence = 3", 3),
        ("DELETE FROM log_entry WHERE workshop_id = :room AND sequence = 7", 7),
        ("DELETE FROM log_entry WHERE workshop_id = :room", 1),
        ("UPDATE workshop SET log_head = 'other' WHERE id = :room", 7),
    ],
)
def test_a_changed_removed_or_cut_off_entry_is_found(busy: Room, tampering: str, found: int) -> None:
    unprotected(busy.db, tampering, room=hex_id(busy))
    assert log.verify(busy.db, busy.moderator) == found


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE log_entry SET verb = 'nothing' WHERE workshop_id = :room",
        "DELETE FROM log_entry WHERE workshop_id = :room AND sequence = 7",
        "DELETE FROM log_entry WHERE workshop_id = :room",
    ],
)
def test_the_database_refuses_to_change_or_delete_entries(busy: Room, tampering: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), busy.db.writing() as session:
        session.connection().execute(text(tampering), {"room": hex_id(busy)})
    assert log.verify(busy.db, busy.moderator) is None


def test_the_log_goes_when_the_whole_workshop_is_purged(busy: Room) -> None:
    with busy.db.writing() as session:
        workshop_rows.remove(session, busy.id)
    assert log.entries(busy.db, busy.moderator) == ()


def test_the_chain_still_holds_when_a_person_was_erased_and_names_nobody(busy: Room) -> None:
    ana = busy.joins("Ana")
    people.erase(busy.db, busy.organiser, ana.participant_id)
    assert log.verify(busy.db, busy.moderator) is None
    assert "Ana" not in repr(log.entries(busy.db, busy.moderator))


def test_entries_written_at_the_same_moment_form_one_chain(room: Room) -> None:
    someone = [room.joins(f"Person {number}", table=number) for number in range(10)]
    room.opens(StepKind.SHARE)
    at_once([partial(ideas.submit, room.db, person, IdeaDraft("One")) for person in someone])
    assert len(log.entries(room.db, room.moderator)) == 11
    assert log.verify(room.db, room.moderator) is None
