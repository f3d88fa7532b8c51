"""Who listens is asked again as soon as it may have changed: a stream lives for hours, seats and roles do not."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pytest

from tests.live.served import Phone, Room, served_room
from workshop import signing
from workshop.domain.event import StepKind
from workshop.services import access, holding, people
from workshop.services.access import Badge, ParticipantBadge
from workshop.storage import announce
from workshop.web import callers, event_stream

SECRET = "Zirkonoxid-Membran"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


def test_whoever_sits_down_at_another_table_is_sent_that_table_on_the_second_device_too(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    ada, ben = room.phone("Ada"), room.phone("Ben")
    second = second_device(ada)
    room.open_step(StepKind.SHARE)
    with second.stream() as heard, ben.stream() as other:
        heard.topic("table")
        moves(ada, table=1)
        assert heard.event("bye") == {"why": "again"}
        ben.write(SECRET)
        other.topic("table", lambda data: len(data["ideas"]) == 1)
        assert heard.wait(lambda: heard.ended)
        assert SECRET not in heard.wire
        assert not other.ended, "nobody else is disturbed"
    with second.stream() as heard:
        assert heard.topic("table")["name"] == "Table 2"


@pytest.mark.parametrize("goes", ["is removed", "leaves"])
def test_whoever_is_gone_hears_nothing_more_of_the_table(room: Room, goes: str) -> None:
    room.open_step(StepKind.WRITE)
    ada, ben = room.phone("Ada"), room.phone("Ben")
    room.open_step(StepKind.SHARE)
    with ada.stream() as heard:
        heard.topic("table")
        assert ada.badge
        if goes == "leaves":
            people.leave_device(room.house.db, ada.badge)
        else:
            people.erase(room.house.db, ada.badge, ada.badge.participant_id)
        assert heard.event("bye") == {"why": "again"}
        ben.write(SECRET)
        heard.wait(lambda: heard.ended)
        assert SECRET not in heard.wire
    with ada.stream() as heard:
        heard.topic("counters")
        assert "table" not in heard.topics()


def test_a_phone_that_becomes_the_tablet_of_another_table_is_asked_again(room: Room) -> None:
    ada = room.phone("Ada")
    with ada.stream() as heard:
        heard.topic("room")
        tables = people.tables(room.house.db, room.moderator)
        people.open_tablet(room.house.db, access.watch(room.house.db, room.view.id), tables[3].id, device=ada.device)
        assert heard.event("bye") == {"why": "again"}


def test_a_role_that_is_taken_away_ends_its_desk_at_once(room: Room) -> None:
    desk = moderators_desk(room)
    query = {"as": "staff", "draw": "room"}
    with desk.stream(**query) as heard:
        room.open_step(StepKind.WRITE)
        heard.topic("room", lambda data: data["step"]["kind"] == "write_alone")
        before = max(data.get("room", 0) for kind, data in heard.events if kind == "changed")
        organiser = access.for_command_line(room.view.id)[1]
        access.revoke(room.house.db, organiser, UUID(desk.roles["moderator"]))
        assert heard.event("bye") == {"why": "again"}
    with desk.stream(**query) as heard:
        heard.topic("room")
        told = heard.event("changed")
        assert told["room"] > before, "the page has to run, to find out that it may not"
        with room.house.db.writing() as session:
            announce(session, room.view.id, "moderation")
        time.sleep(0.5)
        assert "moderation" not in heard.wire


def test_however_many_listen_a_change_of_badges_is_one_read(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = holding.outdated

    def counting(db: object, workshop_id: object, badges: set[Badge]) -> frozenset[Badge]:
        asked.append(len(badges))
        return real(db, workshop_id, badges)  # type: ignore[arg-type]

    with ExitStack() as streams:
        phones = [room.phone(f"Person {number}", table=number % 5) for number in range(20)]
        heard = [streams.enter_context(phone.stream()) for phone in phones]
        for each in heard:
            each.topic("room")
        monkeypatch.setattr(holding, "outdated", counting)
        moves(phones[0], table=7)
        assert heard[0].event("bye") == {"why": "again"}
        room.open_step(StepKind.WRITE)
        heard[1].topic("room", lambda data: data["step"]["kind"] == "write_alone")
        assert asked == [20], "one look, and none for a step"
        assert [each.ended for each in heard[1:]] == [False] * 19


@pytest.mark.parametrize("somebody_listens", [True, False])
def test_a_badge_that_was_read_just_before_it_changed_is_noticed(
    room: Room, monkeypatch: pytest.MonkeyPatch, somebody_listens: bool
) -> None:
    ada = room.phone("Ada")
    real = callers.screen

    def just_before(*args: object, **kwargs: object) -> Badge:
        badge = real(*args, **kwargs)  # type: ignore[arg-type]
        if isinstance(badge, ParticipantBadge) and badge == ada.badge:
            monkeypatch.setattr(callers, "screen", real)
            moves(ada, table=4)
            time.sleep(0.3)  # the room has heard of it and looked before this stream begins
        return badge

    with ExitStack() as streams:
        if somebody_listens:
            streams.enter_context(room.phone("Ben").stream()).topic("room")
        monkeypatch.setattr(callers, "screen", just_before)
        assert streams.enter_context(ada.stream()).event("bye") == {"why": "again"}


def test_a_stream_that_never_rests_ends_now_and_then_as_well(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "LONGEST_SECONDS", 1)
    with room.phone().stream() as heard:
        end = time.monotonic() + 10
        while not heard.ended:
            assert time.monotonic() < end, "it was busy and went on for ever"
            with room.house.db.writing() as session:
                announce(session, room.view.id, "room")
            time.sleep(0.05)
        assert heard.event("bye") == {"why": "again"}


def second_device(phone: Phone) -> Phone:
    """The same person on another phone, by the personal link."""
    assert phone.badge
    device = signing.new_device_id()
    token = people.personal_link(phone.room.house.db, phone.badge)
    return Phone(phone.room, device, people.come_back(phone.room.house.db, token, device=device))


def moves(phone: Phone, *, table: int) -> None:
    assert phone.badge
    tables = people.tables(phone.room.house.db, phone.badge)
    people.move(phone.room.house.db, phone.badge, tables[table].id)


def moderators_desk(room: Room) -> Phone:
    desk = room.stranger()
    token = access.first_link(room.house.db, room.view.id, "moderator")
    desk.roles["moderator"] = str(access.claim(room.house.db, token, device=desk.device).id)
    return desk
