"""Routing: which tables read which ideas while “Build on others” is open.

What is dealt is kept, so a restart, a second replica and a step back show the same hands. Everything here is done by
one writer at a time, in the transaction that causes it: the step opens, an idea comes or goes, people sit down at a
table that had nobody, a hand is read. People without a table have hands of their own, which count as no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from workshop.domain import permissions, steps
from workshop.domain import routing as rules
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea, Standing
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.domain.routing import Dealt, OnBoard, Reader
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, turn
from workshop.services.access import ModeratorBadge, ParticipantBadge, ScribeBadge
from workshop.storage import Database, Session, announce
from workshop.storage import dealt as rows
from workshop.storage import ideas as idea_rows
from workshop.storage import log as log_rows
from workshop.storage import people as people_rows
from workshop.storage import room_tables as table_rows

NOT_DEALT = "This idea is not among those that your table reads (any more). Look at the ideas on your screen."


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a hand: a table, or one person without a table."""

    id: UUID
    is_table: bool


@dataclass(frozen=True, slots=True)
class Dealing:
    """Who may read, what there is to be read, and who has what, in one transaction."""

    readers: tuple[Reader, ...]
    ideas: tuple[OnBoard, ...]
    dealt: tuple[Dealt, ...]
    alone: tuple[Reader, ...]
    dealt_alone: tuple[Dealt, ...]


def follow(session: Session, view: WorkshopView) -> None:
    """Deal what has no readers yet, and hands to those who have none. Nothing outside of the step."""
    if not is_open(view):
        return
    before = look(session, view)
    after = rules.deal(before.readers, before.ideas, before.dealt)
    _write_tables(session, view, before.dealt, after)
    begun = {row.reader for row in before.dealt_alone}
    for reader in before.alone:
        if reader.id not in begun:
            _deal_alone(session, view, replace(before, dealt=after), reader)
    announce(session, view.id, "builds")


def read(db: Database, pen: ParticipantBadge | ScribeBadge, idea_id: UUID) -> None:
    """Say that one's table has read an idea. Said again, or by somebody else at the table, it changes nothing."""
    with db.writing() as session:
        view = turn.take(session, pen.workshop_id)
        must_be_open(view)
        mark_read(session, view, holder_of(session, pen), idea_id)


def more(db: Database, pen: ParticipantBadge | ScribeBadge) -> None:
    """Ask for a further hand when everything is read; with something left to read it changes nothing."""
    with db.writing() as session:
        view = turn.take(session, pen.workshop_id)
        must_be_open(view)
        holder, room = holder_of(session, pen), look(session, view)
        reader = _reader(room, holder)
        if not holder.is_table:
            _deal_alone(session, view, room, reader)
            return
        _write_tables(
            session, view, room.dealt, rules.more(reader, room.readers, room.ideas, room.dealt, lacking=False)
        )
        announce(session, view.id, "builds")


def pass_on(db: Database, moderator: ModeratorBadge, table_id: UUID) -> None:
    """Deal to other tables what a table has not read. The table is dealt nothing until somebody there asks for it."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        if not is_open(view):
            raise NotAllowed("Ideas are dealt while “Build on others” is open. Open that step first.")
        room = look(session, view)
        unread = {row for row in room.dealt if row.reader == table_id and not row.read and not row.passed_on}
        if not unread:
            raise Conflict("This table has nothing left to read, so there is nothing to pass on.")
        passed = tuple(replace(row, passed_on=True) if row in unread else row for row in room.dealt)
        _write_tables(session, view, room.dealt, rules.deal(room.readers, room.ideas, passed))
        log_rows.record(
            session,
            view.id,
            actor=moderator.label,
            verb="pass_on",
            subject=str(table_id),
            details={"ideas": len(unread)},
            at=clock.now(),
        )
        announce(session, view.id, "builds")


def mark_read(session: Session, view: WorkshopView, holder: Holder, idea_id: UUID) -> None:
    """Write that a holder has read an idea of theirs; whoever has read a hand gets the next one."""
    room = look(session, view)
    own = [row for row in (room.dealt if holder.is_table else room.dealt_alone) if row.reader == holder.id]
    this = next((row for row in own if row.idea == idea_id and row.hand), None)
    if this is None:
        raise NotFound(NOT_DEALT)
    if this.read:
        return
    done = replace(this, read=True, passed_on=False)
    reader = _reader(room, holder)
    if not holder.is_table:
        now = replace(room, dealt_alone=tuple(done if row == this else row for row in room.dealt_alone))
        _deal_alone(session, view, now, reader, before=room.dealt_alone)
        return
    after = tuple(done if row == this else row for row in room.dealt)
    if is_open(view):
        after = rules.deal(room.readers, room.ideas, after)
        if not rules.has_open_hand(holder.id, room.ideas, after) and reader in room.readers:
            after = rules.more(reader, room.readers, room.ideas, after, lacking=True)
    _write_tables(session, view, room.dealt, after)
    announce(session, view.id, "builds", *topics_of(session, view, idea_id))


def topics_of(session: Session, view: WorkshopView, idea_id: UUID) -> list[str]:
    """The topics in which an idea and its builds stand: those of its readers, and of the tables it comes from."""
    family = _family(session, view, idea_id)
    readers = {row.reader for row in rows.of_ideas(session, [idea.id for idea in family])}
    return _hands(readers | {idea.table_id for idea in family if idea.table_id is not None})


def idea_changed(session: Session, view: WorkshopView, idea: Idea) -> None:
    """An idea was reworded, came to the board or left it: whoever has it draws it again, and what is open is dealt."""
    if not is_open(view) and view.state.building_closed_at is None:
        return
    announce(session, view.id, "builds", *topics_of(session, view, idea.id))
    follow(session, view)


def sat_down(session: Session, view: WorkshopView, table_id: UUID | None) -> None:
    """Somebody came to a table: if nobody was there before, it gets its hand."""
    if table_id is None or not rows.to_table(session, table_id):
        follow(session, view)


def is_open(view: WorkshopView) -> bool:
    """Whether the step is the present one, closed or not."""
    return steps.current_step(view.event, view.state).kind is StepKind.BUILD


def must_be_open(view: WorkshopView) -> None:
    """Refuse outside of the step, but for late saves."""
    if Act.BUILD not in permissions.may(view.event, view.state, clock.now()):
        raise NotAllowed("Ideas of others are read and built on in their own step only. What you sent before stays.")


def holder_of(session: Session, pen: ParticipantBadge | ScribeBadge) -> Holder:
    """Whose hand it is: that of the table where the pen is now, else the person's own."""
    if isinstance(pen, ScribeBadge):
        return Holder(pen.table_id, is_table=True)
    known = people_rows.by_id(session, pen.workshop_id, pen.participant_id)
    if known is None:
        raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
    return Holder(known.id, is_table=False) if known.table_id is None else Holder(known.table_id, is_table=True)


def look(session: Session, view: WorkshopView) -> Dealing:
    """The room as routing sees it: tables with people, in their order, and ideas by number."""
    around: dict[UUID, list[tuple[str, Sequence[str]]]] = {}
    alone = []
    for table_id, person, side, sectors in people_rows.around_tables(session, view.id):
        if table_id is None:
            alone.append(Reader(person, {side: 1}, frozenset(sectors)))
        else:
            around.setdefault(table_id, []).append((side, sectors))
    tables = [table_id for table_id in table_rows.table_names(session, view.id) if table_id in around]
    return Dealing(
        readers=tuple(_table(table_id, around[table_id]) for table_id in tables),
        ideas=on_board(idea_rows.published(session, view.id)),
        dealt=rows.to_tables(session, view.id),
        alone=tuple(alone),
        dealt_alone=rows.to_people(session, view.id),
    )


def on_board(ideas: Iterable[Idea]) -> tuple[OnBoard, ...]:
    """The published ideas among these, each with what was merged into it."""
    every = tuple(ideas)
    parts: dict[UUID, list[Idea]] = {}
    for idea in every:
        if idea.merged_into_id is not None:
            parts.setdefault(idea.merged_into_id, []).append(idea)

    def below(idea: Idea) -> list[Idea]:
        return [each for part in parts.get(idea.id, ()) for each in (part, *below(part))]

    return tuple(
        OnBoard(
            id=idea.id,
            number=idea.number,
            side=idea.side,
            homes=frozenset(
                home for each in (idea, *below(idea)) for home in [each.table_id or each.author_id] if home is not None
            ),
            sectors=frozenset(idea.sectors),
            parts=frozenset(part.id for part in below(idea)),
        )
        for idea in every
        if idea.standing is Standing.PUBLISHED
    )


def hand_of(table_id: UUID) -> str:
    """The topic of what one table has to read."""
    return f"hand:{table_id}"


def _write_tables(session: Session, view: WorkshopView, before: Iterable[Dealt], after: Iterable[Dealt]) -> None:
    old, new = set(before), set(after)
    rows.change(session, view.id, old, new, table=True)
    announce(session, view.id, *_hands(row.reader for row in old ^ new))


def _deal_alone(
    session: Session, view: WorkshopView, room: Dealing, reader: Reader, *, before: Iterable[Dealt] | None = None
) -> None:
    """A hand for somebody without a table who has read what they had."""
    own = [row for row in room.dealt_alone if row.reader == reader.id]
    after = rules.more(reader, room.readers, room.ideas, [*room.dealt, *own], lacking=False)
    old = [row for row in (room.dealt_alone if before is None else before) if row.reader == reader.id]
    rows.change(session, view.id, old, [row for row in after if row.reader == reader.id], table=False)
    announce(session, view.id, "builds")


def _hands(tables: Iterable[UUID]) -> list[str]:
    return [hand_of(table_id) for table_id in set(tables)]


def _family(session: Session, view: WorkshopView, idea_id: UUID) -> list[Idea]:
    """An idea with what was merged into it, and what it was merged into."""
    family = {idea.id: idea for idea in idea_rows.some(session, view.id, [idea_id])}
    while above := {idea.merged_into_id for idea in family.values() if idea.merged_into_id} - family.keys():
        family |= {idea.id: idea for idea in idea_rows.some(session, view.id, above)}
    return list(family.values())


def _reader(room: Dealing, holder: Holder) -> Reader:
    known = room.readers if holder.is_table else room.alone
    return next((reader for reader in known if reader.id == holder.id), Reader(holder.id, {}))


def _table(table_id: UUID, around: Sequence[tuple[str, Sequence[str]]]) -> Reader:
    sides = [side for side, _ in around]
    return Reader(
        id=table_id,
        by_side={side: sides.count(side) for side in dict.fromkeys(sides)},
        sectors=frozenset(sector for _, sectors in around for sector in sectors),
    )
