"""What a phone knows and draws by itself: the topics of its stream, who acts on it, the ballot (`stage.js`)."""

import asyncio
import random
from typing import Any
from urllib.parse import urlencode

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.place import PITCH
from tests.bench.live.room import Room
from tests.bench.live.stream import Stream

# What a step's view needs beside the headline; the ballot is fetched.
_TOPIC_OF = {"arrive": "people", "share_at_the_table": "table", "themes": "themes", "reveal": "results"}
_SOON = 10.0  # `ahead.js`
_NO_HURRY = 10.0  # `judging.js`


class Stage:
    """The middle of a phone. ``topics`` holds the newest of each topic, ``me`` and ``ballot`` what was fetched."""

    def __init__(self, room: Room, browser: Browser, name: str) -> None:
        self.room, self.browser, self.name = room, browser, name
        self.stream = Stream(browser, {"code": room.place.code}, self._hear)
        self.topics: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.ballot: dict[str, Any] = {}
        self.numbers: dict[int, str] = {}
        self._board = self._board_heard = -1
        self._has_room = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._later: asyncio.TimerHandle | None = None

    @property
    def person(self) -> str:
        return str(self.me["people"][0]["id"])

    @property
    def kind(self) -> str:
        """The kind of the step that is on the screen; empty before there is one."""
        return str(self.topics["room"]["step"]["kind"]) if "room" in self.topics else ""

    async def open(self) -> None:
        """A page that was loaded: connect the stream, ask who acts here, and wait until the step is there."""
        self.topics, self.ballot, self._board = {}, {}, -1
        self.stream.forget()
        self.stream.open()
        async with asyncio.timeout(PATIENCE):
            _, self.me = await asyncio.gather(self._has_room.wait(), self.get("/live/me"))
            await self.get("/live/draft", person=self.person, slot="idea")
        self._show()

    async def wakes_up(self) -> None:
        """Connect a stream that was closed again, and wait for the step."""
        self.stream.wake_up()
        async with asyncio.timeout(PATIENCE):
            await self._has_room.wait()

    def close(self) -> None:
        """Lose the stream."""
        self._not_later()
        self._has_room.clear()
        self.stream.close()

    async def renew(self) -> None:
        """Ask again what is this person's own."""
        self.me = await self.get("/live/me")

    async def send_idea(self, title: str) -> int:
        """Send an idea; gives its number, or raises where it is refused. What is this person's own comes along."""
        text = {"title": title, "pitch": PITCH, "sectors": [], "brings": {}, "still_needed": ""}
        answer = await self.post("/live/idea", person=self.person, slot="idea", text=text)
        if answer is None:
            raise ValueError("the idea was refused")
        self.me = answer["me"]
        return int(answer["number"])

    async def read_ballot(self) -> None:
        """Ask for the board, unless it is known, and then for the ballot."""
        if not self._knows_the_board:
            board = await self.get("/live/topic", topic="board")
            self._board = board["revision"]
            self.numbers = {idea["number"]: idea["id"] for idea in board["ideas"]}
        given = await self.get("/live/ballot", person=self.person)
        order = [self.numbers[number] for number in given["order"] if number in self.numbers]
        self.ballot = {**given, "order": order}

    async def get(self, path: str, **query: str) -> Any:
        answer = await self.browser.get(f"{path}?{urlencode({'code': self.room.place.code, **query})}")
        if answer.status != 200:
            raise ConnectionError(f"{path} answered {answer.status}")
        return answer.json

    async def post(self, path: str, **body: Any) -> Any:
        """The answer, or None where the room's rules refused it."""
        answer = await self.browser.post(path, {"code": self.room.place.code, **body})
        if answer.status == 409:
            self.room.figures.counts[f"refused: {answer.json['error']}"] += 1
            return None
        if answer.status != 200:
            raise ConnectionError(f"{path} answered {answer.status}: {answer.json.get('error')}")
        return answer.json

    def _hear(self, name: str, data: Any) -> None:
        if name == "changed":
            self._board_heard = data.get("board", self._board_heard)
        if name != "topic":
            return
        before = self.kind
        self.topics[data["topic"]] = data
        if data["topic"] == "room":
            self._has_room.set()
            if self._changing:
                self.room.change.heard(self.name)
            if self.kind != before:
                self._show()
        elif _TOPIC_OF.get(self.kind) == data["topic"]:
            self._drawn()

    def _show(self) -> None:
        """A view begins: it draws what is there, or fetches what it needs."""
        self._not_later()
        if self.kind == "vote_blind":
            if self.ballot and self._knows_the_board:
                self._drawn()
                self._read_within(0, _NO_HURRY)
            else:
                self._read()
        elif _TOPIC_OF.get(self.kind, "room") in self.topics:
            self._drawn()
        if self.kind == "themes" and not self._knows_the_board:
            self._read_within(0.2 * _SOON, _SOON)

    @property
    def _knows_the_board(self) -> bool:
        return self._board >= max(self._board_heard, 0)

    def _read_within(self, least: float, most: float) -> None:
        self._later = asyncio.get_running_loop().call_later(random.uniform(least, most), self._read)

    def _not_later(self) -> None:
        if self._later is not None:
            self._later.cancel()

    def _read(self) -> None:
        if self.me and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._draw_ballot())

    async def _draw_ballot(self) -> None:
        with self.room.figures.trying(self.name, "ballot"):
            await self.read_ballot()
            if self.kind == "vote_blind":
                self._drawn()

    def _drawn(self) -> None:
        if self._changing:
            self.room.change.drawn(self.name)

    @property
    def _changing(self) -> bool:
        return self.room.change is not None and self.topics["room"]["step"]["key"] == self.room.change.key
