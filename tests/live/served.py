"""A room on a real server: uvicorn on a free port of the loopback, real cookies, real storage."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from workshop import settings, signing
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.room import WorkshopView
from workshop.services import access, ideas, installation, people, steps, workshops
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.services.installation import Installation
from workshop.web import assets, calls, stream, take_aways

Where = Callable[[dict[str, Any]], bool]

EVENT = Path(__file__).parents[2] / "data" / "events" / "eu-us-2018.toml"


@dataclass
class Room:
    """A workshop with everything that a test does to it."""

    house: Installation
    view: WorkshopView
    address: str = ""
    moderator: ModeratorBadge = field(init=False)

    def __post_init__(self) -> None:
        self.moderator, _ = access.for_command_line(self.view.id)

    def open_step(self, kind: StepKind) -> None:
        event = self.view.event
        key = next(step.key for step in event.run_of_show if step.kind is kind)
        now = workshops.of(self.house.db, self.moderator).state
        steps.open_step(self.house.db, self.moderator, key, seen=now.version)

    def phone(self, name: str = "Ada", *, side: str | None = None, table: int = 0) -> "Phone":
        device = signing.new_device_id()
        tables = people.tables(self.house.db, self.moderator)
        form = people.JoinForm(
            name=name, side=side or self.view.event.sides[0].key, table_id=tables[table].id, consent=True
        )
        badge = people.join(self.house.db, access.watch(self.house.db, self.view.id), form, device=device)
        return Phone(self, device, badge)

    def tablet(self, *names: str, table: int = 1) -> tuple["Phone", list[str]]:
        """A table's tablet, and the ids of the people around it."""
        device, db = signing.new_device_id(), self.house.db
        at = people.tables(db, self.moderator)[table].id
        scribe = people.open_tablet(db, access.watch(db, self.view.id), at, device=device)
        side = self.view.event.sides[0].key
        forms = [people.JoinForm(name, side, at, consent=True) for name in names]
        return Phone(self, device, None), [str(people.join_tablet(db, scribe, form)) for form in forms]

    def stranger(self) -> "Phone":
        return Phone(self, signing.new_device_id(), None)


@dataclass
class Phone:
    """A browser with its cookie; ``badge`` is None before it joined."""

    room: Room
    device: str
    badge: ParticipantBadge | None
    roles: dict[str, str] = field(default_factory=dict)

    @property
    def cookies(self) -> dict[str, str]:
        signer = self.room.house.signer
        roles = {
            signing.role_cookie(role): signing.sign_role(role, grant, signer=signer)
            for role, grant in self.roles.items()
        }
        return {signing.DEVICE_COOKIE: signing.sign_device(self.device, signer=signer), **roles}

    def write(self, title: str, *, pitch: str = "What, for whom, why now") -> UUID:
        assert self.badge
        return ideas.submit(self.room.house.db, self.badge, IdeaDraft(title=title, pitch=pitch)).idea.id

    def publish(self, idea: UUID) -> None:
        assert self.badge
        ideas.publish(self.room.house.db, self.badge, idea, published=True)

    def get(self, path: str, **query: str) -> httpx.Response:
        with httpx.Client(cookies=self.cookies) as client:
            return client.get(self.room.address + path, params={"code": self.room.view.code, **query})

    def post(self, path: str, method: str = "POST", **body: Any) -> httpx.Response:
        with httpx.Client(cookies=self.cookies) as client:
            return client.request(method, self.room.address + path, json={"code": self.room.view.code, **body})

    @contextmanager
    def stream(self, **query: str) -> Iterator["Heard"]:
        with (
            httpx.Client(cookies=self.cookies, timeout=30) as client,
            client.stream(
                "GET", f"{self.room.address}/live/stream", params={"code": self.room.view.code, **query}
            ) as response,
        ):
            heard = Heard(response)
            try:
                yield heard
            finally:
                heard.stop()


class Heard:
    """The events of one stream, collected by a thread of their own."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.wire = ""
        self.ended = False
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def topic(self, name: str, where: Where = lambda _: True, seconds: float = 5) -> dict[str, Any]:
        """Wait for a topic, the newest that there is."""

        def look() -> dict[str, Any] | None:
            found = (data for kind, data in reversed(self.events) if kind == "topic" and data["topic"] == name)
            return next((data for data in found if where(data)), None)

        found: dict[str, Any] = self.wait(look, seconds)
        return found

    def event(self, name: str, seconds: float = 5) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            return next((data for kind, data in reversed(self.events) if kind == name), None)

        found: dict[str, Any] = self.wait(look, seconds)
        return found

    def topics(self) -> list[str]:
        return [data["topic"] for kind, data in self.events if kind == "topic"]

    def wait(self, look: Callable[[], Any], seconds: float = 5) -> Any:
        end = time.monotonic() + seconds
        with self._more:
            while True:
                found = look()
                if found is not None and found is not False:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not heard in {seconds} s; heard {self.events}")
                self._more.wait(left)

    def stop(self) -> None:
        # Closing alone does not wake a thread that waits for the next byte.
        connection = self.response.extensions["network_stream"].get_extra_info("socket")
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)

    def _read(self) -> None:
        try:
            name = ""
            for line in self.response.iter_lines():
                self.wire += line + "\n"
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    with self._more:
                        self.events.append((name, json.loads(line.removeprefix("data: "))))
                        self._more.notify_all()
        except (httpx.HTTPError, httpx.StreamError, OSError, RuntimeError):
            pass
        finally:
            with self._more:
                self.ended = True
                self._more.notify_all()


@contextmanager
def open_house(folder: Path, database_url: str = "") -> Iterator[Installation]:
    """The installation of this process, in a folder of its own."""
    before = dict(os.environ)
    os.environ["ROUNDTABLE_VAR"] = str(folder)
    os.environ["DATABASE_URL"] = database_url
    settings.current.cache_clear()
    try:
        yield installation.current()
    finally:
        installation.close()
        os.environ.clear()
        os.environ.update(before)
        settings.current.cache_clear()


@contextmanager
def served_room(folder: Path, database_url: str = "", *, event: str | None = None) -> Iterator[Room]:
    """A new workshop behind the live routes."""
    with open_house(folder, database_url) as house:
        view = workshops.create(house.db, event or EVENT.read_text(encoding="utf-8"))
        with served([*stream.routes(), *calls.routes(), *take_aways.routes(), *assets.routes()], house) as address:
            yield Room(house, view, address)


@contextmanager
def served(routes: list[BaseRoute], house: Installation) -> Iterator[str]:
    """Serve routes from a thread of this process."""

    @asynccontextmanager
    async def lifespan(_app: object) -> Any:
        async with stream.running(house):
            yield

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)  # a phone that reads nothing is felt soon
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes, lifespan=lifespan), log_level="warning", timeout_graceful_shutdown=3)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    end = time.monotonic() + 10
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
