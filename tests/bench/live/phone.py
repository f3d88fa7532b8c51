"""A participant's phone: joins through the form, writes ideas, votes, and drops out of the Wi-Fi now and then."""

import asyncio
import random
from time import perf_counter

from tests.bench.live.browser import Browser
from tests.bench.live.form import Form
from tests.bench.live.place import PITCH
from tests.bench.live.room import Room
from tests.bench.live.stage import Stage
from tests.bench.live.tab import Tab


class Phone:
    """One person with a phone."""

    def __init__(self, room: Room, number: int) -> None:
        self.room, self.number = room, number
        self.name = f"Phone {number}"
        browser = Browser(room.place.address)
        self.tab = Tab(browser, "", f"code={room.place.code}")
        self.form = Form(self.tab)
        self.tab.on_drawn = self.form.hear
        self.stage = Stage(room, browser, self.name)
        self._busy = asyncio.Lock()

    @property
    def live(self) -> bool:
        return self.stage.stream.connected

    @property
    def heard(self) -> tuple[int, int]:
        return self.stage.stream.events, self.stage.stream.received

    async def arrive(self) -> None:
        """Scan the code, fill in the form, join, and see the step."""
        begin = perf_counter()
        await self.tab.open()
        self.room.figures.took("first_load", begin)
        begin = perf_counter()
        await self.join()
        self.room.figures.took("join_to_page", begin)
        await self.stage.open()

    async def join(self) -> None:
        """Fill in the form. A form that is refused is filled in again, as a person does."""
        place = self.room.place
        for _ in range(5):
            filled = {
                "Your name, or a pseudonym": self.name,
                "Your side": [place.sides[self.number % len(place.sides)]],
                "Your table": self._table(),
                "I have read this and agree": True,
            }
            await self.form.send("Join", **filled)
            if not self.form.problem:
                self.tab.page, self.tab.query = "participate", ""
                return
            self.room.figures.counts[f"form refused: {self.form.problem}"] += 1
        raise ValueError(f"the form was refused: {self.form.problem}")

    async def write(self, title: str) -> None:
        """Type an idea, which is kept as a draft meanwhile, and send it; wait for the confirmation."""
        async with self._busy:
            for body in ({"title": title}, {"title": title, "pitch": PITCH}):
                await self.stage.post("/live/draft", person=self.stage.person, slot="idea", body=body)
            hints = asyncio.create_task(self._ask_for_similar(title))
            begin = perf_counter()
            number = await self.stage.send_idea(title)
            self.room.figures.took("idea_to_own_confirmation", begin)
            self.room.sent(number, begin)
            await hints

    async def _ask_for_similar(self, title: str) -> None:
        """As the page does when somebody stops typing; nothing waits for the answer."""
        await self.stage.post("/live/similar", person=self.stage.person, title=title, pitch=PITCH)

    async def vote(self) -> None:
        """Give some idea a dot more, or take the dots back."""
        async with self._busy:
            ballot = self.stage.ballot
            if not ballot or not ballot["order"]:
                return
            idea = random.choice(ballot["order"])
            given = ballot["dots"].get(idea, 0)
            dots = 0 if given >= ballot["cap"] else given + 1
            begin = perf_counter()
            answer = await self.stage.post("/live/vote", person=self.stage.person, idea=idea, dots=dots)
            self.room.figures.took("vote_to_own_confirmation", begin)
            self.stage.ballot = {**ballot, **(answer or {})}

    async def publish(self) -> None:
        """Put an own idea on the board, if the table has room there."""
        table = self.stage.topics.get("table", {"ideas": (), "published": 0, "published_limit": 0})
        own = {idea["id"] for person in self.stage.me["people"] for idea in person["ideas"]}
        mine = [idea["id"] for idea in table["ideas"] if idea["id"] in own and not idea["published"]]
        if mine and table["published"] < table["published_limit"]:
            begin = perf_counter()
            await self.stage.post("/live/publish", idea=mine[0], published=True)
            self.room.figures.took("publish_to_own_confirmation", begin)

    async def ready(self) -> None:
        """Tell the moderator that one can go on."""
        room = self.stage.topics.get("room")
        if room is not None and "ready" in room["may"]:
            begin = perf_counter()
            self.stage.me = await self.stage.post("/live/ready", step=room["step"]["key"], ready=True) or self.stage.me
            self.room.figures.took("ready_to_own_confirmation", begin)

    async def drop(self, *, away: float, reload: bool) -> None:
        """Lose the Wi-Fi for so many seconds; come back as the page does by itself, or by loading it again."""
        async with self._busy:
            if self.room.change is not None:
                self.room.change.lost(self.name)
            self.stage.close()
            self.tab.session.drop()
            await asyncio.sleep(away)
            begin = perf_counter()
            if reload:
                await self.tab.open()
                await self.stage.open()
            else:
                await asyncio.gather(self.tab.session.connect(), self.stage.wakes_up())
            self.room.figures.took("reload_to_screen" if reload else "back_after_a_drop", begin)

    def leave(self) -> None:
        """Close everything."""
        self.stage.close()
        self.tab.leave()

    def _table(self) -> str:
        """The people spread over the tables; who finds theirs full takes another."""
        own = self.room.place.tables[self.number % len(self.room.place.tables)]
        free = list(self.tab.widget("Your table").proto.options)
        return own if own in free else random.choice(free)
