"""A participant's phone: joins through the form, listens, writes ideas, votes, and drops out of the Wi-Fi at times."""

import asyncio
import random
import re
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.room import Room
from tests.bench.live.stream import Stream
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn

_SAVED = re.compile(r"Saved as #(\d+)\.")
_PROBLEM = re.compile(r'rt-problem" role="alert">([^<]*)')
_FIXED = "A closer look at what both sides could do together, with partners, a budget and a date."

# What a step's view needs beside the headline; the ballot is fetched.
_TOPIC_OF = {"arrive": "people", "share_at_the_table": "table", "themes": "themes", "reveal": "results"}


class Phone:
    """One person with a phone. ``topics`` is what the stream has brought."""

    def __init__(self, room: Room, number: int) -> None:
        self.room, self.number = room, number
        self.name = f"Phone {number}"
        self.browser = Browser(room.place.address)
        self.tab = Tab(self.browser, "", f"code={room.place.code}")
        self.stream = Stream(self.browser, {"code": room.place.code}, self._hear)
        self.topics: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.ballot: dict[str, Any] = {}
        self.busy = asyncio.Lock()
        self._has_room = asyncio.Event()
        self._saved: asyncio.Future[int] | None = None
        self._problem = ""
        self._tasks: set[asyncio.Task[None]] = set()
        self.tab.on_drawn = self._draw

    @property
    def live(self) -> bool:
        return self.stream.connected

    @property
    def person(self) -> str:
        return str(self.me["people"][0]["id"])

    async def arrive(self) -> None:
        """Scan the code, fill in the form, join, and see the step."""
        begin = perf_counter()
        await self.tab.open()
        self.room.figures.took("first_load", begin)
        await self._join()
        self.tab.page, self.tab.query = "participate", ""
        await self._settle()

    async def write(self, title: str) -> None:
        """Type an idea, which is kept as a draft meanwhile, and send it; wait for the confirmation."""
        async with self.busy:
            await self.tab.rests()
            await self._keep_draft(title)
            self.tab.fill("Title", title)
            self.tab.fill("Pitch: what, for whom, why now", _FIXED)
            begin, self._problem = perf_counter(), ""
            self._saved = asyncio.get_running_loop().create_future()
            self.tab.press("Send")
            async with asyncio.timeout(PATIENCE):
                number = await self._saved
            self.room.figures.took("idea_to_own_confirmation", begin)
            self.room.sent(number, begin)
            await self.tab.rests()
            await self._renew()

    async def vote(self) -> None:
        """Give some idea a dot more, or take the dots back."""
        async with self.busy:
            if not self.ballot:
                return
            given = self.ballot["dots"]
            idea = random.choice(self.ballot["order"])
            dots = 0 if given.get(idea, 0) >= self.ballot["cap"] else given.get(idea, 0) + 1
            begin = perf_counter()
            self.ballot = await self._call("/live/vote", {"idea": idea, "dots": dots, "person": self.person})
            self.room.figures.took("vote_to_own_confirmation", begin)

    async def publish(self) -> None:
        """Put an own idea on the board, if the table has room there."""
        if "table" not in self.topics:
            return
        table, own = self.topics["table"], {idea["id"] for each in self.me["people"] for idea in each["ideas"]}
        mine = [idea["id"] for idea in table["ideas"] if idea["id"] in own and not idea["published"]]
        if mine and table["published"] < table["published_limit"]:
            begin = perf_counter()
            await self._call("/live/publish", {"idea": mine[0], "published": True})
            self.room.figures.took("publish_to_own_confirmation", begin)

    async def drop(self, *, away: float, reload: bool) -> None:
        """Lose the Wi-Fi for so many seconds; come back as the page does by itself, or by loading it again."""
        async with self.busy:
            if self.room.change is not None:
                self.room.change.lost(self.name)
            self._has_room.clear()
            if reload:
                self.stream.close()
            else:
                self.stream.drop()
            self.tab.drop()
            await asyncio.sleep(away)
            begin = perf_counter()
            if reload:
                self.stream.forget()
                self.topics, self.ballot = {}, {}
                await self.tab.open()
                await self._settle()
            else:
                await self.tab.connect()
                async with asyncio.timeout(PATIENCE):
                    await self._has_room.wait()
            self.room.figures.took("reload_to_screen" if reload else "back_after_a_drop", begin)

    def leave(self) -> None:
        """Close everything."""
        for task in self._tasks:
            task.cancel()
        self.stream.close()
        self.tab.drop()
        self.browser.leave()

    async def _join(self) -> None:
        """Fill in the form. A form that is refused is filled in again, as a person does."""
        tables, begin = self.room.place.tables, perf_counter()
        for _ in range(5):
            self._problem = ""
            self.tab.fill("Your name, or a pseudonym", self.name)
            self.tab.fill("Your side", [self.room.place.sides[self.number % len(self.room.place.sides)]])
            self.tab.fill("Your table", self._option(tables[self.number % len(tables)]))
            self.tab.fill("I have read this and agree", True)
            self.tab.press("Join")
            await self.tab.rests()
            if not self._problem:
                self.room.figures.took("join_to_page", begin)
                return
            self.room.figures.counts[f"form refused: {self._problem}"] += 1
        raise ValueError(f"the form was refused: {self._problem}")

    def _option(self, table: str) -> str:
        """A table's line in the list, whatever else stands in it."""
        options = self.tab.widget("Your table").proto.options
        return str(next(option for option in options if f"{option} ".startswith(f"{table} ")))

    async def _settle(self) -> None:
        """What the components of the page do once they are there: the stream, and who acts on this device."""
        self.stream.open()
        async with asyncio.timeout(PATIENCE):
            _, self.me = await asyncio.gather(self._has_room.wait(), self._get("/live/me"))

    async def _keep_draft(self, title: str) -> None:
        for body in ({"title": title}, {"title": title, "pitch": _FIXED}):
            await self._call("/live/draft", {"person": self.person, "slot": "idea", "body": body})

    async def _renew(self) -> None:
        self.me = await self._get("/live/me")

    async def _read_ballot(self) -> None:
        with self.room.figures.trying(self.name, "ballot"):
            person = {"person": self.person}
            _, self.ballot = await asyncio.gather(
                self._get("/live/topic", topic="board"), self._get("/live/ballot", **person)
            )
            self._drawn()

    async def _get(self, path: str, **query: str) -> Any:
        answer = await self.browser.get(f"{path}?{urlencode({'code': self.room.place.code, **query})}")
        if answer.status != 200:
            raise ConnectionError(f"{path} answered {answer.status}")
        return answer.json

    async def _call(self, path: str, body: dict[str, Any]) -> Any:
        answer = await self.browser.post(path, {"code": self.room.place.code, **body})
        if answer.status != 200:
            raise ConnectionError(f"{path} answered {answer.status}: {answer.json.get('error')}")
        return answer.json

    def _draw(self, element: Drawn) -> None:
        if element.kind != "html":
            return
        if found := _PROBLEM.search(element.proto.body):
            self._problem = found[1]
            if self._saved is not None and not self._saved.done():
                self._saved.set_exception(ValueError(self._problem))
        elif self._saved is not None and not self._saved.done() and (found := _SAVED.search(element.proto.body)):
            self._saved.set_result(int(found[1]))

    def _hear(self, name: str, data: Any) -> None:
        if name != "topic":
            return
        before = self.topics.get(data["topic"])
        self.topics[data["topic"]] = data
        if data["topic"] == "room":
            self._has_room.set()
            self._see_step(before, data)
        elif _TOPIC_OF.get(self._kind) == data["topic"]:
            self._drawn()

    def _see_step(self, before: Any, room: Any) -> None:
        change = self.room.change
        if change is not None and room["step"]["key"] == change.key:
            change.heard(self.name)
        if before is not None and before["step"]["key"] == room["step"]["key"]:
            return
        if self._kind == "vote_blind" and self.me:
            task = asyncio.create_task(self._read_ballot())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif _TOPIC_OF.get(self._kind, "room") in self.topics:
            self._drawn()

    @property
    def _kind(self) -> str:
        return str(self.topics["room"]["step"]["kind"]) if "room" in self.topics else ""

    def _drawn(self) -> None:
        change = self.room.change
        if change is not None and self.topics["room"]["step"]["key"] == change.key:
            change.drawn(self.name)
