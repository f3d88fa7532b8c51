"""The working time of a room: writing, sharing, themes, voting, results, and phones that drop out meanwhile."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.live.browser import PATIENCE
from tests.bench.live.place import title
from tests.bench.live.room import Participant, Room
from tests.bench.live.screens import Desk

Act = Callable[[Participant], Awaitable[None]]

# The share of the working time that each step has, as in the built-in event. Ideas fall into the first two, votes into
# the last.
WRITE, SHARE, THEMES, VOTE = 0.25, 0.35, 0.20, 0.20


@dataclass(frozen=True)
class Pace:
    """How fast the room fills (people per second), how long it rests and works (seconds), and what a phone does then.

    The rest is per phone and minute, in the steps that allow it: ``ideas``, those of them that are ``published``,
    ``votes``, saying that one is ``ready``, and ``drops`` out of the Wi-Fi.
    """

    arrivals: float = 5
    idle: float = 12
    seconds: float = 60
    ideas: float = 1
    published: float = 0.3
    votes: float = 2
    ready: float = 0.3
    drops: float = 0.1


class Work:
    """The working time of one room."""

    def __init__(self, room: Room, desk: Desk, pace: Pace) -> None:
        self._room, self._desk, self._pace = room, desk, pace
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def heard(self) -> tuple[int, int]:
        """How many updates all phones were sent because of others, and in how many bytes."""
        heard = [phone.heard for phone in self._room.phones]
        return sum(updates for updates, _ in heard), sum(received for _, received in heard)

    async def goes_on(self, *, again: bool = False) -> None:
        """From “Write alone” to the end of the vote; ``again`` goes back there first."""
        pace = self._pace
        self._often("drop", _drop, pace.drops, 1)
        await (self._opens(1) if again else self._opens_next())
        await self._during(WRITE, ("idea", _write, pace.ideas), ("ready", _ready, pace.ready))
        await self._opens_next()
        writing = (("idea", _write, pace.ideas), ("publish", _publish, pace.published), ("ready", _ready, pace.ready))
        await self._during(SHARE, *writing)
        await self._opens_next()
        await self._during(THEMES)
        await self._opens_next()
        await self._during(VOTE, ("vote", _vote, pace.votes), ("ready", _ready, pace.ready))

    async def settles(self) -> None:
        """Wait until nothing is under way any more."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)

    async def reveals(self) -> None:
        """The results, for everybody at once."""
        await self._opens_next()
        await asyncio.sleep(3)

    async def _during(self, share: float, *acts: tuple[str, Act, float]) -> None:
        for name, act, per_minute in acts:
            self._often(name, act, per_minute, share)
        await asyncio.sleep(share * self._pace.seconds)

    async def _opens_next(self) -> None:
        with self._room.figures.trying("desk", "step"):
            await self._desk.opens_next()

    async def _opens(self, step: int) -> None:
        with self._room.figures.trying("desk", "step"):
            await self._desk.opens(step)

    def _often(self, name: str, act: Act, per_minute: float, share: float) -> None:
        """Let everybody do something so many times in a minute, each at moments of their own."""
        seconds, phones = share * self._pace.seconds, self._room.phones
        times = per_minute * seconds / 60
        who = [phone for phone in phones for _ in range(int(times))]
        who += random.sample(phones, round(len(phones) * (times - int(times))))
        for phone in who:
            task = asyncio.create_task(self._once(phone, name, act, random.uniform(0, seconds)))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _once(self, phone: Participant, name: str, act: Act, after: float) -> None:
        await asyncio.sleep(after)
        with self._room.figures.trying(phone.name, name):
            await act(phone)


async def _write(phone: Participant) -> None:
    await phone.write(f"{title()} {random.randrange(10**6)}")


async def _publish(phone: Participant) -> None:
    await phone.publish()


async def _vote(phone: Participant) -> None:
    await phone.vote()


async def _ready(phone: Participant) -> None:
    await phone.ready()


async def _drop(phone: Participant) -> None:
    await phone.drop(away=random.uniform(1, 4), reload=random.random() < 0.3)
