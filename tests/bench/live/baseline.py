"""The room as plain Streamlit code has it: pages that run again every two seconds (`baseline_app.py`)."""

import asyncio
import random
from contextlib import suppress
from time import perf_counter
from urllib.parse import urlencode

from tests.bench.live.browser import Browser
from tests.bench.live.figures import Figures
from tests.bench.live.form import Form
from tests.bench.live.place import new_people, new_place
from tests.bench.live.play import Cast
from tests.bench.live.room import Room
from tests.bench.live.screens import Desk, Wall
from tests.bench.live.server import Server
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn


def casts(server: Server, phones: int, figures: Figures) -> list[Cast]:
    """One room with so many phones. The people are in already; their phones only open the page."""
    place = new_place(server.address, server.database_url, phones)
    room = Room(place, figures)
    devices = new_people(server.database_url, place, phones)
    wall = Wall(room, "", _query("wall", place.code), Timed())
    desk = Desk(room, "", _query("desk", place.code), Timed())
    return [Cast(room, wall, desk, [TimedPhone(room, number, device) for number, device in enumerate(devices)])]


class Timed:
    """Follows the room as Streamlit's own page does: a fragment that wants to run again by a timer is asked to."""

    def __init__(self) -> None:
        self._tab: Tab | None = None
        self._timers: dict[str, asyncio.Task[None]] = {}

    def attach(self, tab: Tab) -> None:
        self._tab = tab
        tab.on_timer = self._wants

    def start(self) -> None:
        """The first run has asked for the timers already."""

    def drawn(self, element: Drawn) -> None:
        """Nothing that is drawn matters here."""

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _wants(self, fragment: str, seconds: float) -> None:
        if not seconds and fragment in self._timers:
            self._timers.pop(fragment).cancel()
        elif seconds and fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(self._tick(fragment, seconds))

    async def _tick(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            with suppress(ConnectionError):
                self._tab.run([], fragment=fragment, timed=True)


class TimedPhone:
    """One person with a phone that asks again and again."""

    def __init__(self, room: Room, number: int, device: str) -> None:
        self.room, self.name = room, f"Phone {number}"
        self.tab = Tab(Browser(room.place.address), "", _query("phone", room.place.code, device))
        self.form, self.timer = Form(self.tab), Timed()
        self.tab.on_drawn, self.tab.on_run = self._draw, self._has_run
        self._shows = ""
        self._runs = 0
        self._busy = asyncio.Lock()

    @property
    def live(self) -> bool:
        return self.tab.session.connected

    @property
    def heard(self) -> tuple[int, int]:
        return self._runs, self.tab.session.received

    async def arrive(self) -> None:
        begin = perf_counter()
        self.timer.attach(self.tab)
        await self.tab.open()
        self.room.figures.took("first_load", begin)

    async def write(self, title: str) -> None:
        async with self._busy:
            begin = perf_counter()
            number = await self.form.send_idea(title)
            self.room.figures.took("idea_to_own_confirmation", begin)
            self.room.sent(number, begin)

    async def publish(self) -> None:
        async with self._busy:
            if button := self._one_of("button", "Publish #"):
                begin = perf_counter()
                self.tab.press(button)
                await self.tab.session.rests()
                self.room.figures.took("publish_to_own_confirmation", begin)

    async def vote(self) -> None:
        async with self._busy:
            if dots := self._one_of("button_group", "Dots for #"):
                begin = perf_counter()
                self.tab.choose(dots, [str(random.randrange(3))])
                await self.tab.session.rests()
                self.room.figures.took("vote_to_own_confirmation", begin)

    async def ready(self) -> None:
        async with self._busy:
            if button := self._one_of("button", "I am ready"):
                begin = perf_counter()
                self.tab.press(button)
                await self.tab.session.rests()
                self.room.figures.took("ready_to_own_confirmation", begin)

    async def drop(self, *, away: float, reload: bool) -> None:
        async with self._busy:
            if self.room.change is not None:
                self.room.change.lost(self.name)
            self.timer.stop()
            self.tab.session.drop()
            await asyncio.sleep(away)
            begin = perf_counter()
            await self.tab.open()
            self.room.figures.took("reload_to_screen", begin)

    def leave(self) -> None:
        self.timer.stop()
        self.tab.leave()

    def _one_of(self, kind: str, beginning: str) -> str:
        labels = [drawn.proto.label for drawn in self.tab.widgets.values() if drawn.kind == kind]
        return random.choice([label for label in labels if label.startswith(beginning)] or [""])

    def _draw(self, element: Drawn) -> None:
        self.form.hear(element)
        if element.kind == "html" and 'class="rt-step"' in element.proto.body:
            self._shows = element.proto.body
            if self._shows_the_step:
                self.room.change.heard(self.name)

    def _has_run(self) -> None:
        self._runs += 1
        if self._shows_the_step:
            self.room.change.drawn(self.name)

    @property
    def _shows_the_step(self) -> bool:
        return self.room.change is not None and self.room.change.title in self._shows


def _query(page: str, code: str, device: str = "") -> str:
    return urlencode({"page": page, "code": code, "device": device})
