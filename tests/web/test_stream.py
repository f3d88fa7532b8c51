"""The event stream at the wire: what arrives, what never does, and who waits for nobody."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.live.served import Room, served_room
from workshop import signing
from workshop.domain import permissions
from workshop.domain.event import StepKind
from workshop.domain.permissions import Sight
from workshop.services import access, people, readiness, votes
from workshop.storage import announce
from workshop.web import audience, event_stream, stream
from workshop.web.audience import MOST_PER_DEVICE

SECRET = "Zirkonoxid-Membran"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


def test_a_stream_begins_with_everything_that_the_phone_may_see(room: Room) -> None:
    phone = room.phone()
    with phone.stream() as heard:
        assert heard.response.headers["content-type"] == "text/event-stream"
        assert heard.topic("room")["step"]["kind"] == "arrive"
        assert heard.topic("people")["people"] == 1


def test_a_step_change_reaches_an_open_stream(room: Room) -> None:
    phone = room.phone()
    with phone.stream() as heard:
        heard.topic("room")
        room.open_step(StepKind.WRITE)
        changed = heard.topic("room", lambda data: data["step"]["kind"] == "write_alone")
        assert "write" in changed["may"]
        assert 0 < changed["clock"]["remaining"] <= changed["step"]["minutes"] * 60
        assert changed["clock"]["running"] is True


def test_a_phone_that_comes_back_is_sent_only_what_changed(room: Room) -> None:
    phone = room.phone()
    room.open_step(StepKind.WRITE)
    phone.write("One")
    room.open_step(StepKind.SHARE)
    with phone.stream() as heard:
        table = heard.topic("table")
    have = f"table:{table['table_id']}:{table['revision']},themes:0"
    with phone.stream(have=have) as heard:
        heard.topic("room")
        time.sleep(0.3)
        assert "table" not in heard.topics()
    phone.write("Two")
    with phone.stream(have=have) as heard:
        assert [idea["title"] for idea in heard.topic("table")["ideas"]] == ["One", "Two"]


def test_hidden_ideas_never_leave_the_server(room: Room) -> None:
    """Whoever listens, however: before tables share, no text of an idea is on any wire."""
    room.open_step(StepKind.WRITE)
    author, neighbour = room.phone("Ada"), room.phone("Ben")
    with ExitStack() as streams:
        wires = [
            streams.enter_context(who.stream(**query))
            for who in (author, neighbour, room.stranger())
            for query in ({}, {"as": "observer"}, {"as": "staff"}, {"draw": "table,board,themes,results"})
        ]
        author.write(SECRET)
        for wire in wires[:1]:
            wire.topic("room")
        time.sleep(1)
        assert all(SECRET not in wire.wire for wire in wires)
        room.open_step(StepKind.SHARE)
        wires[4].topic("table", lambda data: data["ideas"][0]["title"] == SECRET)
        time.sleep(0.3)
        assert [SECRET in wire.wire for wire in wires[8:]] == [False] * 4, "not published: for the table only"


def test_without_the_rule_of_the_step_the_same_idea_would_be_on_the_wire(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: it looks where a leak would be."""
    monkeypatch.setattr(permissions, "sees", lambda *_: frozenset(Sight))
    room.open_step(StepKind.WRITE)
    author, neighbour = room.phone("Ada"), room.phone("Ben")
    with neighbour.stream() as wire:
        author.write(SECRET)
        wire.wait(lambda: SECRET in wire.wire)


def test_going_back_hides_again_what_the_step_had_shown(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    phone.write("First")
    room.open_step(StepKind.SHARE)
    with phone.stream() as heard:
        heard.topic("table")
        room.open_step(StepKind.WRITE)
        heard.topic("room", lambda data: data["step"]["kind"] == "write_alone")
        phone.write(SECRET)
        time.sleep(0.5)
        assert SECRET not in heard.wire
        room.open_step(StepKind.SHARE)
        assert SECRET in [idea["title"] for idea in heard.topic("table", lambda data: len(data["ideas"]) == 2)["ideas"]]


def test_a_phone_is_sent_its_own_table_only(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    here, there = room.phone("Ada", table=0), room.phone("Ben", table=1)
    there.write(SECRET)
    room.open_step(StepKind.SHARE)
    with here.stream() as own, there.stream() as other:
        other.topic("table", lambda data: len(data["ideas"]) == 1)
        own.topic("table")
        time.sleep(0.3)
        assert SECRET not in own.wire


def test_no_tally_is_on_any_wire_before_the_reveal(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    idea = phone.write("An idea")
    room.open_step(StepKind.SHARE)
    phone.publish(idea)
    room.open_step(StepKind.VOTE)
    with phone.stream() as heard, room.stranger().stream(**{"as": "observer"}) as wall:
        assert phone.badge
        votes.cast(room.house.db, phone.badge, idea, dots=2)
        assert wall.topic("turnout", lambda data: data["voted"] == 1)["of"] == 1
        assert phone.get("/live/topic", topic="results").status_code == 403
        assert "results" not in heard.topics() + wall.topics()
        room.open_step(StepKind.REVEAL)
        assert heard.topic("results")["raw"][0]["dots"] == 2
        room.open_step(StepKind.VOTE)
        heard.topic("room", lambda data: data["step"]["kind"] == "vote_blind")
        assert phone.get("/live/topic", topic="results").status_code == 403


def test_a_wall_hears_that_something_changed_and_is_sent_what_it_draws(room: Room) -> None:
    with room.stranger().stream(**{"as": "staff", "draw": "room"}) as wall:
        wall.topic("room")
        room.phone()
        assert wall.wait(lambda: any("people" in data for kind, data in wall.events if kind == "changed"))
        assert set(wall.topics()) == {"room"}


def test_only_a_moderator_hears_of_moderation(room: Room) -> None:
    token = access.first_link(room.house.db, room.view.id, "moderator")
    desk, stranger = room.stranger(), room.stranger()
    desk.roles["moderator"] = str(access.claim(room.house.db, token, device=desk.device).id)
    with desk.stream(**{"as": "staff"}) as at_desk, stranger.stream(**{"as": "staff"}) as at_wall:
        at_desk.topic("room")
        at_wall.topic("room")
        with room.house.db.writing() as session:
            announce(session, room.view.id, "moderation")
        assert at_desk.wait(lambda: any("moderation" in data for kind, data in at_desk.events if kind == "changed"))
        assert "moderation" not in at_wall.wire


def test_a_shower_of_joins_is_few_events(room: Room) -> None:
    with room.phone("First").stream() as heard:
        heard.topic("people")
        for number in range(30):
            room.phone(f"Person {number}", table=number % 8)
        heard.topic("people", lambda data: data["people"] == 31)
        assert heard.topics().count("people") < 20


def test_a_tap_is_told_to_the_phones_of_its_table_and_to_walls_in_showers(room: Room) -> None:
    neighbours = [room.phone(f"Person {number}") for number in range(8)]
    elsewhere = room.phone("Elsewhere", table=1)
    room.open_step(StepKind.WRITE)
    with (
        neighbours[0].stream() as own,
        elsewhere.stream() as other,
        room.stranger().stream(**{"as": "observer"}) as wall,
    ):
        assert other.topic("ready_at")["of"] == 1
        own.topic("ready_at", lambda data: (data["ready"], data["of"]) == ({}, 8))
        wall.topic("ready", lambda data: (data["ready"], data["tables_ready"], data["tables"]) == (0, 0, 2))
        for phone in neighbours:
            assert phone.badge
            readiness.say(room.house.db, phone.badge, "write", ready=True)
        own.topic("ready_at", lambda data: data["ready"] == {"write": 8})
        wall.topic("ready", lambda data: (data["ready"], data["of"], data["tables_ready"]) == (8, 9, 1))
        assert other.topics().count("ready_at") == 1, "what happens at another table is not sent"
        assert "ready" not in own.topics(), "the whole room is the wall's"
        assert neighbours[0].badge
        here = readiness.topic_of(neighbours[0].badge.table_id or uuid4())
        assert elsewhere.get("/live/topic", topic=here).status_code == 403
        assert wall.topics().count("ready") < 8


def test_a_phone_that_moves_is_told_the_light_of_its_new_table(room: Room) -> None:
    phone, neighbour = room.phone("Ada"), room.phone("Ben", table=1)
    room.open_step(StepKind.WRITE)
    assert phone.badge
    assert neighbour.badge
    with neighbour.stream() as there:
        there.topic("ready_at", lambda data: data["of"] == 1)
        people.move(room.house.db, phone.badge, neighbour.badge.table_id or uuid4())
        there.topic("ready_at", lambda data: data["of"] == 2)
    with phone.stream() as heard:
        assert heard.topic("ready_at")["table_id"] == str(neighbour.badge.table_id)


def test_a_slow_phone_delays_nobody_and_finds_the_newest_state(room: Room) -> None:
    changes = 200
    room.open_step(StepKind.WRITE)
    writer, slow = room.phone("Ada"), room.phone("Sam")
    for number in range(3):
        writer.write(f"Idea {number}", pitch="What, for whom, why now. " * 15)
    room.open_step(StepKind.SHARE)
    assert writer.badge
    table = f"table:{writer.badge.table_id}"
    with _unread(room, slow.device) as deaf, writer.stream() as heard:
        for revision in range(heard.topic("table")["revision"] + 1, changes):
            with room.house.db.writing() as session:
                announce(session, room.view.id, table)
            heard.topic("table", lambda data, at_least=revision: data["revision"] >= at_least, seconds=3)
        newest = f'"revision":{heard.topic("table")["revision"]}'.encode()
        deaf.settimeout(5)
        received = b""
        while newest not in received:
            received += deaf.recv(65536)
    assert received.count(b"event: topic") < changes / 2, "what it missed must be merged, not queued"


def test_the_oldest_stream_of_a_browser_gives_way(room: Room) -> None:
    phone = room.phone()
    with ExitStack() as streams:
        opened = [streams.enter_context(phone.stream()) for _ in range(MOST_PER_DEVICE)]
        for heard in opened:
            heard.topic("room")
        streams.enter_context(phone.stream()).topic("room")
        assert opened[0].event("bye") == {"why": "replaced"}
        assert opened[0].wait(lambda: opened[0].ended)
        assert not any(heard.ended for heard in opened[1:])


def test_a_stream_says_that_it_lives(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "BEAT_SECONDS", 0.1)
    with room.phone().stream() as heard:
        assert heard.event("beat") == {}


def test_a_stream_ends_now_and_then_so_that_its_badge_is_asked_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(event_stream, "LONGEST_SECONDS", 0.2)
    with room.phone().stream() as heard:
        assert heard.event("bye") == {"why": "again"}


def test_who_comes_after_the_goodbye_is_sent_on_as_well(room: Room) -> None:
    stream._audiences[id(room.house)].end_all()
    with room.phone().stream() as heard:
        assert heard.event("bye") == {"why": "again"}


def test_a_full_house_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audience, "MOST_STREAMS", 0)
    answer = room.phone().get("/live/stream")
    assert answer.status_code == 503
    assert "Too many screens" in answer.json()["error"]


@pytest.mark.parametrize("have", ["nonsense", "room:-1", "room:", ":4", "room:99999999999999"])
def test_what_a_page_claims_to_have_is_checked(room: Room, have: str) -> None:
    assert room.phone().get("/live/stream", have=have).status_code == 422


def test_a_wrong_code_opens_no_stream(room: Room) -> None:
    answer = room.stranger().get("/live/stream", code="WRONG9")
    assert answer.status_code == 404
    assert "no room with this code" in answer.json()["error"]


def test_a_browser_without_our_cookie_is_told_what_to_do(room: Room) -> None:
    stranger = room.stranger()
    stranger.device = signing.new_device_id()
    forged = signing.Signer((b"x" * 32,))
    cookie = {signing.DEVICE_COOKIE: signing.sign_device(stranger.device, signer=forged)}
    answer = httpx.get(f"{room.address}/live/stream", params={"code": room.view.code}, cookies=cookie)
    assert answer.status_code == 403
    assert "Allow cookies" in answer.json()["error"]


def test_where_streams_are_swallowed_the_same_comes_as_one_answer(room: Room) -> None:
    phone = room.phone()
    now = phone.get("/live/now").json()
    assert {topic["topic"] for topic in now["topics"]} == {"room", "people", "ready_at"}
    assert phone.badge
    names = {"ready_at": readiness.topic_of(phone.badge.table_id or uuid4())}
    have = ",".join(f"{names.get(topic['topic'], topic['topic'])}:{topic['revision']}" for topic in now["topics"])
    again = phone.get("/live/now", have=have).json()
    assert [topic["topic"] for topic in again["topics"]] == ["room"], "the clock may have slept"


def test_the_board_is_fetched_compressed_while_it_may_be_read(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    idea = phone.write("An idea")
    room.open_step(StepKind.SHARE)
    phone.publish(idea)
    assert phone.get("/live/topic", topic="board").status_code == 403, "a phone reads its own table now"
    room.open_step(StepKind.VOTE)
    answer = phone.get("/live/topic", topic="board")
    assert answer.headers["content-encoding"] == "gzip"
    assert [idea["title"] for idea in answer.json()["ideas"]] == ["An idea"]


def test_a_person_who_was_removed_is_an_observer_at_the_next_stream(room: Room) -> None:
    phone = room.phone()
    assert phone.badge
    people.erase(room.house.db, phone.badge, phone.badge.participant_id)
    with phone.stream() as heard:
        heard.topic("counters")


def _unread(room: Room, device: str) -> socket.socket:
    """A phone that asks for its stream and then reads nothing."""
    place = urlsplit(room.address)
    unread = socket.socket()
    unread.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    unread.connect((place.hostname, place.port))
    cookie = signing.sign_device(device, signer=room.house.signer)
    unread.sendall(
        f"GET /live/stream?code={room.view.code} HTTP/1.1\r\nHost: {place.netloc}\r\n"
        f"Cookie: {signing.DEVICE_COOKIE}={cookie}\r\n\r\n".encode()
    )
    return unread
