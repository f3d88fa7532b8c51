"""The workshop that is played: made through the services, on the database of the server under measurement."""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.browser.venue import EVENT
from workshop.domain.event import Step, StepKind
from workshop.domain.idea import IdeaDraft
from workshop.errors import Conflict
from workshop.services import access, ideas, people, steps, workshops
from workshop.storage import Database

SEATS = 10
MOST_PEOPLE = 1000
"""An event is planned for so many people at most."""

PITCH = "A closer look at what both sides could do together, with partners, a budget and a date."

_WORDS = ("batteries", "blades", "buildings", "corridor", "data", "ferries", "grid", "harbour", "heat", "hydrogen",
          "ports", "recycling", "sensors", "standards", "storage", "streets", "trucks", "waste", "wind")  # fmt: skip

MOST_IDEAS = 20
"""What a person may send at most, in any event."""

PLAYED = frozenset(
    {StepKind.ARRIVE, StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE, StepKind.REVEAL, StepKind.CLOSING}
)
"""The steps of a round, so that figures of different years can be compared."""


@dataclass(frozen=True)
class Place:
    """A workshop on a server: its code, the link that makes a moderator, its tables, sides and steps."""

    address: str
    code: str
    moderator: str
    tables: tuple[str, ...]
    sides: tuple[str, ...]
    steps: tuple[Step, ...]


def new_place(address: str, database_url: str, phones: int, *, published: int = 3) -> Place:
    """Start a workshop with room for so many people, and for so many ideas of each table on the board."""
    with _opened(database_url) as db:
        view = workshops.create(db, _event(phones, published))
        token = access.first_link(db, view.id, "moderator")
    event = view.event
    return Place(
        address=address,
        code=view.code,
        moderator=f"/r/{token}",
        tables=tuple(event.tables),
        sides=tuple(side.name for side in event.sides),
        steps=event.run_of_show,
    )


def new_people(database_url: str, place: Place, number: int) -> list[str]:
    """Let so many people join without a page; gives the devices that they act on."""
    devices = [f"device {each}" for each in range(number)]
    with _opened(database_url) as db:
        view = workshops.find(db, place.code)
        assert view is not None
        observer = access.watch(db, view.id)
        tables, sides = people.tables(db, observer), view.event.sides
        for each, device in enumerate(devices):
            side, table = sides[each % len(sides)].key, tables[each % len(tables)].id
            people.join(db, observer, people.JoinForm(f"Phone {each}", side, table, consent=True), device=device)
    return devices


def furnish(database_url: str, place: Place, number: int) -> None:
    """Let so many people join and send an idea each, and put on the board what fits: the room shares at its tables."""
    devices = new_people(database_url, place, number)
    with _opened(database_url) as db, helm(database_url, place) as opens:
        view = workshops.find(db, place.code)
        assert view is not None
        badges = [access.participant(db, view.id, device=device) for device in devices]
        opens("share")
        for each, badge in enumerate(badges):
            idea = ideas.submit(db, badge, IdeaDraft(f"{title()} {each}", pitch=PITCH)).idea
            with suppress(Conflict):
                ideas.publish(db, badge, idea.id, published=True)


def title() -> str:
    """What an idea may be about."""
    return " ".join(random.sample(_WORDS, 4)).capitalize()


@contextmanager
def helm(database_url: str, place: Place) -> Iterator[Callable[[str], None]]:
    """Opens a step by its key from this process, as the command line does: the server hears of it from its database."""
    with _opened(database_url) as db:
        view = workshops.find(db, place.code)
        assert view is not None
        moderator, _ = access.for_command_line(view.id)
        yield lambda key: _open(db, moderator, key)


def _open(db: Database, moderator: access.ModeratorBadge, key: str) -> None:
    steps.open_step(db, moderator, key, seen=workshops.of(db, moderator).state.version)


@contextmanager
def _opened(database_url: str) -> Iterator[Database]:
    db = Database.open(database_url)
    try:
        yield db
    finally:
        db.close()


def _event(phones: int, published: int) -> str:
    """The built-in event with more tables, the steps of a round, and limits that no phone of the bench reaches."""
    tables = max(2, -(-phones // SEATS))
    names = ", ".join(f'"Table {number}"' for number in range(1, tables + 1))
    text = re.sub(r"(?ms)^tables = \[.*?^\]", f"tables = [{names}]", EVENT.read_text(encoding="utf-8"))
    limits = {
        "people": min(MOST_PEOPLE, tables * SEATS), "tables": tables, "seats_per_table": SEATS,
        "ideas_per_person": MOST_IDEAS, "ideas_per_table": MOST_IDEAS * SEATS, "dots": 50,
        "published_per_table": published,
    }  # fmt: skip
    text = re.sub(r"(?ms)^\[\[(?:run_of_show|prompts)\]\]\n.*?(?=^\[)", _played, text)
    hours, minutes = divmod(sum(int(each) for each in re.findall(r"(?m)^minutes = (\d+)$", text)), 60)
    text = re.sub(
        r'(?m)^starts = "[\d:]+"\nends = "[\d:]+"$',
        f'starts = "00:00"\nends = "{hours:02}:{minutes:02}"',
        text,
        count=1,
    )
    for key, value in limits.items():
        text, replaced = re.subn(rf"(?m)^{key} = \d+$", f"{key} = {value}", text)
        assert replaced == 1, f"the event has no single {key}"
    return text


def _played(block: re.Match[str]) -> str:
    """This step or prompt of the event file, or nothing where it belongs to a step that the bench does not play."""
    kind = re.search(r'(?m)^(?:kind|step) = "(\w+)"$', block[0])
    return block[0] if kind is not None and kind[1] in PLAYED else ""
