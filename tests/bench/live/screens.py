"""The wall and the desk. What makes them draw themselves again is their ``follow``: a pulse, or a timer."""

import asyncio
import html
import re
from collections.abc import Callable
from typing import Protocol

from tests.bench.live.browser import Browser
from tests.bench.live.room import Room
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn

_IDEAS = re.compile(r"<b>(\d+)</b><span>ideas</span>")


class Follow(Protocol):
    """Lets a tab follow the room."""

    def attach(self, tab: Tab) -> None: ...
    def start(self) -> None: ...
    def drawn(self, element: Drawn) -> None: ...
    def stop(self) -> None: ...


class Screen:
    """A page that everybody looks at. ``shows`` is the part of it that names the step."""

    name = ""

    def __init__(self, room: Room, page: str, query: str, follow: Follow) -> None:
        self.room, self.follow = room, follow
        self.tab = Tab(Browser(room.place.address), page, query)
        self.tab.on_drawn, self.tab.on_run = self._draw, self._has_run
        self.shows = ""
        self.runs = 0

    async def open(self) -> None:
        self.follow.attach(self.tab)
        await self.tab.open()
        self.follow.start()

    def leave(self) -> None:
        """Close everything."""
        self.follow.stop()
        self.tab.leave()

    def read(self, body: str) -> None:
        """Take what matters from a piece of HTML that was drawn."""

    def _draw(self, element: Drawn) -> None:
        self.follow.drawn(element)
        if element.kind == "html":
            self.read(element.proto.body)

    def _has_run(self) -> None:
        self.runs += 1
        change = self.room.change
        if change is not None and html.escape(change.title) in self.shows:
            change.drawn(self.name)


class Wall(Screen):
    """The projector."""

    name = "wall"

    def read(self, body: str) -> None:
        if 'class="rt-step"' in body:
            self.shows = body
        elif found := _IDEAS.search(body):
            self.room.wall_shows(int(found[1]))


class Desk(Screen):
    """The moderator's page.

    ``link`` gives this browser the role, once. With ``elsewhere`` steps are opened by another process, not by a button.
    """

    name = "desk"
    link = ""
    elsewhere: Callable[[str], None] | None = None

    async def open(self) -> None:
        if self.link:
            await self._claim(self.link)
        await super().open()

    async def _claim(self, link: str) -> None:
        await self.tab.browser.get(link)
        answer = await self.tab.browser.ask("POST", link)
        if answer.status != 303:
            raise ConnectionError(f"the link to the desk answered {answer.status}")

    async def opens_next(self) -> None:
        """Open the next step, as the moderator does, and wait until the desk shows it."""
        await self._opens(self.room.step + 1, "Open next step")

    async def opens(self, step: int) -> None:
        """Choose a step from the list of all and open it."""
        if self.elsewhere is None:
            self.tab.choose("Step", self.room.place.steps[step].title)
        await self._opens(step, "Open this step")

    async def _opens(self, step: int, button: str) -> None:
        await self.tab.session.until(lambda: self.elsewhere is not None or self.tab.shows(button))
        change = self.room.begin_change(step, screens={"wall", "desk"})
        if self.elsewhere is None:
            self.tab.press(button)
        else:
            await asyncio.to_thread(self.elsewhere, change.key)
        await self.tab.session.until(lambda: html.escape(change.title) in self.shows)
        self.room.figures.took("step_to_desk", change.at)

    def read(self, body: str) -> None:
        if 'class="rt-kicker"' in body and 'class="rt-lead"' in body:
            self.shows = body
