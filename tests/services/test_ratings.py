"""Ratings: dealt evenly, never one's own, set and not added, unreadable before the results."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import uuid4

import pytest

from tests.services.room import EVENT, Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea, IdeaDraft
from workshop.domain.rating import Said
from workshop.errors import Invalid, NotAllowed, NotFound
from workshop.services import access, ideas, moderation, people, ratings, reports, topics, votes
from workshop.services.access import Badge, HelperBadge, ParticipantBadge
from workshop.storage import Database

GOOD = Said(impact=5, feasibility=4)


class Rate:
    """A room that rates: eight people, each with one idea on the board."""

    def __init__(self, room: Room, *, opens: bool = True) -> None:
        self.room, self.db = room, room.db
        self.people = [room.joins(f"Person {n}", side="us" if n % 4 == 3 else "eu", table=n) for n in range(8)]
        room.opens(StepKind.SHARE)
        self.ideas: list[Idea] = [
            room.has_sent(who, f"Idea of {n}", published=True) for n, who in enumerate(self.people)
        ]
        if opens:
            room.opens(StepKind.RATE)

    def hand(self, who: ParticipantBadge) -> list[int]:
        return [each.number for each in ratings.hand(self.db, who).ideas]

    def says(self, who: ParticipantBadge, number: int, said: Said) -> ratings.Hand:
        return ratings.say(self.db, who, self.ideas[number - 1].id, said)

    def everybody_says(self, said: Said) -> None:
        for who in self.people:
            for number in self.hand(who):
                self.says(who, number, said)


@pytest.fixture
def rate(room: Room) -> Rate:
    return Rate(room)


def test_everybody_is_dealt_four_ideas_of_others_and_every_idea_has_as_many_raters(rate: Rate) -> None:
    hands = [rate.hand(who) for who in rate.people]
    assert all(len(hand) == 4 and place + 1 not in hand for place, hand in enumerate(hands))
    counts = Counter(number for hand in hands for number in hand)
    assert max(counts.values()) - min(counts.values()) <= 2
    assert [rate.hand(who) for who in rate.people] == hands, "a hand is kept"


def test_phones_that_ask_in_the_same_second_are_dealt_as_evenly(rate: Rate) -> None:
    asked = at_once([partial(ratings.hand, rate.db, who) for who in rate.people for _ in range(2)])
    assert all(isinstance(hand, ratings.Hand) and len(hand.ideas) == 4 for hand in asked), asked
    counts = Counter(number for who in rate.people for number in rate.hand(who))
    assert sum(counts.values()) == 32
    assert max(counts.values()) - min(counts.values()) <= 2


def test_who_has_a_part_in_a_merged_idea_is_not_dealt_it(room: Room) -> None:
    rate = Rate(room, opens=False)
    merged = moderation.merge(rate.db, room.moderator, [idea.id for idea in rate.ideas[:2]], IdeaDraft("Both"))
    room.opens(StepKind.RATE)
    hands = [rate.hand(who) for who in rate.people]
    assert all(merged.number not in hand for hand in hands[:2])
    assert any(merged.number in hand for hand in hands[2:])
    assert all({1, 2}.isdisjoint(hand) for hand in hands)


def test_marks_are_set_not_added_and_can_be_changed(rate: Rate) -> None:
    ana = rate.people[0]
    number = rate.hand(ana)[0]
    for said in (Said(impact=3), GOOD, GOOD, Said(passed=True), Said(impact=1, feasibility=1)):
        hand = rate.says(ana, number, said)
        assert {each.number: each.said for each in hand.ideas}[number] == said
    assert ratings.turnout(rate.db, rate.room.observer).answered == 1


def test_a_double_tap_at_the_same_moment_is_one_mark_and_is_told_once(rate: Rate) -> None:
    ana = rate.people[0]
    number = rate.hand(ana)[0]
    heard: list[set[str]] = []
    stop = rate.db.on_commit(lambda changes: heard.append({change.topic for change in changes}))
    answers = at_once([partial(rate.says, ana, number, GOOD)] * 6)
    stop()
    assert all(isinstance(answer, ratings.Hand) for answer in answers), answers
    assert heard == [{"ratings"}]


def test_only_dealt_ideas_on_the_board_and_marks_from_one_to_five_are_taken(rate: Rate) -> None:
    ana = rate.people[0]
    hand = rate.hand(ana)
    stranger = next(number for number in range(2, 9) if number not in hand)
    for idea_id in (rate.ideas[stranger - 1].id, rate.ideas[0].id, uuid4()):
        with pytest.raises(NotFound, match="not one of yours"):
            ratings.say(rate.db, ana, idea_id, GOOD)
    for said in (Said(impact=0), Said(feasibility=6)):
        with pytest.raises(Invalid, match="from 1 to 5"):
            rate.says(ana, hand[0], said)


def test_ratings_are_taken_in_an_open_step_only_and_going_back_destroys_nothing(rate: Rate) -> None:
    ana = rate.people[0]
    number = rate.hand(ana)[0]
    rate.says(ana, number, GOOD)
    rate.room.closes()
    with pytest.raises(NotAllowed, match="not open"):
        rate.says(ana, number, Said(impact=1))
    rate.room.opens(StepKind.VOTE)
    assert not ratings.hand(rate.db, ana).open
    assert ratings.hand(rate.db, rate.people[1]).ideas == (), "nothing is dealt outside of the step"
    rate.room.opens(StepKind.RATE)
    assert {each.number: each.said for each in ratings.hand(rate.db, ana).ideas}[number] == GOOD


def test_an_idea_that_leaves_the_board_is_replaced_and_comes_back_with_its_marks(rate: Rate) -> None:
    ana = rate.people[0]
    first, *others = rate.hand(ana)
    rate.says(ana, first, GOOD)
    moderation.hide(rate.db, rate.room.moderator, rate.ideas[first - 1].id, reason="wait")
    assert len(rate.hand(ana)) == 4
    assert set(others) < set(rate.hand(ana))
    assert ratings.turnout(rate.db, rate.room.observer).answered == 0
    moderation.restore(rate.db, rate.room.moderator, rate.ideas[first - 1].id)
    assert ratings.hand(rate.db, ana).ideas[0].said == GOOD


def test_no_badge_reads_an_average_before_the_results_and_every_badge_after(rate: Rate) -> None:
    room = rate.room
    rate.everybody_says(GOOD)
    scribe, _ = room.tablet("Dia", table=9)
    helper = HelperBadge(room.id, room.moderator.grant_id)
    badges: list[Badge] = [room.observer, rate.people[0], scribe, helper, room.moderator, room.organiser]
    for go in (lambda: None, room.closes, lambda: room.opens(StepKind.THEMES), lambda: room.opens(StepKind.ARRIVE)):
        go()
        for badge in badges:
            with pytest.raises(NotAllowed, match="not revealed yet"):
                ratings.results(rate.db, badge)
        with pytest.raises(NotAllowed):
            topics.payload(rate.db, room.id, "results")
        assert reports.compile_report(rate.db, room.organiser).ratings is None
    room.opens(StepKind.REVEAL)
    for badge in badges:
        found = ratings.results(rate.db, badge)
        assert {idea.raters + idea.passed for idea in found} <= {3, 4, 5}
    room.opens(StepKind.RATE)
    with pytest.raises(NotAllowed, match="not revealed yet"):
        ratings.results(rate.db, room.moderator)


def test_a_rating_does_not_open_the_texts_again_after_an_undone_click(rate: Rate) -> None:
    rate.says(rate.people[0], rate.hand(rate.people[0])[0], GOOD)
    rate.room.opens(StepKind.SHARE)
    with pytest.raises(NotAllowed, match="stays as people read it"):
        ideas.revise(rate.db, rate.people[0], rate.ideas[0].id, IdeaDraft("New"), seen_version=1)


def test_turnout_is_told_by_side_and_in_all(rate: Rate) -> None:
    ana, uma = rate.people[0], rate.people[3]
    for who in (ana, uma):
        for number in rate.hand(who):
            rate.says(who, number, GOOD if who is ana else Said(impact=2))
    found = ratings.turnout(rate.db, rate.room.observer)
    assert (found.answered, found.dealt) == (4, 8)
    assert [(side.side, side.rated, side.of) for side in found.by_side] == [("eu", 1, 6), ("us", 0, 2)]


def test_everybody_around_a_tablet_rates_alone(rate: Rate) -> None:
    tablet, around = rate.room.tablet("Cleo", "Dan", table=9)
    cleo, dan = (access.speak_for(rate.db, tablet, person) for person in around)
    number = rate.hand(cleo)[0]
    rate.says(cleo, number, GOOD)
    assert all(each.said == Said() for each in ratings.hand(rate.db, dan).ideas)


def test_an_erased_person_takes_their_marks_along(rate: Rate) -> None:
    ana = rate.people[0]
    rate.says(ana, rate.hand(ana)[0], GOOD)
    people.erase(rate.db, rate.room.organiser, ana.participant_id)
    assert ratings.turnout(rate.db, rate.room.observer).answered == 0
    with pytest.raises(NotFound, match="removed"):
        ratings.hand(rate.db, ana)


def without_a_vote() -> str:
    """The built-in event as a room that rates and does not vote."""
    text = EVENT.read_text(encoding="utf-8")
    voting = text[text.index('[[run_of_show]]\nkey = "vote"') : text.index('[[run_of_show]]\nkey = "rate"')]
    prompt = text[text.index('[[prompts]]\nstep = "vote_blind"') : text.index('[[prompts]]\nstep = "consortium"')]
    planned, longer = "minutes = 3\nleast_minutes = 2", "minutes = 7\nleast_minutes = 2"
    return text.replace(voting, "").replace(prompt, "").replace(planned, longer)


def test_a_room_that_rates_and_never_votes_has_results(db: Database) -> None:
    rate = Rate(Room(db, text=without_a_vote()))
    room = rate.room
    rate.everybody_says(GOOD)
    room.opens(StepKind.REVEAL)
    assert topics.payload(db, room.id, "wall_picture").body == {"picture": "ratings"}
    assert len(topics.payload(db, room.id, "results").body["ratings"]) == 8
    assert votes.results(db, room.observer).best_first == ()
    assert len(reports.compile_report(db, room.organiser).rated) == 8
