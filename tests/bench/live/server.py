"""The server under measurement: the real app in a process of its own, or one that somebody else has started."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.venue import EVENT, open_venue
from workshop.domain.event import BUILT_KINDS, Step
from workshop.services import access, workshops
from workshop.storage import Database

SEATS = 10
MOST_PEOPLE = 1000
"""An event is planned for so many people at most."""


@dataclass(frozen=True)
class Server:
    """Where it answers, where its database is, and which processes it is."""

    address: str
    database_url: str
    pids: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """A workshop on a server: its code, the link that makes a moderator, its tables and its steps."""

    address: str
    code: str
    moderator: str
    tables: tuple[str, ...]
    sides: tuple[str, ...]
    steps: tuple[Step, ...]


@contextmanager
def own_server(folder: Path) -> Iterator[Server]:
    """Start the app as `python -m workshop serve` does, with an empty database in this folder."""
    os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    url = f"sqlite:///{folder / 'var' / 'roundtable.db'}"
    with open_venue(folder, database_url=url) as venue:
        yield Server(venue.address, url, (venue.pid,))


def new_place(server: Server, phones: int) -> Place:
    """Start a workshop with room for so many people."""
    db = Database.open(server.database_url)
    try:
        view = workshops.create(db, _event(phones))
        token = access.first_link(db, view.id, "moderator")
    finally:
        db.close()
    event = view.event
    return Place(
        address=server.address,
        code=view.code,
        moderator=f"/r/{token}",
        tables=tuple(event.tables),
        sides=tuple(side.name for side in event.sides),
        steps=tuple(step for step in event.run_of_show if step.kind in BUILT_KINDS),
    )


def _event(phones: int) -> str:
    """The built-in event with more tables, and limits that no phone of the bench reaches."""
    tables = max(2, -(-phones // SEATS))
    names = ", ".join(f'"Table {number}"' for number in range(1, tables + 1))
    text = re.sub(r"(?ms)^tables = \[.*?^\]", f"tables = [{names}]", EVENT.read_text(encoding="utf-8"))
    limits = {
        "people": max(2, min(MOST_PEOPLE, tables * SEATS)), "tables": tables, "seats_per_table": SEATS,
        "ideas_per_person": 20, "ideas_per_table": 200, "dots": 50, "dots_per_idea": 2,
    }  # fmt: skip
    for key, value in limits.items():
        text, replaced = re.subn(rf"(?m)^{key} = \d+$", f"{key} = {value}", text)
        assert replaced == 1, f"the event has no single {key}"
    return text
