"""Speaker notes: made from the facts, or written by a person; kept per workshop, in every report from then on."""

from __future__ import annotations

import pytest

from tests.services.room import Room, at_once
from workshop.domain.speaker_note import LONGEST, SpeakerNote
from workshop.errors import Conflict, Invalid, NotFound
from workshop.reporting import closing_text
from workshop.services import frozen_reports, log, people, reports, speaker_notes


def said(room: Room, slide: str = "numbers") -> tuple[str, ...]:
    return closing_text.of(reports.compile_report(room.db, room.organiser))[slide]


def test_what_a_person_wrote_is_said_in_place_of_the_facts_until_it_is_emptied(room: Room) -> None:
    made = said(room)
    speaker_notes.write(room.db, room.organiser, "numbers", "Good morning.\nYou were fast.", seen=0)
    assert said(room) == ("Good morning.", "You were fast.")
    assert said(room, "afternoon") != ()
    speaker_notes.write(room.db, room.organiser, "numbers", " \n ", seen=1)
    assert said(room) == made


def test_the_same_text_twice_is_one_change_and_the_slower_of_two_people_is_told(room: Room) -> None:
    once = [speaker_notes.write(room.db, room.organiser, "map", "Look here.", seen=0) for _ in range(2)]
    assert once == [SpeakerNote("Look here.", 1)] * 2
    writers = [lambda text=text: speaker_notes.write(room.db, room.moderator, "map", text, seen=1) for text in "AB"]
    answers = at_once(writers)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "SpeakerNote"]
    with pytest.raises(Conflict, match="a moment ago"):
        speaker_notes.write(room.db, room.organiser, "map", "Too late.", seen=1)


def test_a_frozen_version_keeps_its_notes(room: Room) -> None:
    speaker_notes.write(room.db, room.organiser, "numbers", "First words.", seen=0)
    frozen_reports.freeze(room.db, room.organiser, seen=0)
    speaker_notes.write(room.db, room.organiser, "numbers", "Second words.", seen=1)
    assert closing_text.of(frozen_reports.document_of(room.db, room.organiser, 1).report)["numbers"] == (
        "First words.",
    )


def test_an_erased_person_is_nobody_in_the_notes_and_in_those_of_frozen_versions(room: Room) -> None:
    ada = room.joins("Ada")
    speaker_notes.write(room.db, room.organiser, "numbers", "Thanks to Ada from Canada.", seen=0)
    frozen_reports.freeze(room.db, room.organiser, seen=0)
    people.erase(room.db, room.organiser, ada.participant_id)
    expected = ("Thanks to somebody from Canada.",)
    assert said(room) == expected
    assert closing_text.of(frozen_reports.document_of(room.db, room.organiser, 1).report)["numbers"] == expected


def test_what_does_not_fit_is_told(room: Room) -> None:
    with pytest.raises(Invalid, match="Please shorten it"):
        speaker_notes.write(room.db, room.organiser, "numbers", "a" * (LONGEST + 1), seen=0)
    with pytest.raises(NotFound, match="no such slide"):
        speaker_notes.write(room.db, room.organiser, "cover", "Hello", seen=0)


def test_the_log_tells_that_notes_were_written_and_not_what(room: Room) -> None:
    speaker_notes.write(room.db, room.organiser, "numbers", "Good morning.", seen=0)
    entry = log.entries(room.db, room.organiser)[-1]
    assert (entry.verb, entry.subject) == ("speaker-note", "numbers")
    assert "Good" not in str(entry)
