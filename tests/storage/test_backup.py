"""Backups made while the room goes on writing, checked before they carry their name."""

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.rows import a_workshop, codes
from workshop.errors import Unavailable
from workshop.storage import Database, backup


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path / 'room.db'}")
    yield database
    database.close()


def test_a_backup_opens_as_a_database_with_everything_in_it(room: Database, tmp_path: Path) -> None:
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
    copy = room.backup(tmp_path / "copies" / "monday.db")
    assert copy == tmp_path / "copies" / "monday.db"
    assert _codes_in(copy) == {"ROOM42"}
    assert [path.name for path in copy.parent.iterdir()] == ["monday.db"]


def test_backups_under_load_hold_all_that_was_saved_before_them_and_restore(room: Database, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with room.writing() as session:
                a_workshop(session, event_text="x" * 3_000)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = []
        for number in range(10):
            before = codes(room)
            copies.append((room.backup(tmp_path / f"copy-{number}.db"), before))
    finally:
        stop.set()
        writer.join()
    for copy, before in copies:
        assert _codes_in(copy) >= before


def test_erased_text_is_not_in_a_backup(room: Database, tmp_path: Path) -> None:
    with room.writing() as session:
        row = a_workshop(session, event_text="the secret of the red door " * 200)
    with room.writing() as session:
        session.delete(row)
    assert b"red door" not in room.backup(tmp_path / "copy.db").read_bytes()


def test_an_older_backup_is_replaced_by_the_newer_one(room: Database, tmp_path: Path) -> None:
    copy = room.backup(tmp_path / "copy.db")
    with room.writing() as session:
        a_workshop(session, code="ROOM42")
    room.backup(copy)
    assert _codes_in(copy) == {"ROOM42"}


@pytest.mark.parametrize("name", ["room.db", "room.db-wal", "room.db-shm"])
def test_a_backup_never_replaces_the_running_database(room: Database, tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable, match="belongs to the running database"):
        room.backup(tmp_path / name)


def test_a_backup_never_replaces_a_file_that_is_not_ours(room: Database, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    with pytest.raises(Unavailable, match="is not a backup of Roundtable"):
        room.backup(letter)
    assert letter.read_text() == "Dear all"


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(room: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable, match="could not be written"):
        room.backup(tmp_path / "file" / "copy.db")
    (tmp_path / "copy.db").mkdir()
    with pytest.raises(Unavailable):
        room.backup(tmp_path / "copy.db")
    assert list(tmp_path.glob(".*")) == []


def test_a_copy_that_fails_its_check_never_gets_its_name(
    room: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.storage.files.damage", lambda connection, check: ["a page is gone"])
    with pytest.raises(Unavailable, match="a page is gone"):
        room.backup(tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room.db", "room.db-shm", "room.db-wal"]


def test_only_the_newest_backups_of_our_own_names_are_kept(tmp_path: Path) -> None:
    ours = [tmp_path / f"roundtable-2026030{day}T093000Z-before-0001.db" for day in range(1, 7)]
    others = [tmp_path / "roundtable-final.db", tmp_path / "notes.txt"]
    for path in (*ours, *others):
        path.touch()
    backup.keep_newest(tmp_path, 2)
    assert sorted(tmp_path.iterdir()) == sorted([*ours[-2:], *others])


def test_a_new_name_is_one_of_ours_and_sorts_by_time(tmp_path: Path) -> None:
    backup.named(tmp_path, "before-0001").touch()
    backup.keep_newest(tmp_path, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def pg_room(pg_url: str) -> Iterator[Database]:
    database = Database.open(pg_url)
    yield database
    database.close()


def test_on_postgresql_without_pg_dump_a_sentence_says_what_to_do(
    pg_room: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pg_dump, which is not installed here"):
        pg_room.backup(tmp_path / "copy.dump")


def test_on_postgresql_pg_dump_is_run_without_the_password_on_its_command_line(
    pg_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(pg_url.replace("postgres@", "postgres:geheim@"))
    _pretend_pg_dump(tmp_path, 'echo "$@" > "$HERE/words"; echo "$PGPASSWORD" > "$HERE/secret"; touch "${3#--file=}"')
    monkeypatch.setenv("HERE", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert database.backup(tmp_path / "copy.dump").exists()
    database.close()
    assert (tmp_path / "secret").read_text() == "geheim\n"
    assert "geheim" not in (tmp_path / "words").read_text()


def test_on_postgresql_the_complaint_of_pg_dump_is_passed_on(
    pg_room: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend_pg_dump(tmp_path, "echo server version mismatch >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(Unavailable, match="pg_dump says “server version mismatch”"):
        pg_room.backup(tmp_path / "copy.dump")
    assert not (tmp_path / "copy.dump").exists()


def _pretend_pg_dump(folder: Path, script: str) -> None:
    program = folder / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    subprocess.run(["sh", "-n", program], check=True)


def _codes_in(copy: Path) -> set[str]:
    restored = Database.open(f"sqlite:///{copy}")
    try:
        assert restored.check() == []
        return codes(restored)
    finally:
        restored.close()
