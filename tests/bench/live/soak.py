"""A whole session without a pause, to see whether memory stays where it is."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

from tests.bench.live.meter import Meter, calm
from tests.bench.live.place import MOST_IDEAS
from tests.bench.live.play import Cast, fill, leave
from tests.bench.live.work import Pace, Work

_CYCLES = 8
_QUARTERS = 4


async def soak(casts: Sequence[Cast], pids: tuple[int, ...], pace: Pace, minutes: float) -> dict[str, Any]:
    """Play the steps again and again for so many minutes; memory at the start, at each quarter and at the end."""
    pace = replace(pace, seconds=60 * minutes / _CYCLES, ideas=min(pace.ideas, 0.9 * MOST_IDEAS / minutes))
    measured = await fill(casts, pids, pace)
    memory, rooms, meter = [Meter(pids).memory()], [Work(cast.room, cast.desk, pace) for cast in casts], Meter(pids)
    begin = perf_counter()
    for cycle in range(_CYCLES):
        await asyncio.gather(*(work.goes_on(again=cycle > 0) for work in rooms))
        await asyncio.gather(*(work.settles() for work in rooms))
        await asyncio.gather(*(work.reveals() for work in rooms))
        if (cycle + 1) % (_CYCLES // _QUARTERS) == 0:
            memory.append(Meter(pids).memory())
    measured |= {"minutes": round((perf_counter() - begin) / 60, 1), "cpu_active": meter.cpu(), "memory": memory}
    await calm(pids)
    measured["memory_grew_by_percent"] = round(100 * (max(memory[1:]) / memory[0] - 1), 1)
    return measured | leave(casts)
