"""What depends on the moment: the room's time of day, whatever the zone of the machine."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.services.room import Room
from workshop.services import topics, workshops


def test_screens_without_a_countdown_are_told_the_time_of_day_in_the_room(room: Room) -> None:
    view = workshops.of(room.db, room.observer)
    moment = topics.moment(view, datetime(2018, 11, 7, 9, 55, 30, tzinfo=UTC))
    assert moment["clock"]["remaining"] is None
    assert moment["clock"]["time_of_day"] == 10 * 3600 + 55 * 60 + 30, "Copenhagen is an hour ahead in November"
