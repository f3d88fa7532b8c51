"""What people add to ideas of others: once, in their words until voting opens, at the room's level of anonymity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from tests.services.room import Room, at_once
from tests.services.test_routing import Reading
from workshop.domain.build import TEXT, Build, BuildDraft, BuildKind
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import Mistakes
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import access, build_desk, builds, clock, drafts, log, people, phone, reports, routing
from workshop.services.access import ParticipantBadge
from workshop.storage import Database

IMPROVE = BuildDraft(BuildKind.IMPROVE, "Begin with two sites.")
CONCERN = BuildDraft(BuildKind.CONCERN, "Who owns the data?", "One page before the start.")
JOIN = BuildDraft(BuildKind.JOIN)


@pytest.fixture
def room(db: Database) -> Reading:
    reading = Reading(db)
    reading.opens(StepKind.BUILD)
    return reading


def send(room: Reading, who: ParticipantBadge, draft: BuildDraft, idea: UUID | None = None) -> Build:
    return builds.submit(room.db, who, idea or _first(room, who), draft).build


def test_what_is_added_stands_on_every_screen_that_has_the_idea_at_once(room: Reading) -> None:
    who = room.who[0]
    idea = _first(room, who)
    for draft in (IMPROVE, CONCERN, JOIN):
        send(room, who, draft, idea)
    author = next(
        each for each in room.who if idea in {one.id for one in room.ideas if one.author_id == each.participant_id}
    )
    [received] = [each for each in room.hand(author)["received"] if each["builds"]]
    assert [(each["kind"], each["text"], each["fix"]) for each in received["builds"]] == [
        ("improve", IMPROVE.text, ""),
        ("concern", CONCERN.text, CONCERN.fix),
        ("join", "", ""),
    ]
    assert [line.build.kind for line in _desk(room)] == [BuildKind.JOIN, BuildKind.CONCERN, BuildKind.IMPROVE]


def test_whoever_builds_on_an_idea_has_read_it(room: Reading) -> None:
    send(room, room.who[0], IMPROVE)
    assert [card["read"] for card in room.hand(room.who[0])["ideas"]].count(True) == 1


def test_the_same_text_twice_is_once_also_at_the_same_moment_and_after_the_step(room: Reading) -> None:
    who = room.who[0]
    idea = _first(room, who)
    sent = at_once([lambda: builds.submit(room.db, who, idea, IMPROVE)] * 4)
    assert sum(not each.already for each in sent if isinstance(each, builds.Sent)) == 1
    assert len(builds.mine(room.db, who)) == 1
    with clock.frozen(clock.now() + timedelta(hours=1)):
        room.closes()
    with clock.frozen(clock.now() + timedelta(hours=2)):
        again = builds.submit(room.db, who, idea, BuildDraft(BuildKind.IMPROVE, "  begin with TWO sites. "))
    assert again.already


def test_a_person_joins_an_idea_once_in_the_newest_words(room: Reading) -> None:
    who = room.who[0]
    idea = _first(room, who)
    send(room, who, JOIN, idea)
    send(room, who, BuildDraft(BuildKind.JOIN, "As a pilot site."), idea)
    [only] = builds.mine(room.db, who)
    assert only.text == "As a pilot site."


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (BuildDraft(BuildKind.IMPROVE, " \u200b "), {"text"}),
        (BuildDraft(BuildKind.OFFER, "x" * (TEXT + 1)), {"text"}),
        (BuildDraft(BuildKind.CONCERN, "Too slow"), {"fix"}),
        (BuildDraft(BuildKind.CONCERN), {"text", "fix"}),
    ],
)
def test_words_that_do_not_fit_are_refused_field_by_field(room: Reading, draft: BuildDraft, fields: set[str]) -> None:
    with pytest.raises(Mistakes) as refused:
        send(room, room.who[0], draft)
    assert set(refused.value.by_field) == fields


def test_nobody_builds_on_what_their_table_was_not_dealt(room: Reading) -> None:
    own, others = room.ideas[0].id, set(room.unread(room.who[0]))
    foreign = next(idea.id for idea in room.ideas[2:] if idea.id not in others)
    with pytest.raises(NotAllowed, match="your own idea"):
        send(room, room.who[0], IMPROVE, own)
    with pytest.raises(NotFound, match="not among those"):
        send(room, room.who[0], IMPROVE, foreign)
    assert drafts.read(room.db, room.who[0], builds.slot_of(foreign)) is not None, "the words are kept"


def test_a_person_has_so_many_builds_as_the_event_allows(db: Database) -> None:
    room = Reading(db, late_save_seconds="60\nbuilds_per_person = 2")
    room.opens(StepKind.BUILD)
    who = room.who[0]
    idea = _first(room, who)
    first = send(room, who, IMPROVE, idea)
    send(room, who, CONCERN, idea)
    with pytest.raises(Conflict, match="2 of 2"):
        send(room, who, JOIN, idea)
    builds.withdraw(db, who, first.id)
    send(room, who, JOIN, idea)


def test_a_late_build_is_taken_for_a_minute_and_marked(room: Reading) -> None:
    who = room.who[0]
    idea = _first(room, who)
    now = clock.now()
    with clock.frozen(now):
        room.opens(StepKind.THEMES)
    with clock.frozen(now + timedelta(seconds=59)):
        assert send(room, who, IMPROVE, idea).late
    with clock.frozen(now + timedelta(seconds=61)), pytest.raises(NotAllowed):
        send(room, who, CONCERN, idea)
    assert drafts.read(room.db, who, builds.slot_of(idea)) is not None


def test_the_author_changes_and_takes_back_until_voting_opens(room: Reading) -> None:
    who, other = room.who[0], room.who[1]
    build = send(room, who, CONCERN)
    changed = builds.revise(
        room.db, who, build.id, BuildDraft(BuildKind.CONCERN, "Who pays?", "A fund."), seen_version=1
    )
    assert (changed.text, changed.fix, changed.version) == ("Who pays?", "A fund.", 2)
    with pytest.raises(Conflict, match="another device"):
        builds.revise(room.db, who, build.id, BuildDraft(BuildKind.CONCERN, "Why?", "So."), seen_version=1)
    with pytest.raises(NotFound):
        builds.withdraw(room.db, other, build.id)
    builds.withdraw(room.db, who, build.id)
    assert not _desk(room)
    builds.submit(room.db, who, build.idea_id, CONCERN)
    assert [line.build.text for line in _desk(room)] == [CONCERN.text], "sent again it returns"
    room.opens(StepKind.VOTE)
    for act in (
        lambda: builds.withdraw(room.db, who, build.id),
        lambda: builds.revise(room.db, who, build.id, IMPROVE, seen_version=3),
    ):
        with pytest.raises((NotAllowed, Mistakes)):
            act()


def test_the_moderator_hides_with_a_reason_that_the_author_reads_and_restores(room: Reading) -> None:
    who = room.who[0]
    build = send(room, who, IMPROVE)
    builds.hide(room.db, room.moderator, build.id, reason="Names a person")
    assert not any(card["builds"] for card in room.hand(who)["ideas"])
    [own] = phone.me(room.db, who)["people"][0]["builds"]
    assert own["hidden_reason"] == "Names a person"
    builds.restore(room.db, room.moderator, build.id)
    assert any(card["builds"] for card in room.hand(who)["ideas"])
    verbs = [entry.verb for entry in log.entries(room.db, room.moderator)]
    assert verbs[-3:] == ["build", "hide_build", "restore_build"]
    assert IMPROVE.text not in str(log.entries(room.db, room.moderator))


@pytest.mark.parametrize(
    ("level", "line"),
    [(Anonymity.ANONYMOUS, ""), (Anonymity.TABLE_TAG, "Table 1"), (Anonymity.NAMED, "Person 0")],
)
def test_a_build_is_credited_as_far_as_the_room_names_people(room: Reading, level: Anonymity, line: str) -> None:
    room.names_people_as(level)
    send(room, room.who[0], IMPROVE)
    [shown] = [build for card in room.hand(room.who[0])["ideas"] for build in card["builds"]]
    assert shown["credit"] == line
    report = reports.compile_report(room.db, room.organiser)
    [built] = [build for idea in report.ideas for build in idea.builds]
    assert built.credit.line == line
    assert "Person 0" not in str(report.ideas) or level is Anonymity.NAMED


def test_the_report_has_builds_and_readers_from_the_step_on(room: Reading) -> None:
    who = room.who[0]
    idea = _first(room, who)
    send(room, who, CONCERN, idea)
    [found] = [each for each in reports.compile_report(room.db, room.organiser).ideas if each.id == idea]
    assert [(build.kind, build.text, build.fix) for build in found.builds] == [("concern", CONCERN.text, CONCERN.fix)]
    assert found.readers == 1
    room.opens(StepKind.SHARE)
    for each in reports.compile_report(room.db, room.organiser).ideas:
        assert each.builds == ()
        assert each.readers is None


def test_an_erased_persons_builds_stay_without_a_name(room: Reading) -> None:
    room.names_people_as(Anonymity.NAMED)
    build = send(room, room.who[0], IMPROVE)
    people.erase(room.db, room.organiser, room.who[0].participant_id)
    [line] = _desk(room)
    assert (line.build.id, line.build.credit.author) == (build.id, None)


def test_on_a_tablet_everybody_writes_in_their_own_name(db: Database) -> None:
    room = Reading(db)
    tablet, around = room.tablet("Cleo", "Dan", table=7)
    room.opens(StepKind.BUILD)
    routing.more(db, tablet)
    idea = room.hand(tablet)["ideas"][0]["id"]
    for person in around:
        builds.submit(db, access.speak_for(db, tablet, person), idea, IMPROVE)
    assert [len(person["builds"]) for person in phone.me(db, tablet)["people"]] == [1, 1]


def test_another_rooms_builds_cannot_be_touched(room: Reading, db: Database) -> None:
    build = send(room, room.who[0], IMPROVE)
    stranger = Room(db)
    for act in (
        lambda: builds.hide(db, stranger.moderator, build.id, reason="Mine"),
        lambda: builds.withdraw(db, stranger.joins("Eve"), build.id),
    ):
        with pytest.raises(NotFound):
            act()


def _first(room: Reading, who: ParticipantBadge) -> UUID:
    return room.hand(who)["ideas"][0]["id"]  # type: ignore[no-any-return]


def _desk(room: Room) -> Sequence[build_desk.OnIdea]:
    seen = build_desk.look(room.db, room.moderator)
    assert seen is not None
    return seen.builds
