"""One round: the room fills, rests, works, sees the results, and goes home."""

import asyncio
from typing import Any

from tests.bench.live.figures import Figures, spread
from tests.bench.live.meter import Lag, Meter, calm
from tests.bench.live.phone import Phone
from tests.bench.live.room import Room
from tests.bench.live.screens import Desk, Wall
from tests.bench.live.server import Server, new_place
from tests.bench.live.work import Pace, Work


async def play(server: Server, phones: int, pace: Pace) -> dict[str, Any]:
    """Play one round in a new workshop; gives what was measured."""
    room = Room(new_place(server, phones), Figures())
    wall, desk = Wall(room), Desk(room)
    await desk.claims(room.place.moderator)
    await desk.open()
    await wall.open()
    await calm(server.pids)
    empty = Meter(server.pids).memory()
    lag = Lag()
    everybody = await _arrive(room, phones, pace)
    await calm(server.pids)
    measured = {"memory_per_phone": (Meter(server.pids).memory() - empty) // max(1, len(everybody))}
    measured["cpu_idle"] = await _rest(server, pace)
    measured |= await _work(server, Work(room, desk, everybody, pace), everybody)
    measured |= {"memory_at_the_end": Meter(server.pids).memory(), "bench_late": spread(lag.stop())}
    for each in (*everybody, wall, desk):
        each.leave()
    missing = {"not_on_the_wall": room.missing_on_the_wall, "screen_runs": {"wall": wall.runs, "desk": desk.runs}}
    problems = {problem for each in (*everybody, wall, desk) for problem in each.tab.problems}
    return {"phones": phones, **measured, **missing, "problems": sorted(problems), **room.figures.summary()}


async def _arrive(room: Room, phones: int, pace: Pace) -> list[Phone]:
    """The people join one after the other."""
    everybody = [Phone(room, number) for number in range(phones)]

    async def come(phone: Phone, after: float) -> None:
        await asyncio.sleep(after)
        with room.figures.trying(phone.name, "join"):
            await phone.arrive()
            room.phones.append(phone)

    await asyncio.gather(*(come(phone, at / pace.arrivals) for at, phone in enumerate(everybody)))
    return [phone for phone in everybody if phone.live]


async def _rest(server: Server, pace: Pace) -> dict[str, float]:
    meter = Meter(server.pids)
    await asyncio.sleep(pace.idle)
    return meter.cpu()


async def _work(server: Server, work: Work, everybody: list[Phone]) -> dict[str, Any]:
    """The working time, with what it costs and what the phones were sent because of others."""
    events, received = _heard(everybody)
    meter = Meter(server.pids)
    await work.goes_on()
    cpu = meter.cpu()
    await work.reveals()
    events, received = (now - before for now, before in zip(_heard(everybody), (events, received), strict=True))
    return {"cpu_active": cpu, "bytes_per_update": round(received / max(1, events)), "updates": events}


def _heard(everybody: list[Phone]) -> tuple[int, int]:
    return sum(phone.stream.events for phone in everybody), sum(phone.stream.received for phone in everybody)
