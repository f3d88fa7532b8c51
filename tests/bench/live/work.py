"""The working time of a room: writing, sharing, themes, voting, results, and phones that drop out meanwhile."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from tests.bench.live.browser import PATIENCE
from tests.bench.live.room import Participant, Room
from tests.bench.live.screens import Desk

Act = Callable[[Participant], Awaitable[None]]

# The share of the working time that each step has. Ideas fall into the first two and votes into the last, so over the
# whole of it every phone is as busy as `ideas` and `votes` say, and within those steps busier.
WRITE, SHARE, THEMES, VOTE = 0.35, 0.30, 0.05, 0.30

READY = 0.7
"""The share of the room that says so before a step ends."""

_WORDS = ("batteries", "blades", "buildings", "corridor", "data", "ferries", "grid", "harbour", "heat", "hydrogen",
          "ports", "recycling", "sensors", "standards", "storage", "streets", "trucks", "waste", "wind")  # fmt: skip


@dataclass(frozen=True)
class Pace:
    """How fast the room fills (people per second), how long it rests and works (seconds), and what a phone does then.

    ``ideas``, ``votes`` and ``drops`` are per phone and minute of working time.
    """

    arrivals: float = 5
    idle: float = 12
    seconds: float = 60
    ideas: float = 1
    votes: float = 2
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
        """From “Write alone” to the last vote; nothing is under way afterwards. ``again`` goes back there first."""
        writing = self._often(self._pace.ideas)
        cut = round(len(writing) * WRITE / (WRITE + SHARE))
        self._within(self._pace.seconds, "drop", _drop, self._often(self._pace.drops))
        await (self._opens(1) if again else self._opens_next())
        await self._during(WRITE, "idea", _write, writing[:cut])
        await self._opens_next()
        self._within(SHARE * self._pace.seconds, "publish", _publish, self._room.phones)
        await self._during(SHARE, "idea", _write, writing[cut:])
        await self._opens_next()
        await self._during(THEMES, "", _vote, [])
        await self._opens_next()
        await self._during(VOTE, "vote", _vote, self._often(self._pace.votes))
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE)

    async def reveals(self) -> None:
        """The results, for everybody at once."""
        await self._opens_next()
        await asyncio.sleep(3)

    async def _during(self, share: float, name: str, act: Act, who: Sequence[Participant]) -> None:
        """A step: everybody does their part, and before the end most people are ready to go on."""
        seconds = share * self._pace.seconds
        self._within(seconds * 0.95, name, act, who)
        await asyncio.sleep(seconds * 0.6)
        self._within(seconds * 0.35, "ready", _ready, self._most())
        await asyncio.sleep(seconds * 0.4)

    async def _opens_next(self) -> None:
        with self._room.figures.trying("desk", "step"):
            await self._desk.opens_next()

    async def _opens(self, step: int) -> None:
        with self._room.figures.trying("desk", "step"):
            await self._desk.opens(step)

    def _most(self) -> list[Participant]:
        return random.sample(self._room.phones, round(READY * len(self._room.phones)))

    def _often(self, per_minute: float) -> list[Participant]:
        """Who does something, as often as they do it, in any order."""
        phones, times = self._room.phones, per_minute * self._pace.seconds / 60
        who = [phone for phone in phones for _ in range(int(times))]
        who += random.sample(phones, round(len(phones) * (times - int(times))))
        random.shuffle(who)
        return who

    def _within(self, seconds: float, name: str, act: Act, who: Sequence[Participant]) -> None:
        """Let everybody do it once, each at a moment of their own."""
        for phone in who:
            task = asyncio.create_task(self._once(phone, name, act, random.uniform(0, seconds)))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _once(self, phone: Participant, name: str, act: Act, after: float) -> None:
        await asyncio.sleep(after)
        with self._room.figures.trying(phone.name, name):
            await act(phone)


async def _write(phone: Participant) -> None:
    await phone.write(f"{' '.join(random.sample(_WORDS, 4)).capitalize()} {random.randrange(10**6)}")


async def _publish(phone: Participant) -> None:
    await phone.publish()


async def _vote(phone: Participant) -> None:
    await phone.vote()


async def _ready(phone: Participant) -> None:
    await phone.ready()


async def _drop(phone: Participant) -> None:
    await phone.drop(away=random.uniform(1, 4), reload=random.random() < 0.3)
