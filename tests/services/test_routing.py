"""Hands as a room gets them: kept over steps back, the same for everybody at a table, open to whoever comes late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea, IdeaDraft
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import (
    access,
    build_desk,
    clock,
    ideas,
    log,
    moderation,
    people,
    phone,
    routing,
    topics,
    workshops,
)
from workshop.services.access import ParticipantBadge
from workshop.storage import Database, revisions_of


class Reading(Room):
    """Five tables with somebody at each; the first four have two ideas on the board."""

    def __init__(self, db: Database, **changes: object) -> None:
        super().__init__(db, **changes)
        self.who = [self.joins(f"Person {place}", side=("eu", "us")[place % 2], table=place) for place in range(5)]
        self.opens(StepKind.SHARE)
        self.ideas = [
            self.has_sent(author, f"Idea {number} of table {place}", published=True)
            for place, author in enumerate(self.who[:4])
            for number in range(2)
        ]

    def hand(self, who: ParticipantBadge | access.ScribeBadge) -> dict[str, Any]:
        return phone.hand(self.db, who)

    def unread(self, who: ParticipantBadge) -> list[UUID]:
        return [card["id"] for card in self.hand(who)["ideas"] if not card["read"]]

    def reads_all(self, who: ParticipantBadge) -> None:
        while unread := self.unread(who):
            for idea_id in unread:
                routing.read(self.db, who, idea_id)

    @property
    def coverage(self) -> tuple[int, int]:
        body = topics.payload(self.db, self.id, "builds").body
        return body["enough"], body["of"]


@pytest.fixture
def room(db: Database) -> Reading:
    reading = Reading(db)
    reading.opens(StepKind.BUILD)
    return reading


def test_every_table_gets_two_or_three_ideas_of_others_when_the_step_opens(room: Reading) -> None:
    titles = {idea.id: idea.table_id for idea in room.ideas}
    for who in room.who:
        hand = room.hand(who)
        assert hand["number"] == 1
        assert 2 <= len(hand["ideas"]) <= 3
        assert all(titles[card["id"]] != who.table_id for card in hand["ideas"])


def test_the_room_reads_until_every_idea_was_read_by_two_other_tables(room: Reading) -> None:
    assert room.coverage == (0, 8)
    for who in room.who:
        room.reads_all(who)
    assert room.coverage == (8, 8)
    received = room.hand(room.who[0])["received"]
    assert all(each["readers"] >= 2 for each in received)


def test_what_one_reads_the_whole_table_has_read_and_said_twice_it_is_once(room: Reading) -> None:
    second = room.joins("Second at the table", table=0)
    first = room.unread(room.who[0])[0]
    said = at_once([lambda who=who: routing.read(room.db, who, first) for who in (room.who[0], second)])  # type: ignore[misc]
    assert said == [None, None]
    revision = _revision(room, "builds")
    routing.read(room.db, second, first)
    assert _revision(room, "builds") == revision, "only what changes something is told"
    assert room.hand(second)["ideas"] == room.hand(room.who[0])["ideas"]
    assert [card["read"] for card in room.hand(second)["ideas"] if card["id"] == first] == [True]


def test_going_back_and_a_second_opening_deal_the_same(room: Reading) -> None:
    routing.read(room.db, room.who[0], room.unread(room.who[0])[0])
    before = [room.hand(who) for who in room.who]
    room.opens(StepKind.SHARE)
    assert all(not room.hand(who)["ideas"] and not room.hand(who)["received"] for who in room.who)
    room.opens(StepKind.BUILD)
    assert [room.hand(who) for who in room.who] == before


def test_must_not_happen_a_phone_is_sent_a_hand_or_the_board_before_its_step(db: Database) -> None:
    room = Reading(db)
    who, view = room.who[0], workshops.of(db, room.observer)
    hand = routing.hand_of(room.tables[0])
    assert {hand, "builds"}.isdisjoint(topics.visible(who, view) | topics.visible(room.observer, view))
    for topic in (hand, "builds"):
        with pytest.raises(NotAllowed):
            topics.payload(db, room.id, topic)
    room.opens(StepKind.BUILD)
    view = workshops.of(db, room.observer)
    assert hand in topics.visible(who, view)
    assert {"board", "builds", routing.hand_of(room.tables[1])}.isdisjoint(topics.visible(who, view))
    assert "builds" in topics.visible(room.observer, view)
    room.opens(StepKind.SHARE)
    with clock.frozen(clock.now() + timedelta(seconds=61)), pytest.raises(NotAllowed):
        routing.read(db, who, room.ideas[2].id)


def test_an_idea_that_was_not_dealt_to_a_table_cannot_be_read_by_it(room: Reading) -> None:
    with pytest.raises(NotFound, match="not among those that your table reads"):
        routing.read(room.db, room.who[0], room.ideas[0].id)


def test_a_table_whose_first_person_comes_late_gets_a_hand_and_its_readers_are_told(room: Reading) -> None:
    assert sum(table.waiting for table in _desk(room).tables) == 2
    late = room.joins("Latecomer", table=6)
    assert len(room.unread(late)) == 2, "what nobody has seen yet goes to whoever has least"
    later = room.joins("Even later", table=7)
    assert room.unread(later) == []
    routing.more(room.db, later)
    assert len(room.unread(later)) == 3


def test_an_idea_that_comes_to_the_board_late_is_dealt_and_a_hidden_one_is_taken_away(db: Database) -> None:
    room = Reading(db)
    kept = ideas.submit(db, room.who[4], IdeaDraft("Kept at the table until the moderator sees it")).idea
    room.opens(StepKind.BUILD)
    ideas.publish_for(db, room.moderator, room.tables[4])
    for who in room.who:
        room.reads_all(who)
    found = {each.number: each.readers for each in _desk(room).coverage.ideas}
    assert found[kept.number] >= 2
    hidden = room.hand(room.who[0])["ideas"][0]["id"]
    moderation.hide(db, room.moderator, hidden, reason="A test")
    assert hidden not in {card["id"] for card in room.hand(room.who[0])["ideas"]}
    moderation.restore(db, room.moderator, hidden)
    assert hidden in {card["id"] for card in room.hand(room.who[0])["ideas"]}


def test_the_desk_deals_again_what_a_silent_table_holds(room: Reading) -> None:
    silent = room.who[4]
    held = room.unread(silent)
    assert [table.name for table in _desk(room).tables if table.silent] == [f"Table {place}" for place in range(1, 6)]
    for who in room.who[:4]:
        routing.read(room.db, who, room.unread(who)[0])
    assert [table.table_id for table in _desk(room).tables if table.silent] == [silent.table_id]
    routing.pass_on(room.db, room.moderator, room.tables[4])
    assert room.hand(silent)["passed_on"]
    assert room.unread(silent) == []
    for who in room.who[:4]:
        room.reads_all(who)
    assert room.coverage == (8, 8)
    assert [entry.details for entry in log.entries(room.db, room.moderator) if entry.verb == "pass_on"] == [
        {"ideas": len(held)}
    ]
    with pytest.raises(Conflict, match="nothing left to read"):
        routing.pass_on(room.db, room.moderator, room.tables[4])
    routing.more(room.db, silent)
    assert room.unread(silent), "who comes back may read again"


def test_a_tablet_reads_for_its_table(db: Database) -> None:
    room = Reading(db)
    tablet, _ = room.tablet("Cleo", "Dan", table=7)
    room.opens(StepKind.BUILD)
    hand = room.hand(tablet)["ideas"]
    routing.read(db, tablet, hand[0]["id"])
    assert [card["read"] for card in room.hand(tablet)["ideas"]].count(True) == 1


def test_somebody_without_a_table_reads_alone_and_counts_as_no_table(db: Database) -> None:
    room = Reading(db)
    walk_in = room.joins("Walk-in", table=8)
    _stands_up(room, walk_in)
    idea = room.has_sent(walk_in, "An idea of nobody's table", published=True)
    room.opens(StepKind.BUILD)
    assert idea.id not in room.unread(walk_in)
    assert len(room.unread(walk_in)) == 3
    for idea_id in room.unread(walk_in):
        routing.read(db, walk_in, idea_id)
    assert len(room.hand(walk_in)["earlier"]) == 3
    assert len(room.unread(walk_in)) == 3
    assert {each.readers for each in _desk(room).coverage.ideas} == {0}
    dealt = [who for who in room.who if idea.id in room.unread(who)]
    assert len(dealt) + sum(table.waiting for table in _desk(room).tables) >= 2


def test_a_merged_idea_is_read_by_tables_that_it_does_not_come_from(room: Reading) -> None:
    first, third = room.ideas[0], room.ideas[2]
    merged = moderation.merge(room.db, room.moderator, [first.id, third.id], IdeaDraft("Both together"))
    for who in room.who:
        room.reads_all(who)
    found = {each.number: each.readers for each in _desk(room).coverage.ideas}
    assert found[merged.number] >= 2
    assert merged.id not in {card["id"] for who in room.who[:2] for card in room.hand(who)["earlier"]}
    assert merged.number in {each["number"] for each in room.hand(room.who[0])["received"]}


def test_whoever_comes_reads_and_writes_at_the_same_moment_waits_for_the_others(room: Reading) -> None:
    """One order for all: first the workshop, then chairs, ideas and hands; nobody waits in a circle."""
    late = [lambda place=place: room.joins(f"Late {place}", table=5 + place % 3) for place in range(6)]  # type: ignore[misc]
    reads = [
        lambda who=who, idea=idea: routing.read(room.db, who, idea)  # type: ignore[misc]
        for who in room.who
        for idea in room.unread(who)
    ]
    written = [lambda who=who: ideas.withdraw(room.db, who, room.ideas[0].id) for who in room.who[:1]]  # type: ignore[misc]
    answers = at_once([*late, *reads, *written])
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, NotFound) for answer in refused), refused
    assert {table.table_id for table in _desk(room).tables} == set(room.tables[:8])
    for who in room.who:
        assert room.ideas[0].id not in room.unread(who), "it was taken back"


def test_without_other_tables_the_screens_say_why(db: Database) -> None:
    room = Room(db)
    alone = room.joins("Ada")
    room.opens(StepKind.SHARE)
    room.has_sent(alone, "Lonely", published=True)
    room.opens(StepKind.BUILD)
    body = topics.payload(db, room.id, "builds").body
    assert body["aim"] == 0
    assert "no other table with people" in body["note"]
    assert phone.hand(db, alone)["ideas"] == []


def test_in_a_run_of_show_without_sharing_the_board_opens_with_this_step(db: Database) -> None:
    room = Room(db)
    authors = [room.joins(f"Person {place}", table=place) for place in range(3)]
    room.opens(StepKind.WRITE)
    for author in authors:
        room.has_sent(author, f"By {author.participant_id}")
    room.opens(StepKind.BUILD)
    assert all(len(phone.hand(db, author)["ideas"]) == 2 for author in authors)


def test_an_erased_person_takes_nothing_of_the_tables_hand_away(room: Reading) -> None:
    before = room.hand(room.who[0])
    people.erase(room.db, room.organiser, room.who[1].participant_id)
    assert [card["id"] for card in room.hand(room.who[0])["ideas"]] == [card["id"] for card in before["ideas"]]


def _desk(room: Room) -> build_desk.BuildDesk:
    seen = build_desk.look(room.db, room.moderator)
    assert seen is not None
    return seen


def _revision(room: Room, topic: str) -> int:
    with room.db.reading() as session:
        return revisions_of(session, room.id).get(topic, 0)


def _stands_up(room: Room, who: ParticipantBadge) -> Idea | None:
    """A person whose table was taken away: joining always asks for one."""
    from sqlmodel import col, update

    from workshop.storage.tables import Participant

    with room.db.writing() as session:
        session.connection().execute(
            update(Participant).where(col(Participant.id) == who.participant_id).values(room_table_id=None)
        )
    return None
