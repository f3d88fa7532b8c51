"""The app's own routes behind its own guard on a free port, and browsers that keep their cookies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.live.served import open_house, served
from tests.services.room import Room
from workshop import signing
from workshop.services import access, workshops
from workshop.services.access import Role
from workshop.services.installation import Installation
from workshop.web import application


@dataclass
class Doors:
    """An installation with one room in it."""

    house: Installation
    address: str
    room: Room
    browsers: ExitStack

    @property
    def code(self) -> str:
        return workshops.of(self.house.db, self.room.moderator).code

    def link(self, role: Role, room: Room | None = None) -> str:
        """The path of a one-time link."""
        return f"/r/{access.invite(self.house.db, (room or self.room).organiser, role)}"

    def stranger(self) -> httpx.Client:
        """A browser that was never here."""
        return self.browsers.enter_context(httpx.Client(base_url=self.address, timeout=30))

    def browser(self, *roles: Role, room: Room | None = None) -> httpx.Client:
        """A browser that has our cookie and has used links to these roles."""
        browser = self.stranger()
        browser.cookies.set(signing.DEVICE_COOKIE, self.cookie_of(signing.new_device_id()))
        for role in roles:
            assert self.takes(browser, self.link(role, room)).status_code == 303
        return browser

    def takes(self, browser: httpx.Client, link: str) -> httpx.Response:
        """Press the button behind a link."""
        return browser.post(link, headers={"origin": self.address})

    def cookie_of(self, device: str) -> str:
        return signing.sign_device(device, signer=self.house.signer)


@contextmanager
def doors_open(folder: Path) -> Iterator[Doors]:
    with open_house(folder) as house, ExitStack() as browsers:
        app = Starlette(routes=application.routes(), middleware=application.middleware())
        with served([Mount("/", app)], house) as address:
            yield Doors(house, address, Room(house.db), browsers)
