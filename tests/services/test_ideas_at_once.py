"""Ideas when everybody taps at the same moment."""

from __future__ import annotations

from collections import Counter
from functools import partial

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.errors import Conflict, NotAllowed
from workshop.services import ideas, log
from workshop.services.ideas import Saved
from workshop.storage import Database


def test_32_taps_of_the_same_text_at_the_same_moment_are_one_idea(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    answers = at_once([partial(ideas.submit, room.db, ana, IdeaDraft("One", "The same pitch"))] * 32)
    saved = [answer for answer in answers if isinstance(answer, Saved)]
    assert len(saved) == 32, answers
    assert len({answer.idea.id for answer in saved}) == 1
    assert [answer.already for answer in saved].count(False) == 1
    assert [idea.number for idea in ideas.mine(room.db, ana)] == [1]


def test_32_people_at_the_same_moment_get_32_numbers_without_a_gap(room: Room) -> None:
    people = [room.joins(f"Person {number}", table=number % 10) for number in range(32)]
    room.opens(StepKind.WRITE)
    answers = at_once([partial(ideas.submit, room.db, person, IdeaDraft("One")) for person in people])
    assert sorted(answer.idea.number for answer in answers if isinstance(answer, Saved)) == list(range(1, 33))
    assert log.verify(room.db, room.moderator) is None


def test_two_tables_full_of_people_racing_for_the_last_place_fill_it_once(db: Database) -> None:
    room = Room(db, ideas_per_table=3)
    people = [room.joins(f"Person {number}", table=number % 2) for number in range(16)]
    room.opens(StepKind.WRITE)
    answers = at_once([partial(ideas.submit, db, person, IdeaDraft("One")) for person in people])
    assert Counter(type(answer) for answer in answers) == {Saved: 6, Conflict: 10}
    assert [table.ideas for table in ideas.counters(db, room.observer).by_table[:2]] == [3, 3]


def test_one_person_racing_on_two_devices_keeps_the_limit(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    answers = at_once([partial(ideas.submit, room.db, ana, IdeaDraft(f"Idea {number}")) for number in range(12)])
    assert Counter(type(answer) for answer in answers) == {Saved: 3, Conflict: 9}


def test_a_table_racing_to_publish_keeps_the_limit(room: Room) -> None:
    people = [room.joins(f"Person {number}") for number in range(8)]
    room.opens(StepKind.SHARE)
    sent = [room.has_sent(person, f"Idea of {index}") for index, person in enumerate(people)]
    at_once([partial(ideas.publish, room.db, people[0], idea.id, published=True) for idea in sent])
    assert len(ideas.board(room.db, room.observer)) == 3


def test_of_two_people_who_complete_an_idea_at_once_one_is_told(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ana, "One")
    drafts = [IdeaDraft("One", brings={"eu": "Ana's"}), IdeaDraft("One", brings={"us": "Bo's"})]
    answers = at_once(
        [
            partial(ideas.revise, room.db, person, idea.id, draft, seen_version=1)
            for person, draft in zip((ana, bo), drafts, strict=True)
        ]
    )
    assert [isinstance(answer, Conflict) for answer in answers].count(True) == 1
    assert ideas.mine(room.db, ana)[0].version == 2


def test_closing_is_exact_for_ideas(db: Database) -> None:
    """Whoever was told “saved” is in, whoever was refused is not, and nothing lands after the close."""
    room = Room(db, late_save_seconds=0)
    people = [room.joins(f"Person {number}", table=number % 10) for number in range(32)]
    for round_ in range(3):
        room.opens(StepKind.WRITE)
        before = len(log.entries(db, room.moderator))
        sends = [partial(ideas.submit, db, person, IdeaDraft(f"Round {round_}")) for person in people]
        answers = at_once([*sends[:20], room.closes, *sends[20:]])
        told = [type(answer) for answer in answers[:20] + answers[21:]]
        assert set(told) <= {Saved, NotAllowed}, answers
        written = [entry.verb for entry in log.entries(db, room.moderator)[before:]]
        assert written == ["submit"] * told.count(Saved) + ["step"]
        mine = [idea for person in people for idea in ideas.mine(db, person)]
        assert sum(idea.title == f"Round {round_}" for idea in mine) == told.count(Saved)
