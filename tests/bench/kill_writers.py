"""Who writes while the app is killed: phones over HTTP and a second process, each remembering what it was told.

A thing is what a person can look at again: the dots on an idea, whether an idea is on the board, a draft. What was said
last about a thing must be true after a restart. What was asked and never answered may be true as well.
"""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from workshop import signing
from workshop.domain.idea import IdeaDraft
from workshop.errors import Conflict
from workshop.services import ideas
from workshop.services.access import ParticipantBadge
from workshop.signing import Signer
from workshop.storage import Database

MOST_DOTS = 10
_BREATH_SECONDS = 0.3  # so that nobody has sent everything before the kill


class Thing(NamedTuple):
    """Something that one person can look at again."""

    code: str
    kind: str
    person: str
    name: str


@dataclass
class Ledger:
    """What was said to be saved, and what was on its way. ``early`` plays an app that says so before it has saved."""

    early: bool = False
    said: dict[Thing, object] = field(default_factory=dict)
    asked: dict[Thing, object] = field(default_factory=dict)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    errors: list[str] = field(default_factory=list)

    def ask(self, thing: Thing, value: object, send: Callable[[], httpx.Response]) -> bool:
        """Ask for something; whether it was taken. Raises TransportError when the app dies over it."""
        if self.early:
            self.note(thing, value)
        else:
            self.asked[thing] = value
        answer = send()
        if answer.status_code == httpx.codes.OK:
            if not self.early:
                self.note(thing, value)
        elif answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
            self.refused += 1
        else:
            self.errors.append(answer.text)
        self.asked.pop(thing, None)
        return answer.status_code == httpx.codes.OK

    def note(self, thing: Thing, value: object) -> None:
        """Remember what was said."""
        self.said[thing] = value
        self.acknowledged[thing.kind] += 1

    def lost(self, found: Mapping[Thing, object], codes: set[str]) -> list[Thing]:
        """What is neither as it was said nor as it was asked last; what is not found stands for 0."""
        return [
            thing
            for thing, value in self.said.items()
            if thing.code in codes and found.get(thing, 0) not in (value, self.asked.get(thing, value))
        ]

    def start_from(self, found: Mapping[Thing, object], codes: set[str]) -> None:
        """What is there now is what must be there from now on."""
        self.said.update((thing, found.get(thing, 0)) for thing in self.said if thing.code in codes)
        self.asked.clear()


@dataclass(frozen=True)
class Phone:
    """A person's browser, with the cookie that it was given before the first kill."""

    code: str
    badge: ParticipantBadge
    device: str
    client: httpx.Client = field(repr=False)

    @classmethod
    def of(cls, address: str, code: str, badge: ParticipantBadge, device: str, signer: Signer) -> Phone:
        cookies = {signing.DEVICE_COOKIE: signing.sign_device(device, signer=signer)}
        return cls(code, badge, device, httpx.Client(base_url=address, cookies=cookies, timeout=30, verify=False))

    def thing(self, kind: str, name: object) -> Thing:
        return Thing(self.code, kind, str(self.badge.participant_id), str(name))

    def get(self, path: str) -> dict[str, Any]:
        """What this person is shown; empty when the app does not know them."""
        answer = self.client.get(path, params={"code": self.code})
        return dict(answer.json()) if answer.status_code == httpx.codes.OK else {}

    def sends(self, path: str, **body: object) -> Callable[[], httpx.Response]:
        return lambda: self.client.post(path, json={"code": self.code, **body})


def votes(phone: Phone, ideas_on_board: list[UUID], ledger: Ledger, chance: random.Random) -> None:
    """Give other numbers of dots to ideas until the app dies."""
    with suppress(httpx.TransportError):
        taken = True
        while taken:
            idea = str(chance.choice(ideas_on_board))
            thing = phone.thing("dots", idea)
            dots = chance.choice([n for n in range(MOST_DOTS + 1) if n != ledger.said.get(thing)])
            taken = ledger.ask(thing, dots, phone.sends("/live/vote", idea=idea, dots=dots))


def publishes(phone: Phone, idea: UUID, ledger: Ledger) -> None:
    """Put an idea on the board and take it off again until the app dies."""
    with suppress(httpx.TransportError):
        for turn in itertools.count():
            up = turn % 2 == 0
            send = phone.sends("/live/publish", idea=str(idea), published=up)
            ledger.ask(phone.thing("on the board", idea), up, send)


def types(phone: Phone, ledger: Ledger) -> None:
    """Type one letter more until the app dies."""
    with suppress(httpx.TransportError):
        for length in itertools.count(1):
            text = f"{length} letters"
            ledger.ask(
                phone.thing("draft", "idea"), text, phone.sends("/live/draft", slot="idea", body={"title": text})
            )


def withdraws(phone: Phone, own: list[UUID], ledger: Ledger) -> None:
    """Take one idea after the other back until the app dies."""
    with suppress(httpx.TransportError):
        for idea in own:
            ledger.ask(phone.thing("kept", idea), False, phone.sends("/live/withdraw", idea=str(idea)))
            time.sleep(_BREATH_SECONDS)


def writes_ideas(url: str, authors: list[ParticipantBadge], say: Connection) -> None:
    """In a process of its own, on the same database: every author sends ideas and says which are saved."""
    database, one_at_a_time = Database.open(url), threading.Lock()

    def saved(author: ParticipantBadge, title: str) -> None:
        with one_at_a_time:
            say.send((str(author.participant_id), title))

    def write(author: ParticipantBadge) -> None:
        with suppress(Conflict):
            for number in itertools.count():
                title = f"Idea {number} of this author"
                ideas.submit(database, author, IdeaDraft(title))
                saved(author, title)
                time.sleep(_BREATH_SECONDS)

    threads = [threading.Thread(target=write, args=(author,)) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(3600)  # until it is killed
