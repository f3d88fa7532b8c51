"""A step that a transaction holds is not closed before that transaction has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.room import WorkshopView
from workshop.domain.steps import Status
from workshop.errors import NotFound
from workshop.services import ideas, turn, votes
from workshop.storage import Database, Session
from workshop.storage import workshops as workshop_rows

Hold = Callable[[Session, UUID], WorkshopView]


@pytest.fixture
def pg_room(new_pg_url: Callable[[], str]) -> Iterator[Room]:
    """A room on PostgreSQL, where two may write at once; on SQLite one writes after the other."""
    db = Database.open(new_pg_url())
    yield Room(db)
    db.close()


@pytest.mark.parametrize("hold", [turn.hold, turn.take])
def test_the_moderator_waits_until_what_is_being_written_is_written(room: Room, hold: Hold) -> None:
    room.opens(StepKind.WRITE)
    with ThreadPoolExecutor(1) as moderator:
        with room.db.writing() as session:
            assert hold(session, room.id).state.status is Status.OPEN
            closing = moderator.submit(room.closes)
            with pytest.raises(TimeoutError):
                closing.result(timeout=1)
            assert turn.look(session, room.id).state.status is Status.OPEN
        assert closing.result(timeout=20).status is Status.CLOSED


def test_two_people_vote_at_the_same_time_without_waiting_for_each_other(pg_room: Room) -> None:
    room = pg_room
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ana, "One", published=True)
    room.opens(StepKind.VOTE)
    with ThreadPoolExecutor(1) as other, room.db.writing() as session:
        turn.hold(session, room.id)
        assert other.submit(votes.cast, room.db, bo, idea.id, dots=1).result(timeout=10).used == 1


def test_people_join_while_ideas_are_written(pg_room: Room) -> None:
    """Foreign keys of somebody who joins do not wait for the turn, so the two can never wait for each other."""
    room = pg_room
    room.opens(StepKind.WRITE)
    with ThreadPoolExecutor(1) as latecomer, room.db.writing() as session:
        turn.take(session, room.id)
        ana = latecomer.submit(room.joins, "Ana").result(timeout=10)
    assert ideas.submit(room.db, ana, IdeaDraft("One")).idea.number == 1


def test_a_workshop_that_was_removed_is_named(room: Room) -> None:
    with room.db.writing() as session:
        workshop_rows.remove(session, room.id)
    with pytest.raises(NotFound, match="This workshop was removed"):
        ideas.board(room.db, room.observer)
