"""Opinions behind the votes: nothing before Reveal, nobody in them, and what left the board is out of them."""

from __future__ import annotations

import pytest

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.errors import NotAllowed
from workshop.services import moderation, opinions, people, reports, shown, turn, votes
from workshop.services.access import HelperBadge, ParticipantBadge
from workshop.services.opinions import OpinionView
from workshop.storage import Database


class Vote:
    """Eight people of each side and four ideas: all want the first, the US the second, two of each side the third."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.people = {
            side: [room.joins(f"{side} {number}", side=side, table=number % 4) for number in range(8)]
            for side in ("eu", "us")
        }
        room.opens(StepKind.SHARE)
        authors = self.people["eu"][:4]
        self.ideas = [
            room.has_sent(author, f"Idea {number}", published=True).id for number, author in enumerate(authors, start=1)
        ]
        room.opens(StepKind.VOTE)
        for side, everybody in self.people.items():
            for number, person in enumerate(everybody):
                wanted = [0, *([1] if side == "us" else []), *([2] if number < 2 else [])]
                for place in wanted:
                    votes.cast(room.db, person, self.ideas[place], dots=1)

    def seen(self) -> OpinionView:
        return opinions.current(self.room.db, self.room.moderator)

    @property
    def everybody(self) -> list[ParticipantBadge]:
        return [person for side in self.people.values() for person in side]


@pytest.fixture
def vote(room: Room) -> Vote:
    return Vote(room)


def test_what_both_sides_want_and_what_one_wants_are_told_apart_with_their_ballots(vote: Vote) -> None:
    vote.room.opens(StepKind.REVEAL)
    seen = vote.seen()
    assert [idea.number for idea in seen.opinions.shared] == [1]
    [division] = seen.opinions.divided
    assert (division.idea.number, division.more, division.idea.supporters) == (2, "us", {"eu": 0, "us": 8})
    assert seen.ballots == {"eu": 8, "us": 8}
    assert seen.titles[1] == "Idea 1"
    assert seen.groups.sentence.endswith("0 people with at least 7 votes, 20 are needed.")


def test_must_not_happen_anybody_reads_an_opinion_before_reveal_or_after_a_step_back(vote: Vote) -> None:
    room = vote.room
    helper = HelperBadge(room.id, room.moderator.grant_id)
    everybody = [room.moderator, room.organiser, room.observer, helper, vote.everybody[0]]

    def refused() -> None:
        for badge in everybody:
            with pytest.raises(NotAllowed, match="not revealed"):
                opinions.current(room.db, badge)
        with room.db.reading() as session, pytest.raises(NotAllowed):
            opinions.voter_groups(session, turn.look(session, room.id))
        report = reports.compile_report(room.db, room.organiser)
        assert (report.opinions, report.groups) == (None, None)

    refused()
    room.opens(StepKind.REVEAL)
    assert vote.seen()
    room.opens(StepKind.VOTE)
    refused()


def test_must_not_happen_a_person_is_in_it(vote: Vote) -> None:
    vote.room.opens(StepKind.REVEAL)
    told = repr(vote.seen())
    report = reports.compile_report(vote.room.db, vote.room.organiser)
    told += repr(report.opinions) + repr(report.groups)
    for person in people.roster(vote.room.db, vote.room.organiser):
        assert str(person.id) not in told
        assert person.name not in told


def test_an_idea_that_left_the_board_leaves_the_opinions(vote: Vote) -> None:
    vote.room.opens(StepKind.REVEAL)
    moderation.hide(vote.room.db, vote.room.moderator, vote.ideas[1], reason="Names a person")
    assert vote.seen().opinions.divided == ()
    with vote.room.db.reading() as session:
        assert 2 not in {idea.number for idea in shown.board(session, turn.look(session, vote.room.id))}


def test_an_empty_room_has_no_opinion(room: Room) -> None:
    room.opens(StepKind.REVEAL)
    seen = opinions.current(room.db, room.moderator)
    assert (seen.opinions.shared, seen.opinions.divided, seen.groups.voters) == ((), (), 0)


def test_where_people_have_votes_enough_two_camps_are_two_groups_in_the_report_as_well(db: Database) -> None:
    room = Room(db, dots=8, dots_per_idea=1, published_per_table=8, ideas_per_person=8, seats_per_table=20)
    camps = [[room.joins(f"Camp {camp} {number}", table=camp) for number in range(12)] for camp in range(2)]
    room.opens(StepKind.SHARE)
    sent = [
        [room.has_sent(camp[0], f"Camp {place}, idea {number}", published=True).id for number in range(8)]
        for place, camp in enumerate(camps)
    ]
    room.opens(StepKind.VOTE)
    for camp, wanted in zip(camps, sent, strict=True):
        for number, person in enumerate(camp):
            left_out = wanted[number % 8]
            for idea in wanted:
                if idea != left_out:
                    votes.cast(db, person, idea, dots=1)
    room.opens(StepKind.REVEAL)
    found = opinions.current(db, room.moderator).groups
    assert [group.people for group in found.groups] == [12, 12]
    assert {idea.others for group in found.groups for idea in group.ideas} == {0}
    assert reports.compile_report(db, room.organiser).groups == found
