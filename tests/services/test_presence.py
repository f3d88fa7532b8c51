"""Presence: several servers are one room, a server that died counts no longer, and no person is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.services import clock, people, presence, topics, workshops
from workshop.services.presence import FRESH_SECONDS, Seen


def told(room: Room, table: int = 0) -> dict[str, Any]:
    body = topics.payload(room.db, room.id, topics.PRESENCE).body
    return next((one for one in body["by_table"] if one["id"] == room.tables[table]), {})


def test_devices_of_a_table_are_counted_without_being_connected(room: Room) -> None:
    room.joins("Anna")
    room.tablet("Bo", "Cid")
    assert told(room) == {"id": room.tables[0], "devices": 2, "connected": 0, "heard_at": None}


def test_what_two_servers_see_adds_up_and_the_newest_word_counts(room: Room) -> None:
    for name in ("Anna", "Bo", "Cid"):
        room.joins(name)
    now = clock.now()
    earlier = now - timedelta(minutes=2)
    presence.tell(room.db, room.id, "one", {room.tables[0]: Seen(2, now)})
    presence.tell(room.db, room.id, "two", {room.tables[0]: Seen(1, earlier)})
    assert (told(room)["connected"], told(room)["heard_at"]) == (3, now)
    presence.tell(room.db, room.id, "two", {room.tables[0]: Seen(0, earlier)})
    assert told(room)["connected"] == 2, "a server's new word takes the place of its old one"


def test_a_device_that_two_servers_see_is_one_device(room: Room) -> None:
    room.joins("Anna")
    for server in ("one", "two"):
        presence.tell(room.db, room.id, server, {room.tables[0]: Seen(1)})
    assert told(room)["connected"] == 1


def test_a_server_that_died_counts_no_longer_but_what_it_heard_was_said(room: Room) -> None:
    room.joins("Anna")
    now = clock.now()
    presence.tell(room.db, room.id, "one", {room.tables[0]: Seen(1, now)})
    with clock.frozen(now + timedelta(seconds=FRESH_SECONDS + 2)):
        assert (told(room)["connected"], told(room)["heard_at"]) == (0, now)


def test_a_table_that_is_gone_is_no_error(room: Room) -> None:
    presence.tell(room.db, room.id, "one", {uuid4(): Seen(1)})
    assert told(room) == {}


def test_only_those_who_run_the_room_hear_of_it(room: Room) -> None:
    anna = room.joins("Anna")
    view = workshops.of(room.db, room.observer)
    assert topics.told(room.moderator, view, topics.PRESENCE)
    for badge in (anna, room.observer):
        assert not topics.told(badge, view, topics.PRESENCE)
        assert topics.PRESENCE not in topics.visible(badge, view)


def test_somebody_who_is_erased_leaves_no_device_behind(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    people.erase(room.db, anna, anna.participant_id)
    assert told(room) == {}
