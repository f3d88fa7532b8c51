"""Votes when everybody taps twice at the same moment."""

from __future__ import annotations

from functools import partial

from tests.bench import votes as bench
from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.errors import Conflict, NotAllowed
from workshop.services import votes
from workshop.services.votes import Given
from workshop.storage import Database


def test_one_person_tapping_sixteen_ideas_at_once_spends_the_budget_once(room: Room) -> None:
    people = [room.joins(f"Person {number}", table=number) for number in range(8)]
    room.opens(StepKind.SHARE)
    board = [room.has_sent(person, f"Idea {number}", published=True) for person in people for number in range(2)]
    room.opens(StepKind.VOTE)
    answers = at_once([partial(votes.cast, room.db, people[0], idea.id, dots=2) for idea in board])
    assert [type(answer) for answer in answers].count(Given) == 2
    assert [type(answer) for answer in answers].count(Conflict) == 14
    ballot = votes.ballot(room.db, people[0])
    assert (ballot.used, sum(ballot.dots.values())) == (4, 4)


def test_a_double_tap_on_one_idea_at_the_same_moment_is_one_vote(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ana, "One", published=True)
    room.opens(StepKind.VOTE)
    answers = at_once([partial(votes.cast, room.db, ana, idea.id, dots=2)] * 16)
    assert all(isinstance(answer, Given) for answer in answers), answers
    assert votes.ballot(room.db, ana).used == 2


def test_closing_is_exact_for_votes(db: Database) -> None:
    """Dots of whoever was answered with a ballot count, those of whoever was refused do not."""
    room = Room(db)
    people = [room.joins(f"Person {number}", table=number % 10) for number in range(32)]
    room.opens(StepKind.SHARE)
    idea = room.has_sent(people[0], "One", published=True)
    for round_ in range(3):
        room.opens(StepKind.VOTE)
        casts = [partial(votes.cast, db, person, idea.id, dots=1 + round_ % 2) for person in people]
        before = {person.participant_id: votes.ballot(db, person).used for person in people}
        answers = at_once([*casts[:20], room.closes, *casts[20:]])
        for person, answer in zip(people, answers[:20] + answers[21:], strict=True):
            assert isinstance(answer, Given | NotAllowed), answer
            wanted = 1 + round_ % 2 if isinstance(answer, Given) else before[person.participant_id]
            assert votes.ballot(db, person).used == wanted


def test_64_double_tapping_voters_never_overspend_and_without_the_counter_they_do(db_url: str) -> None:
    """The short form of `python -m tests.bench.votes`, with its negative control."""
    kept = bench.measure(db_url, voters=64, rounds=5, processes=1)
    assert (kept.overspent, kept.wrong_counters, kept.errors) == (0, 0, 0)
    assert kept.taps == 64 * 2 * 5
    control = bench.measure(db_url, voters=64, rounds=1, processes=1, way=bench.count_then_insert)
    assert control.overspent > 0, "the control must fail, or the measurement sees nothing"
