"""Votes: set, not added; changeable until the close; unreadable before the results."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound, WorkshopError
from workshop.services import ideas, moderation, people, votes
from workshop.services.access import Badge, HelperBadge, ParticipantBadge
from workshop.storage import Database


class Vote:
    """A room that votes: Ana and Bo of one side, Uma of the other, and six ideas on the board."""

    def __init__(self, room: Room) -> None:
        self.room, self.db = room, room.db
        self.ana, self.bo = room.joins("Ana"), room.joins("Bo", table=1)
        self.uma = room.joins("Uma", side="us", table=2)
        room.opens(StepKind.SHARE)
        self.ideas: list[Idea] = [
            room.has_sent(person, f"Idea {number}", published=True)
            for number in range(2)
            for person in (self.ana, self.bo, self.uma)
        ]
        room.opens(StepKind.VOTE)

    def gives(self, person: ParticipantBadge, number: int, dots: int) -> votes.Ballot:
        return votes.cast(self.db, person, self.ideas[number - 1].id, dots=dots)

    def dots(self, person: ParticipantBadge) -> dict[int, int]:
        """A person's dots by the number of the idea."""
        numbers = {idea.id: idea.number for idea in self.ideas}
        return {numbers[idea]: given for idea, given in votes.ballot(self.db, person).dots.items()}

    def counts_right(self) -> bool:
        """Whether everybody's counter is the sum of their dots on the board, and within the budget."""
        ballots = [votes.ballot(self.db, person) for person in (self.ana, self.bo, self.uma)]
        return all(ballot.used == sum(ballot.dots.values()) <= ballot.budget for ballot in ballots)


@pytest.fixture
def vote(room: Room) -> Vote:
    return Vote(room)


def test_dots_are_set_not_added(vote: Vote) -> None:
    for _ in range(3):
        ballot = vote.gives(vote.ana, 1, 2)
    assert (ballot.used, ballot.budget, ballot.cap, ballot.open) == (2, 5, 2, True)
    assert vote.gives(vote.ana, 1, 1).used == 1
    assert vote.gives(vote.ana, 1, 0).used == 0
    assert vote.dots(vote.ana) == {}


def test_the_budget_and_the_cap_hold(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.gives(vote.ana, 2, 2)
    with pytest.raises(Conflict, match="take 2 more dots; you have 1 of 5 left"):
        vote.gives(vote.ana, 3, 2)
    vote.gives(vote.ana, 3, 1)
    with pytest.raises(Conflict, match="you have 0 of 5 left"):
        vote.gives(vote.ana, 4, 1)
    for dots in (3, -1):
        with pytest.raises(Invalid, match="0 to 2"):
            vote.gives(vote.ana, 5, dots)
    vote.gives(vote.ana, 1, 1)
    vote.gives(vote.ana, 4, 1)
    assert vote.dots(vote.ana) == {1: 1, 2: 2, 3: 1, 4: 1}
    assert vote.counts_right()


def test_votes_are_taken_in_an_open_vote_only(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.room.closes()
    with pytest.raises(NotAllowed, match="not open"):
        vote.gives(vote.ana, 1, 0)
    vote.room.opens(StepKind.THEMES)
    with pytest.raises(NotAllowed, match="not open"):
        vote.gives(vote.ana, 2, 1)
    assert not votes.ballot(vote.db, vote.ana).open
    vote.room.opens(StepKind.VOTE)
    assert vote.gives(vote.ana, 2, 1).used == 3, "going back destroyed nothing"


def test_only_ideas_on_the_board_get_dots(vote: Vote) -> None:
    other = Vote(Room(vote.db))
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[0].id, reason="wait")
    for idea_id in (vote.ideas[0].id, other.ideas[0].id, uuid4()):
        with pytest.raises(NotFound, match="not on the board"):
            votes.cast(vote.db, vote.ana, idea_id, dots=1)
    assert votes.ballot(vote.db, vote.ana).used == 0


def test_an_idea_that_was_kept_back_gets_no_dots(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    kept = room.has_sent(ana, "Not for the board")
    room.opens(StepKind.VOTE)
    with pytest.raises(NotFound, match="not on the board"):
        votes.cast(room.db, ana, kept.id, dots=1)


def test_a_hidden_idea_gives_its_dots_back_and_takes_them_again(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.gives(vote.uma, 1, 1)
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[0].id, reason="wait")
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[0].id, reason="another reason")
    assert votes.ballot(vote.db, vote.ana).used == 0
    assert votes.turnout(vote.db, vote.room.observer).voted == 0
    assert vote.counts_right()
    moderation.restore(vote.db, vote.room.moderator, vote.ideas[0].id)
    assert (vote.dots(vote.ana), vote.dots(vote.uma)) == ({1: 2}, {1: 1})
    assert votes.turnout(vote.db, vote.room.observer).voted == 2
    assert vote.counts_right()


def test_dots_that_were_spent_elsewhere_do_not_return(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.gives(vote.bo, 1, 2)
    vote.gives(vote.uma, 1, 2)
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[0].id, reason="wait")
    for number, dots in ((2, 2), (3, 2)):
        vote.gives(vote.ana, number, dots)
    for number, dots in ((2, 2), (3, 2), (4, 1)):
        vote.gives(vote.bo, number, dots)
    moderation.restore(vote.db, vote.room.moderator, vote.ideas[0].id)
    assert vote.dots(vote.ana) == {1: 1, 2: 2, 3: 2}
    assert vote.dots(vote.bo) == {2: 2, 3: 2, 4: 1}
    assert vote.dots(vote.uma) == {1: 2}
    assert vote.counts_right()


def test_dots_follow_an_idea_off_the_board_and_back_after_a_step_back(vote: Vote) -> None:
    vote.gives(vote.uma, 1, 2)
    vote.room.opens(StepKind.SHARE)
    ideas.publish(vote.db, vote.ana, vote.ideas[0].id, published=False)
    assert votes.ballot(vote.db, vote.uma).used == 0
    ideas.publish(vote.db, vote.ana, vote.ideas[0].id, published=True)
    assert vote.dots(vote.uma) == {1: 2}
    assert vote.counts_right()


def test_everybody_has_an_order_of_their_own_and_keeps_it(vote: Vote) -> None:
    orders = [[idea.number for idea in votes.ballot(vote.db, who).ideas] for who in (vote.ana, vote.bo, vote.uma)]
    assert len({tuple(order) for order in orders}) == 3
    assert all(sorted(order) == [1, 2, 3, 4, 5, 6] for order in orders)
    vote.gives(vote.ana, 1, 1)
    assert [idea.number for idea in votes.ballot(vote.db, vote.ana).ideas] == orders[0]
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[2].id, reason="wait")
    assert [idea.number for idea in votes.ballot(vote.db, vote.ana).ideas] == [n for n in orders[0] if n != 3]


def test_no_place_on_the_ballot_is_better_for_an_early_number() -> None:
    """The mean place of each of 10 ideas over 2,000 ballots is the middle, whatever its number."""
    workshop, some = UUID(int=1), [UUID(int=1000 + number) for number in range(10)]
    places = dict.fromkeys(some, 0)
    for number in range(2000):
        voter = ParticipantBadge(workshop, UUID(int=5000 + number), None, "eu", "")
        for place, idea in enumerate(votes.own_order(some, voter)):
            places[idea] += place
    assert all(4.2 < total / 2000 < 4.8 for total in places.values()), places


def test_turnout_counts_people_by_side_and_is_told_only_when_it_changes(vote: Vote) -> None:
    heard: list[set[str]] = []
    stop = vote.db.on_commit(lambda changes: heard.append({change.topic for change in changes}))
    vote.gives(vote.ana, 1, 1)
    vote.gives(vote.ana, 2, 1)
    vote.gives(vote.uma, 2, 2)
    vote.gives(vote.ana, 1, 0)
    vote.gives(vote.ana, 2, 0)
    stop()
    assert heard == [{"turnout"}, {"turnout"}, {"turnout"}], "Ana begins, Uma begins, Ana takes all back"
    turnout = votes.turnout(vote.db, vote.room.observer)
    assert (turnout.voted, turnout.of) == (1, 3)
    assert [(side.side, side.voted, side.of) for side in turnout.by_side] == [("eu", 0, 2), ("us", 1, 1)]


def test_no_badge_reads_a_tally_before_the_results_and_every_badge_after(vote: Vote) -> None:
    room = vote.room
    vote.gives(vote.ana, 1, 2)
    vote.gives(vote.uma, 1, 1)
    vote.gives(vote.uma, 2, 2)
    scribe, _ = room.tablet("Dia", table=3)
    helper = HelperBadge(room.id, room.moderator.grant_id)
    badges: list[Badge] = [room.observer, vote.ana, scribe, helper, room.moderator, room.organiser]
    for go in (lambda: None, room.closes, lambda: room.opens(StepKind.THEMES), lambda: room.opens(StepKind.ARRIVE)):
        go()
        for badge in badges:
            with pytest.raises(NotAllowed, match="not revealed yet"):
                votes.results(vote.db, badge)
    room.opens(StepKind.REVEAL)
    for badge in badges:
        ranking = votes.results(vote.db, badge)
        assert dict(ranking.ballots) == {"eu": 1, "us": 1}
        best = ranking.two_sided[0]
        assert (best.number, best.total_dots, dict(best.dots)) == (1, 3, {"eu": 2, "us": 1})
        assert len(ranking.by_dots) == 6
    room.opens(StepKind.VOTE)
    with pytest.raises(NotAllowed, match="not revealed yet"):
        votes.results(vote.db, room.moderator)


def test_results_leave_out_what_is_hidden_and_bring_it_back_whole(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.room.opens(StepKind.REVEAL)
    moderation.hide(vote.db, vote.room.moderator, vote.ideas[0].id, reason="wait")
    ranking = votes.results(vote.db, vote.room.observer)
    assert [idea.number for idea in ranking.by_dots] == [2, 3, 4, 5, 6]
    assert dict(ranking.ballots) == {"eu": 0, "us": 0}
    moderation.restore(vote.db, vote.room.moderator, vote.ideas[0].id)
    assert votes.results(vote.db, vote.room.observer).by_dots[0].total_dots == 2


def test_a_person_who_is_erased_takes_their_votes_along(vote: Vote) -> None:
    vote.gives(vote.ana, 1, 2)
    vote.gives(vote.uma, 1, 2)
    people.erase(vote.db, vote.room.organiser, vote.ana.participant_id)
    assert votes.turnout(vote.db, vote.room.observer).voted == 1
    with pytest.raises(NotFound, match="removed"):
        vote.gives(vote.ana, 1, 1)


def test_the_database_itself_refuses_a_counter_beyond_the_budget(vote: Vote) -> None:
    who = vote.ana.participant_id
    key = who.hex if vote.db.dialect == "sqlite" else str(who)
    with pytest.raises(Exception, match="ck_participant_dots_budget"), vote.db.writing() as session:
        session.connection().execute(text("UPDATE participant SET dots_used = 6 WHERE id = :id"), {"id": key})


@settings(max_examples=6)
@given(
    acts=st.lists(
        st.one_of(
            st.tuples(st.just("vote"), st.integers(0, 2), st.integers(1, 6), st.integers(0, 2)),
            st.tuples(st.sampled_from(["hide", "restore"]), st.just(0), st.integers(1, 6), st.just(0)),
        ),
        min_size=15,
        max_size=25,
    )
)
def test_whatever_happens_every_counter_is_the_sum_of_the_dots(
    db: Database, acts: list[tuple[str, int, int, int]]
) -> None:
    vote = Vote(Room(db))
    voters = (vote.ana, vote.bo, vote.uma)
    for act, voter, number, dots in acts:
        idea_id = vote.ideas[number - 1].id
        try:
            if act == "vote":
                votes.cast(db, voters[voter], idea_id, dots=dots)
            elif act == "hide":
                moderation.hide(db, vote.room.moderator, idea_id, reason="wait")
            else:
                moderation.restore(db, vote.room.moderator, idea_id)
        except WorkshopError:
            pass
        assert vote.counts_right()
