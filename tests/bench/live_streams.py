"""Measure the event stream: from the commit to every open phone, and what waiting costs.

    .venv/bin/python -m tests.bench.live_streams --streams 100 --rounds 3

The server is a process of its own (uvicorn with the guard and our routes); the phones are plain sockets in this one.
A change is committed in the server itself; with ``--elsewhere`` in this process, so that the watch is measured as well.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.live.served import EVENT, Room, open_house
from workshop import signing
from workshop.services import workshops
from workshop.storage import announce

SERVER = """
import sys, time
import uvicorn
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route
from workshop.services import installation, workshops
from workshop.storage import announce
from workshop.web import api, stream
from workshop.web.guard import Guard

def change():
    db = installation.current().db
    with db.writing() as session:
        announce(session, workshops.every(db)[0].id, "room")
    return time.monotonic()

async def changed(request):
    return JSONResponse({"at": await run_in_threadpool(change)})

@asynccontextmanager
async def lifespan(app):
    async with stream.running(installation.current()):
        yield

routes = [*stream.routes(), *api.routes(), Route("/bench/change", changed, methods=["POST"])]
app = Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=lifespan)
uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", loop="uvloop", http="httptools")
"""


async def listen(port: int, code: str, cookie: str, arrivals: list[float], ready: asyncio.Semaphore) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /live/stream?code={code} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Cookie: {signing.DEVICE_COOKIE}={cookie}\r\n\r\n".encode()
    )
    first = True
    while line := await reader.readline():
        if line.startswith(b"event: topic") and b'"topic":"room"' in await reader.readline():
            arrivals.append(time.monotonic())
            if first:
                first = False
                ready.release()


async def measure(room: Room, port: int, options: argparse.Namespace) -> None:
    pid, arrivals = options.pid, []
    ready = asyncio.Semaphore(0)
    cookies = [
        phone.cookies[signing.DEVICE_COOKIE]
        for phone in (room.phone(f"P{n}", table=n // 10 % 10) for n in range(min(options.streams, 100)))
    ]
    while len(cookies) < options.streams:
        cookies.append(room.stranger().cookies[signing.DEVICE_COOKIE])
    begin = time.monotonic()
    listening = [asyncio.create_task(listen(port, room.view.code, cookie, arrivals, ready)) for cookie in cookies]
    for _ in cookies:
        await ready.acquire()
    print(f"{len(cookies)} streams connected and drawn in {time.monotonic() - begin:.2f} s")
    rounds = []
    async with httpx.AsyncClient() as client:
        for _ in range(options.rounds):
            await asyncio.sleep(1.5)
            arrivals.clear()
            if options.elsewhere:
                with room.house.db.writing() as session:
                    announce(session, room.view.id, "room")
                at = time.monotonic()
            else:
                at = (await client.post(f"http://127.0.0.1:{port}/bench/change")).json()["at"]
            while len(arrivals) < len(cookies):  # noqa: ASYNC110  a hundred readers add to one list
                await asyncio.sleep(0.005)
            late = sorted(1000 * (arrival - at) for arrival in arrivals)
            rounds.append((statistics.median(late), late[int(0.95 * len(late)) - 1], late[-1]))
    for name, column in zip(("p50", "p95", "last"), zip(*rounds, strict=True), strict=True):
        print(f"commit -> event, {name}: {statistics.median(column):.1f} ms (median of {options.rounds})")
    before, cpu = time.monotonic(), _cpu(pid)
    await asyncio.sleep(options.idle)
    print(f"idle: {100 * (_cpu(pid) - cpu) / (time.monotonic() - before):.2f} % of one core over {options.idle} s")
    print(f"memory of the server: {_memory(pid):.0f} MB")
    for task in listening:
        task.cancel()


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=int, default=30)
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--elsewhere", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder)) as house:
        room = Room(house, workshops.create(house.db, EVENT.read_text(encoding="utf-8")))
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(options.port)], env=dict(os.environ))
        options.pid = server.pid
        try:
            _wait(f"http://127.0.0.1:{options.port}/live/now")
            asyncio.run(measure(room, options.port, options))
            begin = time.monotonic()
        finally:
            server.terminate()
            server.wait(15)
        print(f"stopped in {time.monotonic() - begin:.2f} s")


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            httpx.get(url)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
