"""What is measured: each number moves when, and only when, the thing happens that it counts."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tests.live.served import Room, open_house, served_room
from tests.web.asgi import HOST, ask, talk
from workshop.domain.event import StepKind
from workshop.storage import announce
from workshop.ui import runs, turns
from workshop.web import application, metrics
from workshop.web.guard import Guard
from workshop.web.pool import Pool

LABELS = {"kind", "topic", "page", "status", "queue", "le"}


class Since:
    """How much a number has grown since now."""

    def __init__(self, name: str, **labels: str) -> None:
        self._name, self._labels = name, labels
        self._before = self._now()

    @property
    def more(self) -> float:
        return self._now() - self._before

    def _now(self) -> float:
        return metrics.REGISTRY.get_sample_value(self._name, self._labels) or 0.0


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


def test_open_streams_are_counted_by_who_listens(room: Room) -> None:
    phones, observers = (Since("roundtable_streams", kind=kind) for kind in ("phone", "observer"))
    with room.phone().stream() as phone, room.stranger().stream(**{"as": "observer"}) as wall:
        phone.topic("room")
        wall.topic("room")
        assert (phones.more, observers.more) == (1, 1)
    ends = time.monotonic() + 5
    while phones.more and time.monotonic() < ends:
        time.sleep(0.01)
    assert (phones.more, observers.more) == (0, 0)


def test_events_and_bytes_are_counted_as_the_wire_carries_them_without_ids(room: Room) -> None:
    room.open_step(StepKind.SHARE)
    size = Since("roundtable_stream_sent_bytes_total")
    counted = {kind: Since("roundtable_events_sent_total", topic=kind) for kind in ("room", "people", "table")}
    with room.phone().stream() as heard:
        heard.topic("room")
        heard.topic("table")
        heard.wait(lambda: size.more == len(heard.wire.encode()))
        seen = {kind: heard.topics().count(kind) for kind in ("room", "people", "table")}
        assert {kind: counted[kind].more for kind in seen} == seen


def test_the_way_from_the_commit_to_a_stream_is_measured_for_changes_only(room: Room) -> None:
    lags, seconds = Since("roundtable_stream_lag_seconds_count"), Since("roundtable_stream_lag_seconds_sum")
    with room.phone().stream() as heard:
        heard.topic("room")
        assert lags.more == 0, "what a screen is sent to catch up may be hours old"
        began = time.monotonic()
        room.open_step(StepKind.WRITE)
        heard.topic("room", lambda data: data["step"]["kind"] == "write_alone")
        assert lags.more >= 1
        assert 0 < seconds.more / lags.more < time.monotonic() - began


def test_a_change_that_waits_in_a_shower_counts_from_its_own_commit(room: Room) -> None:
    lags, seconds = Since("roundtable_stream_lag_seconds_count"), Since("roundtable_stream_lag_seconds_sum")
    with room.stranger().stream(**{"as": "observer", "draw": "people"}) as wall:
        wall.topic("people")
        for number in range(2):
            with room.house.db.writing() as session:
                announce(session, room.view.id, "people")
            wall.wait(lambda: wall.topics().count("people") >= 2 + number)  # noqa: B023  called at once
        assert lags.more == 2
        assert seconds.more > 0.3, "the second one was held until the shower was over"


def test_what_the_guard_refuses_is_counted_by_status() -> None:
    foreign, closed, socket = (Since("roundtable_refused_total", status=status) for status in ("421", "404", "403"))
    app = Guard(_nothing)
    ask(app, headers=[("host", "evil.example")])
    ask(app, "/_stcore/metrics")
    talk(Guard, headers=[("host", "evil.example")])
    assert (foreign.more, closed.more, socket.more) == (1, 1, 1)
    too_large = Since("roundtable_refused_total", status="1009")
    talk(Guard, b"x" * 300_000)
    assert too_large.more == 1


def test_a_websocket_counts_while_it_is_open() -> None:
    before, inside = metrics.SOCKETS._value.get(), []

    async def streamlit(*_: object) -> None:
        inside.append(metrics.SOCKETS._value.get() - before)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", HOST.encode())], "scheme": "ws"}
    asyncio.run(Guard(streamlit)(scope, _never, _never))
    assert (inside, metrics.SOCKETS._value.get() - before) == ([1], 0)


def test_transactions_and_runs_are_heard_while_the_server_runs_and_not_after(room: Room) -> None:
    reads, writes = (Since("roundtable_transaction_seconds_count", kind=kind) for kind in ("read", "write"))
    pages, fragments = (Since("roundtable_run_seconds_count", page="wall", kind=kind) for kind in ("page", "fragment"))

    def happen() -> None:
        with room.house.db.reading(), runs.of_a_page() as run:
            run.page = "wall"
        with pytest.raises(ZeroDivisionError), room.house.db.writing():
            raise ZeroDivisionError
        runs.of_a_fragment("wall")(int)()

    async def serve() -> None:
        async with metrics.watching(room.house.db):
            happen()

    asyncio.run(serve())
    happen()
    assert (reads.more, writes.more, pages.more, fragments.more) == (1, 1, 1, 1)


def test_a_loop_that_is_kept_from_its_work_is_noticed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_FEEL_SECONDS", 0.05)
    count, seconds = Since("roundtable_loop_delay_seconds_count"), Since("roundtable_loop_delay_seconds_sum")

    async def serve() -> None:
        async with metrics.watching(room.house.db):
            await asyncio.sleep(0)
            time.sleep(0.3)  # noqa: ASYNC251  what must not happen
            await asyncio.sleep(0.1)

    asyncio.run(serve())
    assert count.more >= 1
    assert seconds.more > 0.2


def test_a_queue_is_as_long_as_calls_wait_for_a_thread() -> None:
    enough, lengths = threading.Event(), []

    async def ask_three() -> None:
        pool = Pool("of_a_test", threads=1)
        asked = [asyncio.create_task(pool.run(enough.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        lengths.append(metrics.REGISTRY.get_sample_value("roundtable_waiting", {"queue": "of_a_test"}))
        enough.set()
        await asyncio.gather(*asked)
        lengths.append(metrics.REGISTRY.get_sample_value("roundtable_waiting", {"queue": "of_a_test"}))
        pool.close()

    asyncio.run(ask_three())
    assert lengths == [2, 0]


def test_pages_that_wait_for_their_turn_are_counted(tmp_path: Path) -> None:
    lengths = []

    def length() -> float | None:
        return metrics.REGISTRY.get_sample_value("roundtable_waiting", {"queue": "runs"})

    def take_a_turn() -> None:
        with turns.queue.turn():
            pass

    async def serve() -> None:
        async with application.lifespan(None):
            waiting = threading.Thread(target=take_a_turn)
            with turns.queue.turn():
                waiting.start()
                ends = time.monotonic() + 5
                while not length() and time.monotonic() < ends:  # noqa: ASYNC110  a thread queues up
                    await asyncio.sleep(0.01)
                lengths.append(length())
            waiting.join()
            lengths.append(length())

    with open_house(tmp_path):
        asyncio.run(serve())
    assert lengths == [1, 0]


def test_no_label_names_a_person_a_room_or_a_device(room: Room) -> None:
    room.open_step(StepKind.SHARE)
    phone = room.phone("Ada Lovelace")
    with phone.stream() as heard:
        heard.topic("table")
        text = generate_latest(metrics.REGISTRY).decode()
    assert phone.badge
    for secret in ("Ada", room.view.code, str(room.view.id), str(phone.badge.table_id), phone.device):
        assert secret not in text
    ours = re.findall(r"^roundtable_\w+{(.*)}", text, re.MULTILINE)
    assert {label for line in ours for label in re.findall(r'(\w+)="', line)} <= LABELS


async def _nothing(*_: object) -> None:
    raise AssertionError("the guard let it through")


async def _never() -> None:
    raise AssertionError("nobody asks")
