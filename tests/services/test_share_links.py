"""Share links: they open the newest frozen version and nothing else, until they are taken back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from tests.services.room import Room
from workshop.errors import Conflict, NotFound
from workshop.services import access, frozen_reports, log, report_files, share_links
from workshop.storage.tables import ShareLink


def test_a_link_reads_the_version_that_was_frozen_last(room: Room) -> None:
    token = share_links.make(room.db, room.moderator)
    with pytest.raises(NotFound, match="not frozen yet"):
        report_files.shared(room.db, access.reader(room.db, token))
    for seen in (0, 1):
        version = frozen_reports.freeze(room.db, room.moderator, seen=seen)
        assert report_files.shared(room.db, access.reader(room.db, token)).sha256 == version.sha256


def test_a_link_that_was_taken_back_opens_nothing_and_others_go_on_working(room: Room) -> None:
    kept, lost = (share_links.make(room.db, room.organiser) for _ in range(2))
    newest = share_links.working(room.db, room.organiser)[0]
    for _ in range(2):
        share_links.revoke(room.db, room.moderator, newest.id)
    with pytest.raises(NotFound, match="not valid"):
        access.reader(room.db, lost)
    assert access.reader(room.db, kept).workshop_id == room.id
    assert [entry.verb for entry in log.entries(room.db, room.organiser)] == ["share", "share", "unshare"]


def test_nobody_takes_back_the_link_of_another_room(room: Room) -> None:
    token = share_links.make(room.db, room.organiser)
    (link,) = share_links.working(room.db, room.organiser)
    share_links.revoke(room.db, Room(room.db).organiser, link.id)
    assert access.reader(room.db, token).workshop_id == room.id


def test_the_token_has_128_bits_and_is_nowhere_in_the_database(room: Room) -> None:
    token = share_links.make(room.db, room.organiser)
    assert len(token) >= 22
    with room.db.reading() as session:
        (row,) = session.exec(select(ShareLink).where(ShareLink.workshop_id == room.id))
        assert token not in repr(row)
        assert row.token_hash == access.hash_of(token)


def test_what_is_guessed_or_empty_opens_nothing(room: Room) -> None:
    share_links.make(room.db, room.organiser)
    for guess in ("", "x", "A" * 22, "A" * 5000, "\u00e6"):
        with pytest.raises(NotFound):
            access.reader(room.db, guess)


def test_twenty_links_are_enough(room: Room) -> None:
    for _ in range(share_links.MOST_LINKS):
        share_links.make(room.db, room.organiser)
    with pytest.raises(Conflict, match="Take one back"):
        share_links.make(room.db, room.organiser)
