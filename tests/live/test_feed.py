"""The feed: what is newer reaches every reader, once, and no writer waits for a reader."""

import asyncio
import threading
import time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.change import Change
from workshop.live import Feed

ROOM, OTHER = uuid4(), uuid4()


def test_a_reader_hears_a_change_of_its_workshop() -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        feed.publish([Change(ROOM, "people", 1)])
        assert reader.take() == {"people": 1}


def test_a_reader_hears_nothing_of_another_workshop() -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        feed.publish([Change(OTHER, "people", 1)])
        assert reader.take() == {}


def test_a_burst_is_one_look() -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        for revision in range(1, 101):
            feed.publish([Change(ROOM, "board", revision)])
        assert reader.take() == {"board": 100}
        assert reader.take() == {}


def test_an_older_revision_that_comes_late_is_no_news() -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        feed.publish([Change(ROOM, "room", 7)])
        reader.take()
        feed.publish([Change(ROOM, "room", 6), Change(ROOM, "room", 7)])
        assert reader.take() == {}


@given(st.lists(st.tuples(st.sampled_from(["room", "board"]), st.integers(1, 20)), min_size=1))
def test_in_whatever_order_changes_come_the_newest_is_heard(changes: list[tuple[str, int]]) -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        for topic, revision in changes:
            feed.publish([Change(ROOM, topic, revision)])
        newest: dict[str, int] = {}
        for topic, revision in changes:
            newest[topic] = max(newest.get(topic, 0), revision)
        assert reader.take() == newest


def test_a_thread_wakes_up_for_a_change() -> None:
    feed = Feed()
    with feed.subscribe(ROOM) as reader:
        threading.Timer(0.05, feed.publish, args=[[Change(ROOM, "room", 1)]]).start()
        assert reader.wait(5) == {"room": 1}


def test_an_event_loop_wakes_up_for_a_change_from_another_thread() -> None:
    async def listen() -> dict[str, int]:
        feed = Feed()
        with feed.subscribe(ROOM) as reader:
            threading.Timer(0.05, feed.publish, args=[[Change(ROOM, "room", 1)]]).start()
            async for changed in reader.changes():
                return changed
        raise AssertionError("the feed ended")

    assert asyncio.run(asyncio.wait_for(listen(), 5)) == {"room": 1}


def test_closing_ends_a_reader_that_waits() -> None:
    async def listen() -> list[dict[str, int]]:
        feed = Feed()
        reader = feed.subscribe(ROOM)
        asyncio.get_running_loop().call_later(0.05, reader.close)
        return [changed async for changed in reader.changes()]

    assert asyncio.run(asyncio.wait_for(listen(), 5)) == []


def test_a_reader_that_never_looks_costs_a_writer_nothing() -> None:
    feed = Feed()
    readers = [feed.subscribe(ROOM) for _ in range(200)]
    begin = time.perf_counter()
    for revision in range(1, 501):
        feed.publish([Change(ROOM, f"table:{revision % 20}", revision)])
    assert time.perf_counter() - begin < 5
    assert len(readers[0].take()) == 20


def test_a_writer_goes_on_when_the_readers_loop_has_ended() -> None:
    feed = Feed()
    reader = feed.subscribe(ROOM)

    async def look() -> None:
        async for _ in reader.changes():
            return

    feed.publish([Change(ROOM, "room", 1)])
    asyncio.run(look())
    feed.publish([Change(ROOM, "room", 2)])
    assert reader.take() == {"room": 2}


def test_only_workshops_that_somebody_shows_are_watched() -> None:
    feed = Feed()
    assert feed.watched() == ()
    with feed.subscribe(ROOM), feed.subscribe(ROOM):
        assert feed.watched() == (ROOM,)
    assert feed.watched() == ()


@pytest.mark.parametrize("line", ["", "room", "not-a-uuid 1 room"])
def test_a_line_from_elsewhere_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Change.from_line(line)
