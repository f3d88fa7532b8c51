"""Pull the plug of the running app while a room writes: is everything there that people were told is saved?

    python -m tests.bench.kill --cycles 100 [--json]

Each cycle is one life of the real server (`app.py`, started as a user starts it). Phones vote, publish, withdraw and
type over HTTP with their cookies, and a second process sends ideas through the services into the same SQLite file. Then
both are killed with SIGKILL, so that nobody holds the database and the start has to recover it. After the start every
phone asks, with the cookie that it had before, for what it was told; step, status and clock are compared with what they
were, and the moderator's cookie still opens the report.

The negative control are a few phones that count an answer before it is given, as an app does that says “saved” before
the commit. They must miss things, which shows that kills fall between the word and the commit and that the comparison
sees it. It says nothing about a power cut: what the system has in memory survives a kill, so a database that never
waits for the disk would pass here as well. That it does wait is shown by `tests.bench.power_cut`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from tests.bench import kill_writers
from tests.bench.kill_writers import Ledger, Phone, Thing
from tests.browser.venue import Venue, open_venue
from tests.services.room import Room
from workshop import signing
from workshop.domain.event import StepKind
from workshop.domain.idea import Standing
from workshop.domain.steps import Status
from workshop.services import access, drafts, log, people, steps, workshops
from workshop.storage import Database

VOTERS, HASTY, AUTHORS, PUBLISHERS, TYPISTS, WITHDRAWERS, OWN = 8, 4, 6, 3, 2, 2, 10
LIMITS = {"ideas_per_person": 20, "ideas_per_table": 200, "dots": 4 * kill_writers.MOST_DOTS, "dots_per_idea": 10}
STATUSES = (Status.OPEN, Status.PAUSED, Status.OPEN, Status.CLOSED)
CLOCK_SECONDS = 1.0

_ENOUGH = 30  # acknowledged answers before the plug is pulled
_PATIENCE = 180
_PROCESSES = multiprocessing.get_context("forkserver")  # a fork of this process would inherit SQLite's locks
_PROCESSES.set_forkserver_preload(["tests.bench.kill_writers"])


@dataclass
class Figures:
    """What was seen. Everything from ``lost`` to ``findings`` must be 0; ``control_lost`` must not be."""

    cycles: int = 0
    acknowledged: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    not_recognised: int = 0
    other_step_or_status: int = 0
    wrong_clocks: int = 0
    roles_refused: int = 0
    other_room: int = 0
    errors: int = 0
    findings: int = 0
    refused: int = 0
    unanswered: int = 0
    clocks_compared: int = 0
    worst_clock_seconds: float = 0.0
    control_said: int = 0
    control_lost: int = 0
    median_start_seconds: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True)
class Moment:
    """Where a room stands, as its phones are told, and when that was."""

    step: str
    status: str
    version: int
    remaining: float | None
    running: bool
    at: float

    def drift(self, later: Moment) -> float | None:
        """By how many seconds the later clock is wrong; None for a step without a clock."""
        if self.remaining is None or later.remaining is None:
            return None if self.remaining == later.remaining else float("inf")
        passed = later.at - self.at if self.running else 0.0
        return abs(self.remaining - passed - later.remaining)


class Endurance:
    """A venue, the room that votes in it through all cycles, and what everybody was told."""

    def __init__(self, venue: Venue, seed: int) -> None:
        self.venue = venue
        self.url = f"sqlite:///{venue.folder / 'var' / 'roundtable.db'}"
        self.signer = signing.load_signer(venue.folder / "var" / "signing.key")
        self.chance = random.Random(seed)
        self.ledger, self.control, self.figures = Ledger(), Ledger(early=True), Figures()
        self.starts: list[float] = []
        self.phones: list[Phone] = []
        with self.opened() as db:
            self._make_the_voting_room(Room(db, **LIMITS))

    def live(self, status: Status) -> None:
        """One life of the app: everybody writes, the plug is pulled, the app starts, everybody looks."""
        before_this_room = len(self.phones)
        with self.opened() as db:
            writing = Room(db, **LIMITS)
            workers, authors = self._make_a_writing_room(writing)
            workers += self._voting(status)
            self._set_status(db, status)
            versions = [workshops.of(db, room.observer).state.version for room in (self.voting, writing)]
        newest = self.phones[before_this_room:]
        rooms = [self.voters[0], newest[0]]
        _wait_until(lambda: [self._moment(phone).version for phone in rooms] == versions)
        before = [self._moment(phone) for phone in rooms]
        self._write_until_killed(workers, authors)
        began = time.monotonic()
        self.venue.start()
        _wait_until(self._answers)
        self.starts.append(time.monotonic() - began)
        after = [self._moment(phone) for phone in rooms]
        self._look([*self.voters, *newest])
        self.figures.cycles += 1
        self._compare(before, after)
        self.figures.roles_refused += not self._report_opens()
        self.figures.other_room += self.venue.code != newest[0].code

    def look_at_everything(self) -> None:
        """Whether what was said in the first life is still there after the last one."""
        for room in sorted({phone.code for phone in self.phones}):
            self._look([phone for phone in self.phones if phone.code == room])

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database in this process, never while the app is killed: whoever held it would spare it the recovery."""
        db = Database.open(self.url)
        try:
            yield db
        finally:
            db.close()

    def _make_the_voting_room(self, room: Room) -> None:
        self.voting = room
        self.voters = self._joined(room, VOTERS + HASTY)
        room.opens(StepKind.SHARE)
        author = self.voters[0].badge
        self.on_board = [room.has_sent(author, f"On the board {n}", published=n < 3).id for n in range(3)]
        room.opens(StepKind.VOTE)
        address, token = self.venue.address, access.first_link(room.db, room.id, "moderator")
        self.moderator = httpx.Client(base_url=address, follow_redirects=True, timeout=30, verify=False)
        self.moderator.get(f"/r/{token}")
        self.moderator.post(f"/r/{token}")
        assert self._report_opens(), "the moderator's link did not open the report"

    def _make_a_writing_room(self, room: Room) -> tuple[list[threading.Thread], list[Phone]]:
        phones = self._joined(room, AUTHORS + PUBLISHERS + TYPISTS + WITHDRAWERS)
        authors, others = phones[:AUTHORS], phones[AUTHORS:]
        publishers, others = others[:PUBLISHERS], others[PUBLISHERS:]
        typists, withdrawers = others[:TYPISTS], others[TYPISTS:]
        state = room.opens(StepKind.SHARE)
        minutes = self.chance.randint(1, 20)
        steps.add_minutes(room.db, room.moderator, minutes, seen=state.version)
        work: list[tuple[Any, ...]] = [(kill_writers.types, phone, self.ledger) for phone in typists]
        work += [
            (kill_writers.publishes, phone, room.has_sent(phone.badge, "To publish").id, self.ledger)
            for phone in publishers
        ]
        for phone in withdrawers:
            own = [room.has_sent(phone.badge, f"To withdraw {n}").id for n in range(OWN)]
            work.append((kill_writers.withdraws, phone, own, self.ledger))
        return [threading.Thread(target=task[0], args=task[1:]) for task in work], authors

    def _voting(self, status: Status) -> list[threading.Thread]:
        """Those who vote, and those who believe too early that they have; a refused vote would be no proof of that."""
        hasty = [] if status is Status.CLOSED else self.voters[VOTERS:]
        believers = [(phone, self.ledger) for phone in self.voters[:VOTERS]] + [
            (phone, self.control) for phone in hasty
        ]
        return [
            threading.Thread(
                target=kill_writers.votes, args=(phone, self.on_board, ledger, random.Random(self.chance.random()))
            )
            for phone, ledger in believers
        ]

    def _joined(self, room: Room, count: int) -> list[Phone]:
        code = workshops.of(room.db, room.observer).code
        joined = []
        for number in range(count):
            device, side, table = signing.new_device_id(), ("eu", "us")[number % 2], room.tables[number % 10]
            form = people.JoinForm(f"Person {number}", side, table, consent=True)
            badge = people.join(room.db, room.observer, form, device=device)
            joined.append(Phone.of(self.venue.address, code, badge, device, self.signer))
        self.phones += joined
        return joined

    def _set_status(self, db: Database, status: Status) -> None:
        """Let the voting run, pause or stand closed."""
        moderator = self.voting.moderator
        view = workshops.of(db, moderator)
        if view.state.status is Status.PAUSED:
            steps.resume(db, moderator, seen=view.state.version)
        elif view.state.status is Status.CLOSED:
            steps.open_step(db, moderator, view.state.step_key, seen=view.state.version)
        seen = workshops.of(db, moderator).state.version
        if status is Status.PAUSED:
            steps.pause(db, moderator, seen=seen)
        elif status is Status.CLOSED:
            steps.close(db, moderator, seen=seen)

    def _write_until_killed(self, workers: list[threading.Thread], authors: list[Phone]) -> None:
        said_before = sum(self.ledger.acknowledged.values())
        hear, say = _PROCESSES.Pipe(duplex=False)
        badges = [phone.badge for phone in authors]
        writer = _PROCESSES.Process(target=kill_writers.writes_ideas, args=(self.url, badges, say), daemon=True)
        writer.start()
        say.close()
        for worker in workers:
            worker.start()
        heard: list[tuple[str, str]] = []
        _wait_until(lambda: _hear(hear, heard) >= 3 and self._said() - said_before >= _ENOUGH)
        time.sleep(self.chance.uniform(0, 0.5))
        for kill in self.chance.sample([writer.kill, self.venue.kill], 2):
            kill()
        writer.join()
        with suppress(EOFError):
            while True:
                heard.append(hear.recv())
        hear.close()
        for worker in workers:
            worker.join()
        self.figures.unanswered += len(self.ledger.asked)
        for person, title in heard:
            self.ledger.note(Thing(authors[0].code, "idea", person, title), True)

    def _look(self, phones: list[Phone]) -> None:
        """Every phone asks for what is its own; what is missing is counted."""
        found: dict[Thing, object] = {}
        codes = {phone.code for phone in phones}
        for phone in phones:
            found |= self._own(phone)
        with self.opened() as db:
            for phone in phones:
                draft = drafts.read(db, phone.badge, drafts.IDEA)
                found |= {phone.thing("draft", drafts.IDEA): draft["title"]} if draft else {}
            broken = [room for room in {phone.badge.workshop_id for phone in phones} if _broken(db, room)]
            findings = [finding for finding in db.check() if "MB are free" not in finding]
        self.figures.findings += len(broken) + len(findings)
        self.figures.lost += len(self.ledger.lost(found, codes))
        self.figures.control_lost += len(self.control.lost(found, codes))
        for ledger in (self.ledger, self.control):
            ledger.start_from(found, codes)

    def _own(self, phone: Phone) -> dict[Thing, object]:
        """What the app tells this phone after the restart."""
        around = phone.get("/live/me").get("people", ())
        if [person["id"] for person in around] != [str(phone.badge.participant_id)]:
            self.figures.not_recognised += 1
            return {}
        found: dict[Thing, object] = {}
        for idea in around[0]["ideas"]:
            found[phone.thing("idea", idea["title"])] = True
            found[phone.thing("kept", idea["id"])] = True
            found[phone.thing("on the board", idea["id"])] = idea["standing"] == Standing.PUBLISHED
        ballot = phone.get("/live/ballot")
        found |= {phone.thing("dots", idea): dots for idea, dots in ballot["dots"].items()}
        self.figures.findings += ballot["used"] != sum(ballot["dots"].values())
        return found

    def _moment(self, phone: Phone) -> Moment:
        asked = time.monotonic()
        told = phone.get("/live/now")["topics"]
        at = (asked + time.monotonic()) / 2
        room = next(topic for topic in told if topic["topic"] == "room")
        clock = room["clock"]
        return Moment(room["step"]["key"], room["status"], room["version"], clock["remaining"], clock["running"], at)

    def _compare(self, before: list[Moment], after: list[Moment]) -> None:
        for earlier, later in zip(before, after, strict=True):
            same = (earlier.step, earlier.status, earlier.version, earlier.running)
            self.figures.other_step_or_status += same != (later.step, later.status, later.version, later.running)
            drift = earlier.drift(later)
            if drift is not None:
                self.figures.clocks_compared += 1
                self.figures.wrong_clocks += drift > CLOCK_SECONDS
                self.figures.worst_clock_seconds = max(self.figures.worst_clock_seconds, round(drift, 2))

    def _report_opens(self) -> bool:
        return self.moderator.get(f"/download/{self.voters[0].code}.json").status_code == httpx.codes.OK

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.venue.address}/readyz", timeout=30).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _said(self) -> int:
        return sum(self.ledger.acknowledged.values())


def measure(cycles: int, *, seed: int, folder: Path) -> Figures:
    """Play the lives and look at everything once more."""
    began = time.monotonic()
    with open_venue(folder) as venue:
        endurance = Endurance(venue, seed)
        for cycle in range(cycles):
            endurance.live(STATUSES[cycle % len(STATUSES)])
            print(f"cycle {cycle + 1}: {endurance.figures.lost} lost", file=sys.stderr, flush=True)
        figures, ledger = endurance.figures, endurance.ledger
        endurance.look_at_everything()
    figures.acknowledged, figures.control_said = dict(ledger.acknowledged), endurance.control.acknowledged.total()
    figures.errors, figures.refused = len(ledger.errors), ledger.refused
    figures.median_start_seconds = round(statistics.median(endurance.starts), 1)
    figures.seconds = round(time.monotonic() - began, 1)
    return figures


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="roundtable-kill-", dir=options.folder) as folder:
        figures = measure(options.cycles, seed=options.seed, folder=Path(folder))
    print(json.dumps(asdict(figures)) if options.json else _lines(figures))


def _broken(db: Database, workshop_id: UUID) -> bool:
    """Whether the log's chain does not hold."""
    moderator, _ = access.for_command_line(workshop_id)
    return log.verify(db, moderator) is not None


def _hear(pipe: Connection, heard: list[tuple[str, str]]) -> int:
    while pipe.poll():
        heard.append(pipe.recv())
    return len(heard)


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < until, "the room did not write enough, or the app did not answer"
        time.sleep(0.02)


def _lines(figures: Figures) -> str:
    return "\n".join(f"{name.replace('_', ' '):<22} {value}" for name, value in asdict(figures).items())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", default=None, help="where the database is made (a disk, not memory)")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
