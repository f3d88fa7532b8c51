"""The wall and the desk: pages that draw a fragment again when their pulse tells them to."""

import asyncio
import html
import json
import re
from contextlib import suppress
from time import perf_counter
from typing import Any

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.pulse import Pulse
from tests.bench.live.room import Room
from tests.bench.live.stream import Stream
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn

_IDEAS = re.compile(r"<b>(\d+)</b><span>ideas</span>")


class Screen:
    """A page with a pulse, and its stream."""

    name = ""
    page = ""
    query = ""
    pulse_key = ""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.browser = Browser(room.place.address)
        self.shows = ""
        self.runs = 0

    async def open(self) -> None:
        self.tab = Tab(self.browser, self.page, self.query)
        self.pulse = Pulse(self._ask)
        self.tab.on_drawn, self.tab.on_run = self._draw, self._has_run
        await self.tab.open()
        self.stream = Stream(self.browser, {"code": self.room.place.code, "as": "staff"}, self._hear, draw="room")
        self.stream.open()

    def leave(self) -> None:
        """Close everything."""
        self.pulse.stop()
        self.stream.close()
        self.tab.drop()
        self.browser.leave()

    def drawn(self, element: Drawn) -> None:
        """Something of the screen's own has been drawn."""

    def _ask(self, component: Drawn, topics: str) -> None:
        with suppress(ConnectionError):
            self.tab.trigger(component, json.dumps([{"event": "changed", "value": topics}]))

    def _hear(self, name: str, data: Any) -> None:
        if name == "changed":
            self.pulse.hear(data)

    def _draw(self, element: Drawn) -> None:
        if element.kind == "bidi_component" and element.id.endswith(self.pulse_key):
            self.pulse.update(element)
        elif element.kind == "html":
            self.drawn(element)

    def _has_run(self) -> None:
        self.runs += 1
        change = self.room.change
        if change is not None and html.escape(change.title) in self.shows:
            change.drawn(self.name)


class Wall(Screen):
    name, page, pulse_key = "wall", "wall", "wall_pulse"

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.query = f"code={room.place.code}&embed=true&embed_options=dark_theme"

    def drawn(self, element: Drawn) -> None:
        body = element.proto.body
        if 'class="rt-step"' in body:
            self.shows = body
        elif found := _IDEAS.search(body):
            self.room.wall_shows(int(found[1]))


class Desk(Screen):
    name, page, pulse_key = "desk", "desk", "desk_pulse"

    async def claims(self, link: str) -> None:
        """Take the moderator's role with the link that works once."""
        await self.browser.get(link)
        answer = await self.browser.ask("POST", link)
        if answer.status != 303:
            raise ConnectionError(f"the link to the desk answered {answer.status}")

    async def opens_next(self) -> None:
        """Press the button, as the moderator does, and wait until the desk shows the step."""
        await self.tab.rests()
        change = self.room.begin_change(wall_and_desk={"wall", "desk"})
        self.tab.press("Open next step")
        until = perf_counter() + PATIENCE
        while html.escape(change.title) not in self.shows:
            if perf_counter() > until:
                raise TimeoutError
            await asyncio.sleep(0.01)

    def drawn(self, element: Drawn) -> None:
        if 'class="rt-lead"' in element.proto.body and 'class="rt-kicker"' in element.proto.body:
            self.shows = element.proto.body
