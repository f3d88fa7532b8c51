"""What may be read of ideas and votes in the present step. Every function asks the step itself, whoever is reading.

They take the session and the workshop as that session sees it, so that a text and the step that allows it are of one
moment.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.idea import AT_THE_TABLE, ShownIdea, all_shown, board_of, shown
from workshop.domain.permissions import Sight
from workshop.domain.ranking import Ranking, rank
from workshop.domain.room import WorkshopView
from workshop.errors import NotAllowed
from workshop.storage import Session
from workshop.storage import hand_counts as hand_rows
from workshop.storage import ideas as idea_rows
from workshop.storage import room_tables as table_rows
from workshop.storage import votes as vote_rows


@dataclass(frozen=True, slots=True)
class TableIdeas:
    """The ideas that a table looks at together, and how many of its ideas are published, of how many."""

    table_id: UUID
    name: str
    ideas: tuple[ShownIdea, ...]
    published: int
    published_limit: int


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many ideas a table has, and how many of them it has published."""

    id: UUID
    name: str
    ideas: int
    published: int


@dataclass(frozen=True, slots=True)
class SectorCount:
    """How many ideas name a sector, in all and by side of their authors."""

    key: str
    name: str
    ideas: int
    by_side: dict[str, int]


@dataclass(frozen=True, slots=True)
class Counters:
    """Ideas in numbers, which may be seen in every step. Hidden, withdrawn and merging ideas do not count."""

    ideas: int
    published: int
    by_table: tuple[TableCount, ...]
    by_sector: tuple[SectorCount, ...]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How many ideas of a table are not published. ``table_id`` is None for people without a table."""

    table_id: UUID | None
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SideTurnout:
    """How many people of a side have given at least one dot, of how many who joined; ballots on paper stand apart."""

    side: str
    name: str
    voted: int
    of: int
    by_hand: int = 0


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who has voted, in numbers only."""

    voted: int
    of: int
    by_side: tuple[SideTurnout, ...]


def may_see(view: WorkshopView, sight: Sight) -> bool:
    """Whether the present step shows this."""
    return sight in permissions.sees(view.event, view.state)


def board(session: Session, view: WorkshopView) -> tuple[ShownIdea, ...]:
    """The published ideas by number; nothing before the board opens."""
    if not may_see(view, Sight.BOARD):
        return ()
    return board_of(idea_rows.published(session, view.id), view.anonymity)


def of_table(session: Session, view: WorkshopView, table_id: UUID) -> TableIdeas:
    """What a table looks at together; no idea before tables share."""
    name = table_rows.table_name(session, table_id)
    ideas: tuple[ShownIdea, ...] = ()
    if may_see(view, Sight.TABLE_IDEAS):
        found = idea_rows.of_table(session, view.id, table_id)
        ideas = tuple(shown(idea, view.anonymity) for idea in found if idea.standing in AT_THE_TABLE)
    published = sum(idea.published for idea in ideas)
    return TableIdeas(table_id, name, ideas, published, view.event.limits.published_per_table)


def everything(session: Session, view: WorkshopView) -> tuple[ShownIdea, ...]:
    """Every idea whatever happened to it, for the moderator; nothing before tables share."""
    if not may_see(view, Sight.TABLE_IDEAS):
        return ()
    return all_shown(idea_rows.every(session, view.id), view.anonymity)


def kept_back(session: Session, view: WorkshopView) -> tuple[KeptBack, ...]:
    """What tables have not published, table by table, for the moderator; tables that published all are left out."""
    tallies = idea_rows.tallies(session, view.id)
    waiting = {table_id: written - tallies.published[table_id] for table_id, written in tallies.written.items()}
    names: dict[UUID | None, str] = dict(table_rows.table_names(session, view.id)) | {None: "No table"}
    return tuple(KeptBack(each, name, waiting[each]) for each, name in names.items() if waiting.get(each))


def counters(session: Session, view: WorkshopView) -> Counters:
    """Ideas in numbers: per table, and per sector and side."""
    tallies = idea_rows.tallies(session, view.id)
    sides = {sector.key: Counter[str]() for sector in view.event.sectors}
    for (sectors, side), number in sorted(tallies.together.items()):
        for key in sides.keys() & set(sectors):
            sides[key][side] += number
    return Counters(
        ideas=sum(tallies.written.values()),
        published=sum(tallies.published.values()),
        by_table=tuple(
            TableCount(table_id, name, tallies.written.get(table_id, 0), tallies.published.get(table_id, 0))
            for table_id, name in table_rows.table_names(session, view.id).items()
        ),
        by_sector=tuple(
            SectorCount(sector.key, sector.name, sides[sector.key].total(), dict(sides[sector.key]))
            for sector in view.event.sectors
        ),
    )


def turnout(session: Session, view: WorkshopView) -> Turnout:
    """How many have voted, by side: all that anybody may know before the results."""
    voted, people = vote_rows.ballots(session, view.id), vote_rows.people(session, view.id)
    by_hand = hand_rows.ballots(session, view.id)
    by_side = tuple(
        SideTurnout(
            side.key, side.name, voted.get(side.key, 0), people.get(side.key, 0), by_hand=by_hand.get(side.key, 0)
        )
        for side in view.event.sides
    )
    return Turnout(sum(side.voted for side in by_side), sum(side.of for side in by_side), by_side)


def results(session: Session, view: WorkshopView) -> Ranking:
    """Both orders of the board. Refused to everybody, moderator and report included, before they are revealed."""
    must_be_revealed(view)
    given = vote_rows.ballots(session, view.id)
    ballots = {side.key: given.get(side.key, 0) for side in view.event.sides}
    ranking = rank(vote_rows.counted(session, view.id), ballots_per_side=ballots)
    return replace(ranking, by_hand=hand_rows.together(session, view.id))


def must_be_revealed(view: WorkshopView) -> None:
    """Refuse whatever tells how people voted, before the step that reveals it."""
    if not may_see(view, Sight.RESULTS):
        raise NotAllowed("The results are not revealed yet. They appear when the moderator opens that step.")
