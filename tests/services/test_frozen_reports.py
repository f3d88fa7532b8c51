"""Frozen versions: numbered once per tap, the same for ever, and without whoever is erased."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import update

from tests.services.finale import Finale, a_finale
from tests.services.room import Room, at_once
from workshop.domain import report_document
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.frozen_report import FrozenReport, checksum
from workshop.domain.introduction import Introduction
from workshop.errors import NotFound, Unavailable
from workshop.reporting import exporters
from workshop.services import commitments, frozen_reports, introductions, log, people, reports
from workshop.storage import Database, revisions_of
from workshop.storage.tables import FrozenReport as Stored


def numbers(room: Room) -> list[int]:
    return [version.number for version in frozen_reports.versions(room.db, room.organiser)]


def document(room: Room, number: int) -> str:
    return report_document.written(frozen_reports.document_of(room.db, room.organiser, number).report)


def committed(db: Database) -> Finale:
    """Ada leads on the first card and has confirmed it with her name."""
    finale = a_finale(db, StepKind.CONSORTIUM)
    finale.room.names_people_as(Anonymity.NAMED)
    finale.joins(finale.ada)
    finale.room.opens(StepKind.COMMIT)
    commitments.confirm(db, finale.ada, finale.ideas[0].id, confirmed=True)
    return finale


def test_a_frozen_version_is_the_report_of_its_moment(room: Room) -> None:
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    room.has_sent(ada, "A hydrogen corridor", published=True)
    version = frozen_reports.freeze(room.db, room.moderator, seen=0)
    room.has_sent(ada, "A later idea", published=True)
    frozen = frozen_reports.document_of(room.db, room.organiser, 1).report
    assert (version.number, version.by, version.at) == (1, "moderator", frozen.compiled_at)
    assert version.sha256 == checksum(report_document.written(frozen))
    assert [idea.title for idea in frozen.ideas] == ["A hydrogen corridor"]
    assert len(reports.compile_report(room.db, room.organiser).ideas) == 2


def test_every_format_of_a_version_has_the_same_bytes_whenever_it_is_asked_for(db: Database) -> None:
    finale = committed(db)
    room = finale.room
    frozen_reports.freeze(db, room.moderator, seen=0)
    once = {
        name: one.render(frozen_reports.document_of(db, room.organiser, 1).report) for name, one in exporters.items()
    }
    finale.joins(finale.bo)
    room.opens(StepKind.CLOSING)
    again = {
        name: one.render(frozen_reports.document_of(db, room.moderator, 1).report) for name, one in exporters.items()
    }
    assert once == again


def test_after_a_change_the_report_is_frozen_again_under_the_next_number(room: Room) -> None:
    frozen_reports.freeze(room.db, room.moderator, seen=0)
    room.joins("Ada")
    frozen_reports.freeze(room.db, room.moderator, seen=1)
    assert numbers(room) == [2, 1]
    assert [
        len(frozen_reports.document_of(room.db, room.organiser, number).report.participants) for number in (1, 2)
    ] == [0, 1]


def test_the_same_tap_twice_is_one_version(room: Room) -> None:
    first, second = (frozen_reports.freeze(room.db, room.moderator, seen=0) for _ in range(2))
    assert first == second
    taps = at_once([lambda: frozen_reports.freeze(room.db, room.moderator, seen=1)] * 4)
    assert {tap.number for tap in taps if isinstance(tap, FrozenReport)} == {2}
    assert numbers(room) == [2, 1]


def test_two_people_at_once_freeze_once_each(room: Room) -> None:
    badges = [replace(room.moderator, grant_id=uuid4()), replace(room.organiser, grant_id=uuid4())]
    frozen = at_once([lambda badge=badge: frozen_reports.freeze(room.db, badge, seen=0) for badge in badges])
    assert {one.number for one in frozen if isinstance(one, FrozenReport)} == {1, 2}
    assert {one.by for one in frozen_reports.versions(room.db, room.organiser)} == {"moderator", "organiser"}


def test_freezing_stands_in_the_log_with_its_checksum_and_wakes_the_desks(room: Room) -> None:
    with room.db.reading() as session:
        before = revisions_of(session, room.id).get("moderation", 0)
    version = frozen_reports.freeze(room.db, room.organiser, seen=0)
    entry = log.entries(room.db, room.organiser)[-1]
    assert (entry.actor, entry.verb, entry.subject) == ("organiser", "freeze", "1")
    assert entry.details == {"sha256": version.sha256}
    with room.db.reading() as session:
        assert revisions_of(session, room.id)["moderation"] > before


def test_a_version_that_does_not_exist_is_told(room: Room) -> None:
    with pytest.raises(NotFound, match="no version 3"):
        frozen_reports.document_of(room.db, room.organiser, 3)


def test_another_room_has_versions_of_its_own(room: Room) -> None:
    other = Room(room.db)
    frozen_reports.freeze(room.db, room.moderator, seen=0)
    assert numbers(other) == []
    assert frozen_reports.freeze(room.db, other.moderator, seen=0).number == 1


def test_a_version_that_was_changed_in_the_database_is_not_handed_out(room: Room) -> None:
    frozen_reports.freeze(room.db, room.moderator, seen=0)
    with room.db.writing() as session:
        these = Stored.workshop_id == room.id
        session.connection().execute(update(Stored).where(these).values(document=document(room, 1) + " "))
    with pytest.raises(Unavailable, match="was changed in the database"):
        frozen_reports.document_of(room.db, room.organiser, 1)


def test_whoever_is_erased_goes_out_of_every_version(db: Database) -> None:
    finale = committed(db)
    room = finale.room
    introductions_of_ada(finale)
    for seen in (0, 1):
        frozen_reports.freeze(db, room.moderator, seen=seen)
    before = frozen_reports.versions(db, room.organiser)
    assert "Ada Ek" in document(room, 1)
    people.erase(db, room.organiser, finale.ada.participant_id)
    for number in (1, 2):
        assert not {word for word in ("Ada Ek", "A crane in March") if word in document(room, number)}
        assert "Idea 1" in document(room, number)
        assert "Bo Lee" in document(room, number)
    after = frozen_reports.versions(db, room.organiser)
    assert [version.at for version in after] == [version.at for version in before]
    assert all(new.sha256 != old.sha256 and new.rewritten_at for new, old in zip(after, before, strict=True))
    told = [entry.details["sha256"] for entry in log.entries(db, room.organiser) if entry.verb == "rewrite"]
    assert told == [version.sha256 for version in after]
    assert log.verify(db, room.organiser) is None


def introductions_of_ada(finale: Finale) -> None:
    finale.room.opens(StepKind.WARM_UP)
    introductions.say(finale.db, finale.ada, Introduction(("A crane in March",)))
    finale.room.opens(StepKind.COMMIT)


def test_a_version_without_them_is_left_as_it_was(room: Room) -> None:
    frozen_reports.freeze(room.db, room.moderator, seen=0)
    before = frozen_reports.versions(room.db, room.organiser)
    late = room.joins("Came later")
    people.erase(room.db, late, late.participant_id)
    assert frozen_reports.versions(room.db, room.organiser) == before


def test_nobody_who_leaves_in_that_moment_stays_in_a_version(room: Room) -> None:
    room.names_people_as(Anonymity.NAMED)
    for round_ in range(3):
        leaver = room.joins(f"Leaver {round_}")
        calls = [
            lambda seen=round_: frozen_reports.freeze(room.db, room.moderator, seen=seen),
            lambda who=leaver: people.erase(room.db, who, who.participant_id),
        ]
        assert not [one for one in at_once(calls) if isinstance(one, Exception)]
    assert not [number for number in numbers(room) if "Leaver" in document(room, number)]
