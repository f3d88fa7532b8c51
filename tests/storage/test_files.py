"""What is refused before a database is opened, and with which words."""

import os
import pwd
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.rows import a_workshop, codes
from workshop.errors import Unavailable
from workshop.storage import Database, files, place


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "room.db"


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path}/var/of/the/room.db").close()
    assert (tmp_path / "var/of/the/room.db").is_file()


def test_a_name_with_blanks_signs_and_letters_of_any_script_works(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path}/Räume & 会議 #1/100%.db").close()
    assert (tmp_path / "Räume & 会議 #1/100%.db").is_file()


def test_a_new_database_says_whose_it_is(file: Path) -> None:
    Database.open(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (files.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone()[0] >= 1


def test_making_a_database_leaves_nothing_else_behind(file: Path) -> None:
    Database.open(f"sqlite:///{file}").close()
    assert [path.name for path in file.parent.iterdir()] == ["room.db"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in _refusal(tmp_path)


def test_an_empty_file_is_refused(file: Path) -> None:
    file.touch()
    assert "is empty (0 bytes)" in _refusal(file)
    assert file.stat().st_size == 0


def test_a_text_file_is_refused_and_left_untouched(file: Path) -> None:
    file.write_text("Dear all, please find attached " * 100)
    before = file.read_bytes()
    assert "is not a database of Roundtable and was left untouched" in _refusal(file)
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_untouched(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE workshop (id TEXT)")
    before = file.read_bytes()
    assert "is not a database of Roundtable and was left untouched" in _refusal(file)
    assert file.read_bytes() == before


def test_a_damaged_database_is_refused(file: Path) -> None:
    database = Database.open(f"sqlite:///{file}")
    with database.writing() as session:
        for _ in range(50):
            a_workshop(session, event_text="x" * 5_000)
    database.close()
    with file.open("r+b") as handle:
        handle.seek(20 * 4096)
        handle.write(os.urandom(30 * 4096))
    assert "is damaged" in _refusal(file)


def test_a_database_cut_short_is_refused(file: Path) -> None:
    Database.open(f"sqlite:///{file}").close()
    with file.open("r+b") as handle:
        handle.truncate(file.stat().st_size // 2)
    assert "is damaged" in _refusal(file)


def test_a_journal_without_its_database_is_refused(file: Path) -> None:
    files.journal_of(file).write_bytes(b"what was saved last")
    assert "its journal room.db-wal is still there" in _refusal(file)
    assert not file.exists()


def test_a_backup_copied_over_a_crashed_database_does_not_meet_its_old_journal(file: Path, tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{file}")
    backup = database.backup(tmp_path / "backup.db")
    with database.writing() as session:
        a_workshop(session)
    crashed = files.journal_of(file).read_bytes()
    database.close()
    shutil.copy(backup, file)
    files.journal_of(file).write_bytes(crashed)
    assert "room.db-wal does not belong to" in _refusal(file)
    files.journal_of(file).unlink()
    database = Database.open(f"sqlite:///{file}")
    assert codes(database) == set()
    database.close()


def test_a_fifo_is_refused(file: Path) -> None:
    os.mkfifo(file)
    assert "is not a file" in _refusal(file)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://x/y",
        "roundtable.db",
        "sqlite:///a.db?mode=memory",
        "sqlite://host/a.db",
    ],
)
def test_an_address_that_cannot_hold_a_room_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(Unavailable, match=r"sqlite:///var/roundtable.db"):
        Database.open(url)


def test_a_folder_that_may_not_be_written_is_refused(readable_place: Path) -> None:
    assert "may not be written" in _refusal(readable_place / "room.db")
    assert "cannot be made" in _refusal(readable_place / "var" / "room.db")


def test_a_file_that_may_not_be_written_is_refused(readable_place: Path) -> None:
    _as_owner(lambda: readable_place.chmod(0o777))
    _as_owner((readable_place / "room.db").touch)
    _as_owner(lambda: (readable_place / "room.db").write_text("x"))
    _as_owner(lambda: (readable_place / "room.db").chmod(0o444))
    assert "may not be written" in _refusal(readable_place / "room.db")


def test_reads_go_on_when_the_place_becomes_read_only_and_a_write_says_so(readable_place: Path) -> None:
    _as_owner(lambda: readable_place.chmod(0o777))
    database = Database.open(f"sqlite:///{readable_place}/room.db")
    with database.writing() as session:
        a_workshop(session, code="ROOM42")
    _forget_connections(database)
    for part in readable_place.iterdir():
        _as_owner(lambda part=part: part.chmod(0o444))  # type: ignore[misc]
        _as_owner(lambda part=part: os.chown(part, 0, 0))  # type: ignore[misc]
    with pytest.raises(Unavailable, match="may not be written"), database.writing() as session:
        a_workshop(session)
    assert codes(database) == {"ROOM42"}
    database.close()


def test_a_network_share_is_recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = "server:/x /srv/the\\040room nfs4 rw 0 0\n/dev/vda / ext4 rw 0 0\n//nas/y /mnt cifs rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda path, encoding: mounts)
    assert place.on_network_share(Path("/srv/the room/var/room.db")) == "nfs4"
    assert place.on_network_share(Path("/mnt/room.db")) == "cifs"
    assert place.on_network_share(Path("/home/room.db")) is None
    assert place.on_network_share(Path("/srv/another/room.db")) is None


def _refusal(file: Path) -> str:
    with pytest.raises(Unavailable) as caught:
        Database.open(f"sqlite:///{file}")
    sentence = str(caught.value)
    assert "Please" in sentence, "the next step is missing"
    return sentence


def _forget_connections(database: Database) -> None:
    database._reader.dispose()
    database._writer.dispose()


@pytest.fixture
def readable_place() -> Iterator[Path]:
    """A folder that the test may read and not write. Under root the test becomes nobody for a while."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    yield folder
    _as_owner(lambda: folder.chmod(0o777))
    if os.getuid() == 0:
        os.seteuid(0)
    shutil.rmtree(folder)


def _as_owner(act: object) -> None:
    me = os.geteuid()
    if os.getuid() == 0:
        os.seteuid(0)
    try:
        act()  # type: ignore[operator]
    finally:
        os.seteuid(me)
