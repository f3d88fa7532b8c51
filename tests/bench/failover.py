"""Measure how long phones are away when a replica is killed, or asked to stop, under them.

    .venv/bin/python -m tests.bench.failover --phones 100 --kills 3

Three replicas on PostgreSQL behind the nginx that we ship. Each round takes another replica away,
waits until its phones are back, and starts it again. A gap begins when the phone notices, and ends with the first word
of its next stream; most of it is the pause that keeps a whole room from coming back in the same moment.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.live import roaming
from tests.live.replicas import Replica, Replicated, fresh_database, replicated
from tests.live.roaming import Roaming
from workshop.domain.event import StepKind


async def measure(house: Replicated, phones: list[Roaming], options: argparse.Namespace) -> list[dict[str, Any]]:
    rounds = []
    async with roaming.listening(phones):
        for how in ["kill"] * options.kills + ["stop"] * options.stops:
            replica = house.replicas[len(rounds) % len(house.replicas)]
            await asyncio.sleep(2)
            at = time.monotonic()
            await _end(replica, how, phones)
            gaps = [gap for phone in phones for gap in phone.gaps_since(at)]
            rounds.append({"how": how, "moved": len(gaps), "seconds": [gap.seconds for gap in gaps]})
            replica.start()
            await asyncio.to_thread(replica.wait)
    return rounds


async def _end(replica: Replica, how: str, phones: list[Roaming]) -> None:
    await asyncio.to_thread(replica.kill if how == "kill" else replica.stop)
    await asyncio.sleep(0.5)
    await asyncio.gather(*(phone.is_live() for phone in phones))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--stops", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        fresh_database() as url,
        replicated(Path(folder), url) as house,
    ):
        house.room.open_step(StepKind.WRITE)
        phones = [Roaming(house.room.phone(f"P{n}", table=n % 10)) for n in range(options.phones)]
        rounds = asyncio.run(measure(house, phones, options))
    print(json.dumps(rounds) if options.json else _table(rounds))


def _table(rounds: list[dict[str, Any]]) -> str:
    lines = ["how   phones moved   away p50 / p95 / longest, s"]
    for how in ("kill", "stop"):
        chosen = [each for each in rounds if each["how"] == how]
        lines += [f"{how}  {each['moved']:12}   {_spread(each['seconds'])}" for each in chosen]
        if chosen:
            together = [seconds for each in chosen for seconds in each["seconds"]]
            lines.append(f"{how}  {len(together):8} all   {_spread(together)}")
    return "\n".join(lines)


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "nobody was there"
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):.2f} / {p95:.2f} / {ordered[-1]:.2f}"


if __name__ == "__main__":
    main()
