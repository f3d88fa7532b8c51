"""Showers of small changes, with a clock that stands still until the test lets it go on."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

from workshop.services import topics
from workshop.web.showers import CALM_SECONDS, Showers


class Alarms:
    """Stands for the event loop: what was to be called, and after how many seconds."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, seconds: float, call: Callable[[str], None], topic: str) -> None:
        self.set.append((seconds, lambda: call(topic)))

    def ring(self) -> None:
        self.set.pop(0)[1]()


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> Alarms:
    alarms = Alarms()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: alarms)
    return alarms


def test_the_first_drop_passes_and_the_last_one_follows(alarms: Alarms) -> None:
    heard: list[Mapping[str, int]] = []
    showers = Showers(heard.append, listeners=lambda: 3)
    for revision in (1, 2, 3):
        showers.pass_on({topics.TURNOUT: revision})
    assert heard == [{topics.TURNOUT: 1}]
    alarms.ring()
    assert heard == [{topics.TURNOUT: 1}, {topics.TURNOUT: 3}]
    alarms.ring()
    assert len(heard) == 2
    assert not alarms.set


@pytest.mark.parametrize(("topic", "listeners", "seconds"), [
    (topics.PEOPLE, 100, CALM_SECONDS[topics.PEOPLE]),
    (topics.PEOPLE, 1000, 2.0),
    (topics.CONSORTIUM, 1000, 2.0),
    (topics.COUNTERS, 1000, CALM_SECONDS[topics.COUNTERS]),
])  # fmt: skip
def test_a_large_room_hears_less_often_what_every_phone_draws(
    alarms: Alarms, topic: str, listeners: int, seconds: float
) -> None:
    Showers(lambda changed: None, listeners=lambda: listeners).pass_on({topic: 1})
    assert [alarm[0] for alarm in alarms.set] == [seconds]


def test_what_is_no_shower_passes_at_once(alarms: Alarms) -> None:
    heard: list[Mapping[str, int]] = []
    showers = Showers(heard.append, listeners=lambda: 1000)
    showers.pass_on({topics.ROOM: 1})
    showers.pass_on({topics.ROOM: 2})
    assert heard == [{topics.ROOM: 1}, {topics.ROOM: 2}]
    assert not alarms.set
