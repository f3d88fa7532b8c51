"""What may be read of hands and builds in the present step: a table's screen, and the coverage for wall and desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from workshop.domain import routing as rules
from workshop.domain.build import BuildKind, ShownBuild, by_idea
from workshop.domain.build import shown as shown_build
from workshop.domain.idea import Idea, ShownIdea, shown
from workshop.domain.permissions import Sight
from workshop.domain.room import WorkshopView
from workshop.services import routing
from workshop.services.routing import Holder
from workshop.services.shown import may_see
from workshop.storage import Session
from workshop.storage import builds as build_rows
from workshop.storage import dealt as dealt_rows
from workshop.storage import ideas as idea_rows
from workshop.storage import room_tables as table_rows


@dataclass(frozen=True, slots=True)
class Card:
    """An idea with its builds, and whether the reader's table has read it (or how many other tables have)."""

    idea: ShownIdea
    builds: tuple[ShownBuild, ...]
    read: bool = False
    readers: int = 0


@dataclass(frozen=True, slots=True)
class Hand:
    """What a table, or a person without one, has in front of it, has read before, and what its own ideas received."""

    number: int
    cards: tuple[Card, ...]
    earlier: tuple[Card, ...]
    received: tuple[Card, ...]
    passed_on: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """An idea of the board in numbers."""

    number: int
    title: str
    readers: int
    builds: int


@dataclass(frozen=True, slots=True)
class OnIdea:
    """A build with the number and the title of the idea that it is on."""

    number: int
    title: str
    build: ShownBuild


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the room has read. ``aim`` is by how many other tables, ``note`` why it cannot be two for every idea."""

    aim: int
    note: str
    ideas: tuple[Covered, ...]
    by_kind: dict[BuildKind, int]
    newest: tuple[OnIdea, ...]

    @property
    def enough(self) -> int:
        """How many ideas enough other tables have read."""
        return sum(idea.readers >= self.aim for idea in self.ideas) if self.aim else 0


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table holds: numbers of ideas, read or not. ``silent`` means that it has read nothing of what it has."""

    table_id: UUID
    name: str
    read: tuple[int, ...]
    unread: tuple[int, ...]
    waiting: int
    builds: int
    passed_on: int

    @property
    def silent(self) -> bool:
        return bool(self.unread) and not self.read and not self.builds


MOST_NEWEST = 3


def hand(session: Session, view: WorkshopView, holder: Holder) -> Hand:
    """A holder's screen; nothing before the step, and nothing after a step back before it."""
    if not may_see(view, Sight.BUILDS):
        return Hand(0, (), (), (), passed_on=False)
    dealt = dealt_rows.to_table(session, holder.id) if holder.is_table else dealt_rows.to_person(session, holder.id)
    own = _of_their_own(session, view, holder)
    cards = _cards(session, view, own | {row.idea for row in dealt if row.hand})
    opened = [row for row in dealt if row.hand and row.idea in cards and (row.read or not row.passed_on)]
    opened.sort(key=lambda row: (row.hand, cards[row.idea].idea.number))
    number = min((row.hand for row in opened if not row.read), default=max((row.hand for row in opened), default=0))
    return Hand(
        number=number,
        cards=tuple(replace(cards[row.idea], read=row.read) for row in opened if row.hand >= number),
        earlier=tuple(replace(cards[row.idea], read=True) for row in opened if row.hand < number),
        received=tuple(card for idea_id, card in cards.items() if idea_id in own),
        passed_on=any(row.passed_on for row in dealt),
    )


def coverage(session: Session, view: WorkshopView) -> Coverage:
    """How many other tables have read each idea, and what was built, in numbers and the newest words."""
    if not may_see(view, Sight.BUILDS):
        return Coverage(0, "", (), {}, ())
    room = routing.look(session, view)
    titles = {idea.id: idea.title for idea in idea_rows.published(session, view.id)}
    readers = rules.exposure(room.ideas, room.dealt)
    home = {part: idea for idea in room.ideas for part in (idea.id, *idea.parts)}
    builds = [build for build in build_rows.every(session, view.id) if build.stands and build.idea_id in home]
    counted = Counter(home[build.idea_id].id for build in builds)
    return Coverage(
        aim=rules.aim_of(room.readers),
        note=rules.shortage(room.readers, room.ideas),
        ideas=tuple(Covered(idea.number, titles[idea.id], readers[idea.id], counted[idea.id]) for idea in room.ideas),
        by_kind={kind: sum(build.kind is kind for build in builds) for kind in BuildKind},
        newest=tuple(
            OnIdea(home[build.idea_id].number, titles[home[build.idea_id].id], shown_build(build, view.anonymity))
            for build in builds[: -MOST_NEWEST - 1 : -1]
        ),
    )


def tables(session: Session, view: WorkshopView) -> tuple[TableReading, ...]:
    """Who holds what, for the moderator: every table with people."""
    if not may_see(view, Sight.BUILDS):
        return ()
    room = routing.look(session, view)
    names, numbers = table_rows.table_names(session, view.id), {idea.id: idea.number for idea in room.ideas}
    built = Counter(build.table_id for build in build_rows.every(session, view.id) if build.withdrawn_at is None)

    def reading(table_id: UUID) -> TableReading:
        own = [row for row in room.dealt if row.reader == table_id and row.idea in numbers]
        return TableReading(
            table_id=table_id,
            name=names[table_id],
            read=tuple(sorted(numbers[row.idea] for row in own if row.read)),
            unread=tuple(sorted(numbers[row.idea] for row in own if row.hand and not row.read and not row.passed_on)),
            waiting=sum(not row.hand for row in own),
            builds=built[table_id],
            passed_on=sum(row.passed_on and not row.read for row in own),
        )

    return tuple(reading(reader.id) for reader in room.readers)


def of_moderator(session: Session, view: WorkshopView) -> tuple[OnIdea, ...]:
    """Every build that was not taken back, hidden ones too, newest first, with the number of its idea."""
    if not may_see(view, Sight.BUILDS):
        return ()
    ideas = {idea.id: idea for idea in idea_rows.every(session, view.id)}
    return tuple(
        OnIdea(ideas[build.idea_id].number, ideas[build.idea_id].title, shown_build(build, view.anonymity))
        for build in reversed(build_rows.every(session, view.id))
        if build.withdrawn_at is None
    )


def counted(session: Session, view: WorkshopView) -> Mapping[UUID, int]:
    """How many builds stand on each idea; nothing before the step."""
    return build_rows.counted(session, view.id) if may_see(view, Sight.BUILDS) else {}


def added_to(idea: ShownIdea, counts: Mapping[UUID, int]) -> int:
    """How many builds stand on an idea and on what it was made of."""
    return counts.get(idea.id, 0) + sum(added_to(original, counts) for original in idea.originals)


def of_report(session: Session, view: WorkshopView, ideas: Collection[Idea]) -> dict[UUID, Card]:
    """Builds and readers of each idea on the board; nothing before the step."""
    return _cards(session, view, {idea.id for idea in ideas}, ideas) if may_see(view, Sight.BUILDS) else {}


def _of_their_own(session: Session, view: WorkshopView, holder: Holder) -> set[UUID]:
    """The ideas that come from a holder, and what they were merged into."""
    if holder.is_table:
        own = idea_rows.of_table(session, view.id, holder.id)
    else:
        own = tuple(idea for idea in idea_rows.of_author(session, holder.id) if idea.table_id is None)
    return {idea.id for idea in own} | {idea.merged_into_id for idea in own if idea.merged_into_id is not None}


def _cards(
    session: Session, view: WorkshopView, idea_ids: Collection[UUID], family: Collection[Idea] | None = None
) -> dict[UUID, Card]:
    """Those of these ideas that are on the board, by number, with the builds on them and on what they were made of."""
    family = idea_rows.some(session, view.id, idea_ids) if family is None else family
    on_board = {each.id: each for each in routing.on_board(family)}
    every = [idea.id for idea in family]
    builds = by_idea(build_rows.on(session, every), view.anonymity)
    readers = rules.exposure(list(on_board.values()), dealt_rows.of_ideas(session, every))
    return {
        idea.id: Card(
            idea=shown(idea, view.anonymity),
            builds=tuple(
                build for part in (idea.id, *sorted(on_board[idea.id].parts)) for build in builds.get(part, ())
            ),
            readers=readers[idea.id],
        )
        for idea in family
        if idea.id in on_board and idea.id in idea_ids
    }
