import sqlite3
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import func, select

from tests.services.room import EVENT, Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.introduction import Introduction
from workshop.errors import NotAllowed, NotFound, Unavailable
from workshop.services import (
    access,
    backups,
    clock,
    frozen_reports,
    ideas,
    people,
    rehearsals,
    retention,
    share_links,
    speaker_notes,
    themes,
    workshops,
)
from workshop.storage import Database, Session
from workshop.storage import flags as flag_rows
from workshop.storage import introductions as introduction_rows
from workshop.storage import ratings as rating_rows
from workshop.storage import wall_pictures as wall_picture_rows
from workshop.storage.tables import METADATA, TextVector

OPENED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DAYS = 30
LATER = timedelta(days=DAYS, minutes=1)


@pytest.fixture
def db(request: pytest.FixtureRequest, db_url: str, tmp_path: Path):
    """A database that no other test has left anything in: this is about deleting."""
    if db_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'roundtable.sqlite3'}"
    else:
        url = request.getfixturevalue("pg_url")
    database = Database.open(url)
    yield database
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "backups"
    place.mkdir()
    return place


def opened(db: Database, at: datetime = OPENED, **changes: object) -> Room:
    with clock.frozen(at):
        return Room(db, **changes)


def lived_in(db: Database, at: datetime = OPENED) -> Room:
    """A room with one person and one idea."""
    room = opened(db, at)
    with clock.frozen(at):
        ada = room.joins("Ada Lovelace", organisation="Wind Valley")
        room.opens(StepKind.WRITE)
        ideas.submit(db, ada, IdeaDraft("A secret corridor", "For hydrogen."))
    return room


def purged(db: Database, folder: Path, at: datetime) -> retention.Purged:
    with clock.frozen(at):
        return retention.purge(db, backup_folder=folder)


def backup(folder: Path, at: datetime) -> Path:
    path = folder / f"roundtable-{at:%Y%m%dT%H%M%SZ}-by-hand.db"
    path.write_text("a copy")
    return path


def test_when_its_days_are_over_a_workshop_is_erased_with_everybody_in_it(db: Database, folder: Path):
    room = lived_in(db)
    code = workshops.of(db, room.organiser).code
    assert purged(db, folder, OPENED + LATER).workshops == (code,)
    with pytest.raises(NotFound):
        workshops.of(db, room.organiser)
    with pytest.raises(NotAllowed):
        access.participant(db, room.id, device=f"phone of Ada Lovelace in {room.id}")


def test_no_table_keeps_a_row_of_what_was_erased(db: Database, folder: Path):
    with clock.frozen(OPENED):
        rehearsal = rehearsals.prepare(db, EVENT.with_name("harbour-2027.toml"), number=12)
        rehearsals.play(db, rehearsal)
        flagged(db, rehearsal.view.id)
        introduced_and_rated(db, rehearsal.view.id)
        _, organiser = access.for_command_line(rehearsal.view.id)
        frozen_reports.freeze(db, organiser, seen=0)
        speaker_notes.write(db, organiser, "numbers", "Good morning.", seen=0)
        share_links.make(db, organiser)
    assert {"introduction", "rating", "wall_picture", "frozen_report", "speaker_note", "share_link"} <= filled(db)
    assert {"participant", "device", "seat", "idea", "ready", "flag", "vote", "theme_board", "log_entry"} <= filled(db)
    assert "theme_proposal" in filled(db)
    purged(db, folder, OPENED + LATER)
    assert filled(db) == set()


def flagged(db: Database, workshop_id: UUID) -> None:
    _, organiser = access.for_command_line(workshop_id)
    idea, person = ideas.board(db, access.watch(db, workshop_id))[0], people.roster(db, organiser)[0]
    with db.writing() as session:
        flag_rows.put(session, [person.id], idea.id, "a theme", flagged=True)


def introduced_and_rated(db: Database, workshop_id: UUID) -> None:
    _, organiser = access.for_command_line(workshop_id)
    idea, person = ideas.board(db, access.watch(db, workshop_id))[0], people.roster(db, organiser)[0]
    with db.writing() as session:
        introduction_rows.put(session, workshop_id, person.id, Introduction(("A test site",)), at=OPENED)
        rating_rows.add(session, workshop_id, person.id, [idea.id], after=0)
        wall_picture_rows.put(session, workshop_id, "bridge")


def filled(db: Database) -> set[str]:
    """The tables that hold anything."""
    with db.reading() as session:
        connection = session.connection()
        return {name for name, table in METADATA.tables.items() if connection.execute(select(table)).first()}


def test_a_day_before_nothing_is_erased(db: Database, folder: Path):
    room = lived_in(db)
    assert purged(db, folder, OPENED + LATER - timedelta(days=1)) == retention.Purged((), ())
    assert len(people.roster(db, room.organiser)) == 1


def test_another_workshop_keeps_everything(db: Database, folder: Path):
    lived_in(db)
    younger = lived_in(db, OPENED + timedelta(days=20))
    assert len(purged(db, folder, OPENED + LATER).workshops) == 1
    assert [person.name for person in people.roster(db, younger.organiser)] == ["Ada Lovelace"]
    assert ideas.counters(db, younger.organiser).ideas == 1


def test_the_days_are_those_of_the_event(db: Database, folder: Path):
    text = EVENT.read_text(encoding="utf-8").replace("retention_days = 30", "retention_days = 5")
    text = text.replace("erased after 30 days", "erased after 5 days")
    with clock.frozen(OPENED):
        view = workshops.create(db, text)
        observer = access.watch(db, view.id)
        table = people.tables(db, observer)[0].id
        people.join(db, observer, people.JoinForm("Ada", "eu", table, consent=True), device="a phone")
    assert purged(db, folder, OPENED + timedelta(days=4)).workshops == ()
    assert purged(db, folder, OPENED + timedelta(days=6)).workshops == (view.code,)


def test_a_room_that_is_prepared_and_that_nobody_has_entered_is_never_taken_away(db: Database, folder: Path):
    room = opened(db)
    assert purged(db, folder, OPENED + timedelta(days=300)).workshops == ()
    assert workshops.of(db, room.organiser).id == room.id


def test_a_planned_end_in_the_future_is_waited_for(db: Database, folder: Path):
    ends = datetime(2026, 5, 20, 10, 20, tzinfo=UTC)  # 12:20 in Copenhagen
    room = opened(db, date="2026-05-20")
    with clock.frozen(OPENED):
        room.joins("Ada")
    assert purged(db, folder, ends + timedelta(days=DAYS, minutes=-1)).workshops == ()
    assert len(purged(db, folder, ends + timedelta(days=DAYS, minutes=1)).workshops) == 1


def test_a_planned_end_many_years_ahead_is_a_typing_error_and_keeps_nothing_for_ever(db: Database, folder: Path):
    room = opened(db, date="2099-05-20")
    with clock.frozen(OPENED):
        room.joins("Ada")
    assert len(purged(db, folder, OPENED + timedelta(days=366 + DAYS + 1)).workshops) == 1


def test_a_room_in_use_is_not_taken_away_although_it_was_opened_long_ago(db: Database, folder: Path):
    """Opened in March with the built-in date of 2018, used in June: a restart in the middle must not empty the room."""
    room = opened(db)
    june = OPENED + timedelta(days=100)
    with clock.frozen(june):
        room.joins("Ada")
    assert purged(db, folder, june + timedelta(minutes=5)).workshops == ()
    assert len(purged(db, folder, june + LATER).workshops) == 1


def test_rehearsals_go_after_the_same_days_whatever_the_date_of_their_event(db: Database, folder: Path):
    harbour = EVENT.with_name("harbour-2027.toml")
    with clock.frozen(OPENED):
        rehearsals.play(db, rehearsals.prepare(db, harbour, number=4))
    assert len(purged(db, folder, OPENED + timedelta(days=15)).workshops) == 1


def test_backups_that_may_hold_an_erased_workshop_go_with_it(db: Database, folder: Path):
    lived_in(db)
    held = backup(folder, OPENED + timedelta(days=25))
    gone = purged(db, folder, OPENED + LATER)
    assert gone.backups == (held.name,)
    assert not held.exists()


def test_a_backup_from_before_the_workshop_stays_until_its_own_days_are_over(db: Database, folder: Path):
    lived_in(db)
    lived_in(db, OPENED + timedelta(days=25))
    earlier = backup(folder, OPENED - timedelta(days=1))
    assert purged(db, folder, OPENED + timedelta(days=10)).backups == ()
    assert purged(db, folder, OPENED + timedelta(days=29, minutes=1)).backups == (earlier.name,)


def test_without_any_workshop_old_backups_go_after_the_usual_days(db: Database, folder: Path):
    old = backup(folder, OPENED)
    young = backup(folder, OPENED + timedelta(days=20))
    assert purged(db, folder, OPENED + LATER).backups == (old.name,)
    assert young.exists()


def test_only_files_that_carry_a_name_of_ours_are_deleted(db: Database, folder: Path):
    mine = folder / "roundtable-before-christmas.db"
    mine.write_text("put here by somebody")
    other = folder / "roundtable-99999999T999999Z-by-hand.db"
    other.write_text("no moment")
    purged(db, folder, OPENED + timedelta(days=4000))
    assert mine.exists()
    assert other.exists()


def test_a_backup_that_cannot_be_deleted_is_told_and_the_workshop_stays_for_the_next_try(db: Database, folder: Path):
    room = lived_in(db)
    stuck = folder / f"roundtable-{OPENED + timedelta(days=2):%Y%m%dT%H%M%SZ}-by-hand.db"
    stuck.mkdir()  # a folder cannot be unlinked, not even by an administrator
    with pytest.raises(Unavailable, match="delete it by hand"):
        purged(db, folder, OPENED + LATER)
    assert workshops.of(db, room.organiser).id == room.id
    stuck.rmdir()
    assert len(purged(db, folder, OPENED + LATER).workshops) == 1


def test_two_servers_that_purge_at_once_do_no_harm(db: Database, folder: Path):
    second = Database.open(str(db._where.url.render_as_string(hide_password=False)))
    for day in range(3):
        rooms = [lived_in(db, OPENED + timedelta(days=day)) for _ in range(3)]
        kept = lived_in(db, OPENED + timedelta(days=20))
        copy = backup(folder, OPENED + timedelta(days=day, hours=1))
        now = OPENED + timedelta(days=day) + LATER
        done = at_once([partial(purged, server, folder, now) for server in (db, second, db, second)])
        assert all(isinstance(one, retention.Purged) for one in done), done
        assert {view.id for view in workshops.every(db)} & {room.id for room in rooms} == set()
        assert [person.name for person in people.roster(db, kept.organiser)] == ["Ada Lovelace"]
        assert not copy.exists()
    second.close()


def test_no_vector_of_an_erased_text_stays(db: Database, folder: Path):
    room = opened(db)
    with clock.frozen(OPENED):
        authors = [room.joins(f"Author {place}", table=place) for place in range(9)]
        room.opens(StepKind.SHARE)
        for author in authors:
            room.has_sent(author, f"Corridor {author.participant_id}", published=True)
        board = themes.suggest(db, room.moderator).board
    assert board.evidence.model
    with db.reading() as session:
        assert kept(session) > 0
    purged(db, folder, OPENED + LATER)
    with db.reading() as session:
        assert kept(session) == 0


def kept(session: Session) -> int:
    return int(session.exec(select(func.count()).select_from(TextVector)).one())


def test_no_byte_of_what_was_written_stays_in_the_file_or_its_journal(tmp_path: Path, folder: Path):
    file = tmp_path / "roundtable.sqlite3"
    db = Database.open(f"sqlite:///{file}")
    lived_in(db)
    assert any(b"A secret corridor" in path.read_bytes() for path in tmp_path.glob("roundtable.sqlite3*"))
    purged(db, folder, OPENED + LATER)
    for path in tmp_path.glob("roundtable.sqlite3*"):
        assert not {
            word for word in (b"A secret corridor", b"Ada Lovelace", b"Wind Valley") if word in path.read_bytes()
        }
    db.close()


def test_a_real_backup_holds_the_workshop_until_it_is_erased(tmp_path: Path, folder: Path):
    db = Database.open(f"sqlite:///{tmp_path / 'roundtable.sqlite3'}")
    lived_in(db, datetime.now(UTC) - timedelta(days=40))
    copy = backups.make(db, folder=folder)
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT name FROM participant").fetchall() == [("Ada Lovelace",)]
    connection.close()
    assert retention.overdue(db) != ()
    retention.purge(db, backup_folder=folder)
    assert not copy.exists()
    assert retention.overdue(db) == ()
    db.close()
