"""One round: the room fills, rests, works, sees the results, and goes home."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.live.figures import spread
from tests.bench.live.meter import Lag, Meter, calm
from tests.bench.live.room import Participant, Room
from tests.bench.live.screens import Desk, Wall
from tests.bench.live.work import Pace, Work


@dataclass(frozen=True)
class Cast:
    """Who plays in a room."""

    room: Room
    wall: Wall
    desk: Desk
    phones: Sequence[Participant]


async def play(casts: Sequence[Cast], pids: tuple[int, ...], pace: Pace) -> dict[str, Any]:
    """Play one round in one room or several at the same time; gives what was measured."""
    lag = Lag()
    measured = await fill(casts, pids, pace)
    measured["cpu_idle"] = await _rest(pids, pace.idle)
    measured |= await _work([Work(cast.room, cast.desk, pace) for cast in casts], pids)
    measured |= {"memory_at_the_end": Meter(pids).memory(), "bench_late": spread(lag.stop())}
    return measured | leave(casts)


async def fill(casts: Sequence[Cast], pids: tuple[int, ...], pace: Pace) -> dict[str, Any]:
    """Everybody comes. The first tenth also warms the server up, so that it does not count as their memory."""
    for cast in casts:
        await cast.desk.open()
        await cast.wall.open()
    coming = [(cast.room, phone) for cast in casts for phone in cast.phones]
    early = len(coming) // 10
    await calm(pids)
    await _arrive(coming[:early], pace)
    await calm(pids)
    before = Meter(pids).memory()
    meter = Meter(pids)
    await _arrive(coming[early:], pace)
    cpu = meter.cpu()
    await calm(pids)
    joined = sum(len(cast.room.phones) for cast in casts)
    per_phone = (Meter(pids).memory() - before) / max(1, len(coming) - early)
    return {"joined": joined, "memory_per_phone": round(per_phone), "cpu_arriving": cpu}


async def _arrive(coming: Sequence[tuple[Room, Participant]], pace: Pace) -> None:
    async def come(room: Room, phone: Participant, after: float) -> None:
        await asyncio.sleep(after)
        with room.figures.trying(phone.name, "join"):
            await phone.arrive()
            room.phones.append(phone)

    await asyncio.gather(*(come(*each, at / pace.arrivals) for at, each in enumerate(coming)))


async def _rest(pids: tuple[int, ...], seconds: float) -> dict[str, float]:
    meter = Meter(pids)
    await asyncio.sleep(seconds)
    return meter.cpu()


async def _work(rooms: Sequence[Work], pids: tuple[int, ...]) -> dict[str, Any]:
    """The working time, with what it costs and what the phones were sent because of others."""
    before, meter = [work.heard for work in rooms], Meter(pids)
    await asyncio.gather(*(work.goes_on() for work in rooms))
    cpu = meter.cpu()
    await asyncio.gather(*(work.settles() for work in rooms))
    await asyncio.gather(*(work.reveals() for work in rooms))
    updates = sum(work.heard[0] - was[0] for work, was in zip(rooms, before, strict=True))
    received = sum(work.heard[1] - was[1] for work, was in zip(rooms, before, strict=True))
    return {"cpu_active": cpu, "updates": updates, "bytes_per_update": round(received / max(1, updates))}


def leave(casts: Sequence[Cast]) -> dict[str, Any]:
    """Everybody goes home; gives what the room still waited for, and all that was counted."""
    figures = casts[0].room.figures
    for cast in casts:
        cast.room.forget_change()
        for each in (*cast.phones, cast.wall, cast.desk):
            figures.errors.update(f"page: {problem[:60]}" for problem in each.tab.problems)
            figures.counts["session lost"] += each.tab.session.lost
            figures.counts["stream lost"] += each.tab.browser.streams_lost
            figures.counts["socket lost"] += each.tab.browser.sockets_lost
            each.leave()
    return {
        "not_on_the_wall": sum(cast.room.missing_on_the_wall for cast in casts),
        "screen_runs": sum(cast.wall.runs + cast.desk.runs for cast in casts),
        **figures.summary(),
    }
