"""What measuring costs: one change sent to a thousand streams, one transaction, one request, with and without numbers.

    python -m tests.bench.metrics_cost --streams 1000 --rounds 15

Everything runs in this process and nothing goes over a wire, so that a difference of a microsecond can be seen. Rounds
with and without numbers take turns; the figures are medians of processor time.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from prometheus_client import generate_latest

from tests.live.served import EVENT, Room, open_house
from workshop.services import access, workshops
from workshop.storage import announce
from workshop.web import metrics, stream
from workshop.web.event_stream import EventStream
from workshop.web.guard import Guard
from workshop.web.listener import Listener


async def one_change(room: Room, audience: stream.Audience, streams: int, *, measured: bool) -> float:
    """Microseconds of processor time per stream, from the commit of a change to the last stream that was sent it."""
    sent, everybody = 0, asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        nonlocal sent
        if message["type"] == "http.response.body":
            sent += 1
            if sent == streams:
                everybody.set()

    async def receive() -> dict[str, str]:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    badge = access.watch(room.house.db, room.view.id)
    live = await audience.room(room.view.id)
    tasks = [
        asyncio.create_task(EventStream(audience, live, Listener(badge, f"device {number}"))({}, receive, send))
        for number in range(streams)
    ]
    await everybody.wait()
    sent = 0
    everybody.clear()
    with numbers(measured=measured):
        began = time.process_time()
        with room.house.db.writing() as session:
            announce(session, room.view.id, "room")
        await everybody.wait()
        took = time.process_time() - began
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return took / streams * 1e6


def one_transaction(room: Room, *, measured: bool, times: int = 2000) -> float:
    """Microseconds per transaction that reads nothing."""
    stop = room.house.db.on_transaction(metrics._transaction) if measured else lambda: None
    began = time.process_time()
    for _ in range(times):
        with room.house.db.reading():
            pass
    took = time.process_time() - began
    stop()
    return took / times * 1e6


async def one_request(*, measured: bool, times: int = 2000) -> float:
    """Microseconds per request that the guard refuses: the only kind of request that is counted."""

    async def nowhere(*_: object) -> None: ...

    guard = Guard(nowhere)
    scope = {"type": "http", "method": "GET", "path": "/", "scheme": "http", "server": None, "headers": []}
    with numbers(measured=measured):
        began = time.process_time()
        for _ in range(times):
            await guard(scope, nowhere, nowhere)
    return (time.process_time() - began) / times * 1e6


@contextmanager
def numbers(*, measured: bool):
    if measured:
        yield
    else:
        with patch.object(metrics, "sent", lambda *_, **__: None), patch.object(metrics, "refused", lambda _: None):
            yield


async def report(name: str, once: Callable[[bool], Awaitable[float]], rounds: int) -> None:
    taken: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for measured in (False, True):
            taken[measured].append(await once(measured))
    without, with_numbers = statistics.median(taken[False]), statistics.median(taken[True])
    print(
        f"{name}: {without:.2f} µs without, {with_numbers:.2f} µs with numbers "
        f"(+{with_numbers - without:.2f} µs, x {with_numbers / without:.3f}; medians of {rounds})"
    )


async def measure(room: Room, options: argparse.Namespace) -> None:
    async with AsyncExitStack() as stack:
        audience = await stack.enter_async_context(stream.running(room.house))
        await one_change(room, audience, options.streams, measured=True)
        await report(
            f"one change, per stream of {options.streams}",
            lambda measured: one_change(room, audience, options.streams, measured=measured),
            options.rounds,
        )

    async def transaction(measured: bool) -> float:
        return one_transaction(room, measured=measured)

    await report("one reading transaction", transaction, options.rounds)
    await report("one refused request", lambda measured: one_request(measured=measured), options.rounds)
    began = time.process_time()
    for _ in range(100):
        generate_latest(metrics.REGISTRY)
    print(f"one answer of /metrics: {(time.process_time() - began) * 10:.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        room = Room(house, workshops.create(house.db, EVENT.read_text(encoding="utf-8")))
        asyncio.run(measure(room, options))


if __name__ == "__main__":
    main()
