"""Offers and needs: said as a whole, kept once, shown at the level of the room, hidden by the moderator."""

from __future__ import annotations

import json

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.introduction import Introduction
from workshop.errors import Invalid, NotAllowed, NotFound
from workshop.reporting import exporters
from workshop.services import access, drafts, introductions, log, people, reports, topics
from workshop.services.access import ParticipantBadge
from workshop.services.introductions import DRAFT
from workshop.storage import revisions_of

SAID = Introduction(("A test site for batteries",), ("Investors",), "Denmark")


@pytest.fixture
def ada(room: Room) -> ParticipantBadge:
    ada = room.joins("Ada Lovelace", organisation="Wind Valley")
    room.opens(StepKind.WARM_UP)
    return ada


def told(room: Room) -> list[tuple[str, str]]:
    """Kind and text of what the desk is told, the newest first."""
    return [(str(each.line.kind), each.line.text) for each in introductions.lines(room.db, room.moderator)]


def revision(room: Room) -> int:
    with room.db.reading() as session:
        return revisions_of(session, room.id).get("introductions", 0)


def body(room: Room) -> str:
    return json.dumps(topics.payload(room.db, room.id, "introductions").body)


def test_what_is_said_again_is_said_once_and_a_change_takes_its_place(room: Room, ada: ParticipantBadge) -> None:
    for _ in range(3):
        introductions.say(room.db, ada, SAID)
    assert (told(room), revision(room)) == ([("need", "Investors"), ("offer", "A test site for batteries")], 1)
    later = Introduction(("Permits", "A test site for batteries"), (), "Maine")
    assert introductions.say(room.db, ada, later).said == later
    assert introductions.own(room.db, ada).said == later
    introductions.say(room.db, ada, Introduction())
    assert (told(room), revision(room)) == ([], 3)


def test_a_double_tap_at_the_same_moment_is_one_introduction(room: Room, ada: ParticipantBadge) -> None:
    answers = at_once([lambda: introductions.say(room.db, ada, SAID)] * 6)
    assert [type(answer) for answer in answers] == [introductions.Own] * 6, answers
    assert len(told(room)) == 2


def test_saving_throws_the_draft_away_and_until_then_it_comes_back(room: Room, ada: ParticipantBadge) -> None:
    drafts.keep(room.db, ada, DRAFT, {"offers": ["Half a sen"], "needs": [], "place": ""})
    assert introductions.own(room.db, ada).draft == {"offers": ["Half a sen"], "needs": [], "place": ""}
    introductions.say(room.db, ada, SAID)
    assert introductions.own(room.db, ada).draft is None


def test_lines_are_taken_in_the_warm_up_only_and_stay_when_it_is_over(room: Room, ada: ParticipantBadge) -> None:
    introductions.say(room.db, ada, SAID)
    room.closes()
    for go in (lambda: None, lambda: room.opens(StepKind.WRITE)):
        go()
        with pytest.raises(NotAllowed, match="warm-up is not open"):
            introductions.say(room.db, ada, Introduction())
    assert len(told(room)) == 2
    assert not introductions.own(room.db, ada).open


def test_the_limit_is_that_of_the_event(room: Room, ada: ParticipantBadge) -> None:
    with pytest.raises(Invalid, match="You have 4 offers; 3 fit"):
        introductions.say(room.db, ada, Introduction(("One", "Two", "Three", "Four")))


def test_must_not_happen_a_line_is_told_before_the_warm_up(room: Room, ada: ParticipantBadge) -> None:
    introductions.say(room.db, ada, SAID)
    room.opens(StepKind.ARRIVE)
    assert told(room) == []
    assert introductions.who_is_here(room.db, room.observer).places == ()
    assert reports.compile_report(room.db, room.organiser).lines == ()
    with pytest.raises(NotAllowed):
        body(room)


def test_who_is_here_counts_sides_sectors_organisations_and_places(room: Room, ada: ParticipantBadge) -> None:
    uma = room.joins("Uma", side="us", organisation="Wind valley")
    form = people.JoinForm("Bo", "eu", room.tables[1], "", ("clean_energy",), consent=True)
    bo = people.join(room.db, room.observer, form, device="phone of Bo")
    for who, place in ((ada, "Denmark"), (bo, " denmark"), (uma, "Texas")):
        introductions.say(room.db, who, Introduction(place=place))
    here = introductions.who_is_here(room.db, room.observer)
    assert (here.people, here.by_side, here.from_places) == (3, {"eu": 2, "us": 1}, 3)
    assert [(place.name, place.people) for place in here.places] == [("Denmark", 2), ("Texas", 1)]
    assert [(share.name, share.by_side) for share in here.sectors] == [("Clean energy", {"eu": 1})]
    assert [(share.name, share.people) for share in here.organisations] == [("Wind Valley", 2)]


@pytest.mark.parametrize(
    ("level", "shown", "secret"),
    [
        (Anonymity.ANONYMOUS, [], ["Ada", "Wind Valley", "Table 1"]),
        (Anonymity.TABLE_TAG, ["Table 1"], ["Ada", "Wind Valley"]),
        (Anonymity.NAMED, ["Ada", "Wind Valley"], []),
    ],
)
def test_no_screen_and_no_export_names_anybody_beyond_the_level(
    room: Room, ada: ParticipantBadge, level: Anonymity, shown: list[str], secret: list[str]
) -> None:
    room.names_people_as(level)
    introductions.say(room.db, ada, SAID)
    desk = " ".join(each.line.credit.line for each in introductions.lines(room.db, room.moderator))
    report = reports.compile_report(room.db, room.organiser)
    files = b"".join(exporters[name].render(report) for name in ("json", "offers")).decode()
    assert "A test site for batteries" in files
    for screen in (body(room), desk, files):
        assert [word for word in shown if word not in screen] == []
        assert [word for word in secret if word in screen] == []
    assert [(origin.place, origin.people) for origin in report.origins] == [("Denmark", 1)]


def test_a_line_that_the_moderator_hides_is_nowhere_but_with_its_author_and_on_the_desk(
    room: Room, ada: ParticipantBadge
) -> None:
    introductions.say(room.db, ada, Introduction(("Something rude", "Data")))
    rude = next(each for each in introductions.lines(room.db, room.moderator) if each.line.text == "Something rude")
    introductions.hide(room.db, room.moderator, rude.id, hidden=True)
    introductions.say(room.db, ada, Introduction(("Something rude", "Data", "More")))
    assert "rude" not in body(room) + exporters["json"].render(reports.compile_report(room.db, room.organiser)).decode()
    assert ("offer", "Something rude") in told(room)
    assert introductions.own(room.db, ada).said.offers[0] == "Something rude"
    introductions.hide(room.db, room.moderator, rude.id, hidden=False)
    assert "rude" in body(room)
    assert [entry.verb for entry in log.entries(room.db, room.moderator)][-2:] == ["hide_line", "restore_line"]
    introductions.say(room.db, ada, Introduction())
    with pytest.raises(NotFound, match="taken back"):
        introductions.hide(room.db, room.moderator, rude.id, hidden=True)


def test_the_desk_knows_who_has_not_written_table_by_table(room: Room, ada: ParticipantBadge) -> None:
    room.joins("Bo")
    room.joins("Cleo", table=2)
    introductions.say(room.db, ada, SAID)
    silent = [(table.table, table.names, table.of) for table in introductions.silent(room.db, room.moderator)]
    assert silent == [("Table 1", ("Bo",), 2), ("Table 3", ("Cleo",), 1)]


def test_each_person_around_a_tablet_has_lines_of_their_own(room: Room, ada: ParticipantBadge) -> None:
    tablet, around = room.tablet("Cleo", "Dan", table=2)
    cleo, dan = (access.speak_for(room.db, tablet, person) for person in around)
    introductions.say(room.db, cleo, Introduction(("Cleo offers",)))
    introductions.say(room.db, dan, Introduction((), ("Dan needs",)))
    assert told(room) == [("need", "Dan needs"), ("offer", "Cleo offers")]


def test_an_erased_person_takes_their_lines_along(room: Room, ada: ParticipantBadge) -> None:
    introductions.say(room.db, ada, SAID)
    before = revision(room)
    people.erase(room.db, room.organiser, ada.participant_id)
    assert (told(room), revision(room)) == ([], before + 1)
    with pytest.raises(NotFound, match="removed"):
        introductions.say(room.db, ada, SAID)
