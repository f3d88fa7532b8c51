"""What may be seen of people beside their ideas: who is here in numbers, and what they offer and look for.

Like `shown`, every function asks the step itself, in the transaction that reads. Places are counted, never shown beside
a person or a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from workshop.domain.credit import credit_at
from workshop.domain.introduction import LineKind, ShownLine
from workshop.domain.permissions import Sight
from workshop.domain.room import Person, WorkshopView
from workshop.domain.text import fingerprint
from workshop.services import shown
from workshop.storage import Session
from workshop.storage import introductions as rows
from workshop.storage import people as people_rows
from workshop.storage import room_tables as table_rows
from workshop.storage.introductions import Line


@dataclass(frozen=True, slots=True)
class Share:
    """How many people have something in common, in all and by side."""

    name: str
    people: int
    by_side: dict[str, int]


@dataclass(frozen=True, slots=True)
class WhoIsHere:
    """The room in numbers, largest first: ``from_places`` people have said where they are from."""

    people: int
    by_side: dict[str, int]
    sectors: tuple[Share, ...]
    organisations: tuple[Share, ...]
    places: tuple[Share, ...]
    from_places: int


@dataclass(frozen=True, slots=True)
class ToldLine:
    """An offer or a need for the desk, which may hide it."""

    id: UUID
    line: ShownLine
    hidden: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """The people at one table who have written neither an offer nor a need, of how many who sit there."""

    table: str
    names: tuple[str, ...]
    of: int


def who_is_here(session: Session, view: WorkshopView) -> WhoIsHere:
    """Sides, sectors and organisations of everybody; places from the warm-up on."""
    everybody = people_rows.everybody(session, view.id)
    sector_names = {sector.key: sector.name for sector in view.event.sectors}
    said = [line for line in _every(session, view) if line.kind is LineKind.PLACE and not line.hidden]
    return WhoIsHere(
        people=len(everybody),
        by_side=dict(Counter(person.side for person in everybody)),
        sectors=_shares(
            (sector_names[key], person.side) for person in everybody for key in person.sectors if key in sector_names
        ),
        organisations=_shares((person.organisation, person.side) for person in everybody if person.organisation),
        places=_shares((line.text, line.side) for line in said),
        from_places=len(said),
    )


def offers_and_needs(session: Session, view: WorkshopView) -> tuple[ShownLine, ...]:
    """What people offer and look for, the newest last, without what the moderator hid; nothing before the warm-up."""
    return tuple(
        _shown(view, line) for line in _every(session, view) if line.kind is not LineKind.PLACE and not line.hidden
    )


def lines(session: Session, view: WorkshopView) -> tuple[ToldLine, ...]:
    """The same for the desk, with what is hidden, the newest first."""
    told = [line for line in _every(session, view) if line.kind is not LineKind.PLACE]
    return tuple(ToldLine(line.id, _shown(view, line), line.hidden) for line in reversed(told))


def written(session: Session, view: WorkshopView) -> int:
    """How many people have written an offer or a need."""
    return len(_writers(_every(session, view)))


def silent(session: Session, view: WorkshopView) -> tuple[Silent, ...]:
    """Who has written nothing, table by table, people without a table last; tables where all have are left out."""
    writers = _writers(_every(session, view))
    names: dict[UUID | None, str] = dict(table_rows.table_names(session, view.id)) | {None: "No table"}
    seated: dict[UUID | None, list[Person]] = {table_id: [] for table_id in names}
    for person in people_rows.everybody(session, view.id):
        seated[person.table_id].append(person)
    found = (
        Silent(names[table_id], tuple(person.name for person in people if person.id not in writers), len(people))
        for table_id, people in seated.items()
    )
    return tuple(table for table in found if table.names)


def _every(session: Session, view: WorkshopView) -> tuple[Line, ...]:
    return rows.every(session, view.id) if shown.may_see(view, Sight.INTRODUCTIONS) else ()


def _writers(lines: Iterable[Line]) -> set[UUID]:
    return {line.person_id for line in lines if line.kind is not LineKind.PLACE}


def _shown(view: WorkshopView, line: Line) -> ShownLine:
    return ShownLine(line.kind, line.text, line.side, credit_at(view.anonymity, line.credit))


def _shares(found: Iterable[tuple[str, str]]) -> tuple[Share, ...]:
    """What is named, whatever its capitals, in the words of whoever named it first; the most common first."""
    names: dict[str, str] = {}
    counted: dict[str, Counter[str]] = {}
    for name, side in found:
        key = fingerprint(name)
        names.setdefault(key, name)
        counted.setdefault(key, Counter())[side] += 1
    shares = (Share(names[key], sides.total(), dict(sides)) for key, sides in counted.items())
    return tuple(sorted(shares, key=lambda share: (-share.people, share.name.casefold())))
