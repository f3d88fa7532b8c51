"""What a hint costs: one request for similar ideas in rooms of several sizes, in milliseconds of processor time.

    python -m tests.bench.similar --sizes 150,1000 --runs 3
    python -m tests.bench.similar --sizes 150 --runs 3 --askers 100,1000

Everything runs in this process: no wire, no browser. The baseline is a request that reads who asks and nothing else.
"table" is the step Share (what a phone compares while it writes), "board" the step after it (a late text), "new
revision" the first request after somebody has changed the board (the change included), "pairs" the desk's button.
"""

import argparse
import asyncio
import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random

from tests.services.room import Room
from workshop import themes
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import clock, ideas, people, similar, theme_vectors
from workshop.services.access import ParticipantBadge
from workshop.storage import Database, announce
from workshop.storage import ideas as rows
from workshop.web.calls.hints import Newest
from workshop.web.pool import Pool

SAMPLE = Path(__file__).parents[2] / "data" / "ideas" / "sample.csv"


def filled(db: Database, size: int) -> tuple[Room, list[ParticipantBadge]]:
    """A room with so many ideas at ten tables, all on the board, none with quite the words of another."""
    limits = {"ideas_per_person": 4, "ideas_per_table": 120, "seats_per_table": 30, "people": 300}
    room = Room(db, **limits)
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        sample = list(csv.DictReader(lines))
    room.opens(StepKind.SHARE)
    writers = [room.joins(f"Writer {number}", table=number % len(room.tables)) for number in range((size + 3) // 4)]
    for number, row in enumerate(islice(cycle(sample), size)):
        draft = IdeaDraft(f"{row['title']} {number}", f"{row['pitch']} {number}"[:400])
        ideas.submit(db, writers[number // 4], draft)
    with db.writing() as session:  # past the limit of each table
        rows.publish_all(session, room.id, at=clock.now())
        announce(session, room.id, "board")
    return room, writers


def milliseconds(act: Callable[[int], object], times: int) -> float:
    began = time.process_time()
    for number in range(times):
        act(number)
    return (time.process_time() - began) / times * 1e3


def measured(db: Database, size: int, times: int) -> dict[str, float]:
    room, writers = filled(db, size)
    theme_vectors._remembered.cache_clear()

    def ask(number: int) -> object:
        writer = writers[number % len(writers)]
        return similar.hints(
            db, writer, title=f"Shared test bench {number}", pitch="Fuel cells for ships of two rivers"
        )

    def nothing(number: int) -> object:
        return people.me(db, writers[number % len(writers)])

    def anew(number: int) -> object:
        ideas.withdraw(db, writers[-1 - number], ideas.mine(db, writers[-1 - number])[0].id)
        return ask(number)

    figures = {"baseline": milliseconds(nothing, times)}
    figures["pairs, first"] = milliseconds(lambda _: similar.pairs(db, room.moderator), 1)
    figures["pairs, again"] = milliseconds(lambda _: similar.pairs(db, room.moderator), 3)
    figures["table"] = milliseconds(ask, times)
    room.opens(StepKind.THEMES)
    ask(0)
    figures["board"] = milliseconds(ask, times)
    figures["new revision"] = milliseconds(anew, 5)
    return figures


def crowd(db: Database, size: int, askers: int, seconds: float = 20) -> dict[str, float]:
    """So many people of one room who each ask every four seconds, through the queue that the route uses."""
    room, writers = filled(db, size)
    newest: Newest[object] = Newest(Pool("bench", threads=1, behind=True))
    chance = Random(0)
    waits: list[float] = []
    left_out = 0

    async def one(number: int) -> None:
        nonlocal left_out
        await asyncio.sleep(chance.uniform(0, 4))
        while time.perf_counter() < until:
            asked, writer = time.perf_counter(), writers[number % len(writers)]
            ask = partial(
                similar.hints, db, writer, title=f"Test bench {asked}", pitch="Fuel cells for ships of rivers"
            )
            if await newest.answer(str(number), ask) is None:
                left_out += 1
            else:
                waits.append(time.perf_counter() - asked)
            await asyncio.sleep(chance.uniform(3, 5))

    async def everybody() -> None:
        await asyncio.gather(*(one(number) for number in range(askers)))

    similar.pairs(db, room.moderator)
    began, worked = time.perf_counter(), time.process_time()
    until = began + seconds
    asyncio.run(everybody())
    return {
        "percent of a core": (time.process_time() - worked) / (time.perf_counter() - began) * 100,
        "answered": len(waits),
        "left without": left_out,
        "seconds, 95 %": statistics.quantiles(waits, n=20)[-1],
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", default="150,1000")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--askers", default="", help="instead: so many people who ask every four seconds")
    chosen = options.parse_args()
    themes.warm_up()
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            db = Database.open(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
            if chosen.askers:
                for askers in map(int, chosen.askers.split(",")):
                    tell(f"{size} ideas, {askers} askers", [crowd(db, size, askers) for _ in range(chosen.runs)])
            else:
                runs = [measured(db, size, chosen.times) for _ in range(chosen.runs)]
                tell(f"{size} ideas, ms of processor time", runs)
            db.close()


def tell(what: str, runs: list[dict[str, float]]) -> None:
    print(f"{what}, {len(runs)} runs, median (all)")
    for name in runs[0]:
        every = [run[name] for run in runs]
        print(f"  {name:18} {statistics.median(every):8.2f}   ({', '.join(f'{one:.2f}' for one in every)})")


if __name__ == "__main__":
    main()
