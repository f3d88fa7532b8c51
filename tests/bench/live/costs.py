"""What each single thing costs the server: its processor time, one act after the other, in a room of a certain size.

Waiting does not count, so this says the same on a busy machine as on a quiet one.
"""

import asyncio
from collections.abc import Awaitable, Callable

from tests.bench.live.figures import Figures
from tests.bench.live.meter import Meter, calm
from tests.bench.live.phone import Phone
from tests.bench.live.place import furnish, helm, new_place
from tests.bench.live.room import Room
from tests.bench.live.screens import Desk, Screen, Wall
from tests.bench.live.server import Server
from tests.bench.live.tab import Tab
from tests.bench.live.watcher import Watcher
from tests.bench.live.widgets import Drawn

_TIMES = 40
_WATCHERS = 200

Act = Callable[[Phone], Awaitable[object]]


async def costs(server: Server, people: int) -> dict[str, float]:
    """Milliseconds of one core for each act, in a room where so many people have sent an idea each."""
    place = new_place(server.address, server.database_url, people + 2 * _TIMES)
    with helm(server.database_url, place) as opens:
        furnish(server.database_url, place, people)
        book = _Book(server, Room(place, Figures()))
        await book.phones(opens)
        await book.screens(opens)
        await book.streams(opens)
    return book.costs


class _Book:
    """Keeps what was spent."""

    def __init__(self, server: Server, room: Room) -> None:
        self.costs: dict[str, float] = {}
        self._pids, self._room = server.pids, room

    async def phones(self, opens: Callable[[str], None]) -> None:
        """What people do, one after the other, with neither wall nor desk."""
        *crowd, first = [Phone(self._room, number) for number in range(_TIMES + 1)]
        await _comes(first)  # pays for whatever happens only once
        await self._each("page with the form opened", crowd, lambda phone: phone.tab.open())
        await self._each("joined, own page drawn", crowd, Phone.join)
        await self._each("stream opened, own things read", crowd, lambda phone: phone.stage.open())
        await self._each("own page loaded again", crowd, lambda phone: phone.tab.open())
        await self._each("draft kept", crowd, _types)
        await self._each("idea sent and confirmed", crowd, _sends)
        await self._each("own things read again", crowd, lambda phone: phone.stage.renew())
        opens("vote")
        await self._each("ballot and board read", crowd, lambda phone: phone.stage.read_ballot())
        await self._each("dots given", crowd, Phone.vote)
        for phone in crowd:
            phone.leave()

    async def screens(self, opens: Callable[[str], None]) -> None:
        """One run of wall and desk, in the steps where they show most."""
        wall = Wall(self._room, "wall", f"code={self._room.place.code}", _Still())
        desk = Desk(self._room, "desk", "", _Still())
        desk.link = self._room.place.moderator
        for screen in (wall, desk):
            await screen.open()
        for step in ("share", "vote", "reveal"):
            opens(step)
            for screen in (wall, desk):
                await self._screen(f"{screen.name} drawn again, {step}", screen)
        for screen in (wall, desk):
            screen.leave()

    async def streams(self, opens: Callable[[str], None]) -> None:
        """A step change, for each of many streams."""
        crowd = [Watcher(self._room, number) for number in range(_WATCHERS)]
        await asyncio.gather(*(watcher.arrive() for watcher in crowd))
        await calm(self._pids)
        meter = Meter(self._pids)
        for _ in range(10):
            for step in ("share", "reveal"):
                opens(step)
                await asyncio.sleep(0.4)
        self.costs["step change, per stream"] = round(meter.spent() / 20 / _WATCHERS, 3)
        for watcher in crowd:
            watcher.leave()

    async def _each(self, name: str, crowd: list[Phone], act: Act) -> None:
        await calm(self._pids)
        meter = Meter(self._pids)
        for phone in crowd:
            await act(phone)
        await asyncio.sleep(0.3)
        self.costs[name] = round(meter.spent() / len(crowd), 1)

    async def _screen(self, name: str, screen: Screen) -> None:
        fragment = next(drawn.fragment for drawn in screen.tab.widgets.values() if drawn.fragment)
        await calm(self._pids)
        meter = Meter(self._pids)
        for _ in range(_TIMES):
            screen.tab.run([], fragment=fragment)
            await screen.tab.session.rests()
        self.costs[name] = round(meter.spent() / _TIMES, 1)


class _Still:
    """Follows nothing: the screen runs when it is asked to."""

    def attach(self, tab: Tab) -> None: ...

    def start(self) -> None: ...

    def drawn(self, element: Drawn) -> None: ...

    def stop(self) -> None: ...


async def _comes(phone: Phone) -> None:
    await phone.arrive()
    await _sends(phone)
    phone.leave()


async def _types(phone: Phone) -> None:
    await phone.stage.post("/live/draft", person=phone.stage.person, slot="idea", body={"title": "Heat"})


async def _sends(phone: Phone) -> None:
    await phone.stage.send_idea(f"Heat for greenhouses {phone.number}")
