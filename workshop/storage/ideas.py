"""Ideas: how they are written and read. What may be written is decided by the services."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Row, Select, Text, cast, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.credit import Credit
from workshop.domain.idea import Idea
from workshop.storage.prepared import Found, prepared
from workshop.storage.tables import Idea as IdeaRow
from workshop.storage.tables import Organisation, Participant, RoomTable, Workshop, table_of

_CHANGEABLE = (
    "title",
    "pitch",
    "still_needed",
    "version",
    "edited_at",
    "published_at",
    "withdrawn_at",
    "hidden_at",
    "hidden_reason",
    "merged_into_id",
)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Ideas in numbers: what may be counted while no text may be seen.

    ``written`` and ``published`` are by table (None: nobody's table), ``together`` by the sectors that ideas name
    together and their side.
    """

    written: dict[UUID | None, int]
    published: dict[UUID | None, int]
    together: dict[tuple[tuple[str, ...], str], int]


def take_turn(session: Session, workshop_id: UUID) -> None:
    """Wait until no other idea of the workshop is being written; the turn ends with the transaction.

    On PostgreSQL it is FOR NO KEY UPDATE: it excludes other writers of ideas, the voters' FOR SHARE and a change of the
    step, but not the foreign keys of people who join. On SQLite a write has the database for itself anyway.
    """
    _taken(session, workshop_id).first()


def next_number(session: Session, workshop_id: UUID) -> int:
    """Count one more idea. A number whose transaction fails is given again, so that no number is missing."""
    return int(_numbered(session, workshop_id).scalar_one())


def add(session: Session, workshop_id: UUID, idea: Idea, *, text_hash: str) -> None:
    """Write a new idea."""
    row = dict(
        id=idea.id,
        workshop_id=workshop_id,
        number=idea.number,
        author_id=idea.author_id,
        room_table_id=idea.table_id,
        side=idea.side,
        step_key=idea.step_key,
        text_hash=text_hash,
        late=idea.late,
        created_at=idea.created_at,
        is_merge=idea.is_merge,
        **_changeable(idea),
    )
    session.connection().execute(_ADD, row)


def save(session: Session, idea: Idea) -> None:
    """Write what can change in an idea: its text and what happened to it."""
    session.connection().execute(update(IdeaRow).where(col(IdeaRow.id) == idea.id).values(**_changeable(idea)))


def by_id(session: Session, workshop_id: UUID, idea_id: UUID) -> Idea | None:
    """The idea with this id, in this workshop only."""
    return _first(_by_id(session, workshop_id, idea_id))


def by_text(session: Session, author_id: UUID, text_hash: str) -> Idea | None:
    """The idea that this author has already sent with this text, in whichever step."""
    return _first(_by_text(session, author_id, text_hash))


def of_author(session: Session, author_id: UUID) -> tuple[Idea, ...]:
    """A person's ideas by number, withdrawn and hidden ones too."""
    return tuple(map(_idea, _of_author(session, author_id)))


def of_table(session: Session, workshop_id: UUID, table_id: UUID | None) -> tuple[Idea, ...]:
    """A table's ideas by number, withdrawn and hidden ones too; None: those of people without a table."""
    found = _of_nobodys_table(session, workshop_id) if table_id is None else _of_table(session, workshop_id, table_id)
    return tuple(map(_idea, found))


def every(session: Session, workshop_id: UUID) -> tuple[Idea, ...]:
    """All ideas of a workshop by number, whatever happened to them."""
    return tuple(map(_idea, _every(session, workshop_id)))


def published(session: Session, workshop_id: UUID) -> tuple[Idea, ...]:
    """The ideas that were put on the board, also those that were hidden or merged since."""
    return tuple(map(_idea, _published(session, workshop_id)))


def some(session: Session, workshop_id: UUID, idea_ids: Collection[UUID]) -> tuple[Idea, ...]:
    """These ideas and what was merged into them, by number."""
    these = or_(col(IdeaRow.id).in_(idea_ids), col(IdeaRow.merged_into_id).in_(idea_ids))
    return tuple(map(_idea, session.connection().execute(_ideas(workshop_id, these)))) if idea_ids else ()


def published_among(session: Session, workshop_id: UUID, ids: Collection[UUID]) -> tuple[Idea, ...]:
    """Those of these ideas that were put on the board, also those that were hidden or merged since."""
    out = col(IdeaRow.published_at).is_not(None), col(IdeaRow.withdrawn_at).is_(None)
    found = session.connection().execute(_ideas(workshop_id, col(IdeaRow.id).in_(ids), *out))
    return tuple(map(_idea, found))


def count_of_author(session: Session, author_id: UUID) -> int:
    """How many ideas count against a person's limit: all that were not withdrawn, so that hiding frees no place."""
    return int(_count_of_author(session, author_id).scalar_one())


def count_of_table(session: Session, workshop_id: UUID, table_id: UUID) -> int:
    """How many ideas count against a table's limit: all that were not withdrawn."""
    return int(_count_of_table(session, workshop_id, table_id).scalar_one())


def tallies(session: Session, workshop_id: UUID) -> Tallies:
    """Count the ideas that somebody wrote and that nobody took away. The database counts: a room asks all the time."""
    by_table = list(_by_table(session, workshop_id))
    return Tallies(
        written={table: written for table, written, _ in by_table},
        published={table: published for table, _, published in by_table},
        together={
            (tuple(json.loads(sectors)), side): number for sectors, side, number in _by_sectors(session, workshop_id)
        },
    )


def publish_all(session: Session, workshop_id: UUID, *, at: datetime) -> int:
    """Put every idea that was not withdrawn on the board; give how many were not there yet."""
    outcome = session.connection().execute(
        update(IdeaRow)
        .where(
            col(IdeaRow.workshop_id) == workshop_id,
            col(IdeaRow.published_at).is_(None),
            col(IdeaRow.withdrawn_at).is_(None),
        )
        .values(published_at=at)
    )
    return outcome.rowcount


def _changeable(idea: Idea) -> dict[str, Any]:
    lists = {"sectors": list(idea.sectors), "brings": dict(idea.brings)}
    return {name: getattr(idea, name) for name in _CHANGEABLE} | lists


def _first(found: Found) -> Idea | None:
    row = found.first()
    return None if row is None else _idea(row)


def _idea(row: Row[*tuple[Any, ...]]) -> Idea:
    return Idea(
        id=row.id,
        number=row.number,
        sectors=tuple(row.sectors),
        brings=dict(row.brings),
        side=row.side,
        author_id=row.author_id,
        table_id=row.room_table_id,
        step_key=row.step_key,
        created_at=row.created_at,
        late=row.late,
        is_merge=row.is_merge,
        credit=Credit(table=row.table_name, author=row.author, organisation=row.organisation),
        **{name: getattr(row, name) for name in _CHANGEABLE},
    )


def _ideas(workshop_id: UUID, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _where(col(IdeaRow.workshop_id) == workshop_id, *conditions)


def _where(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What `_idea` reads, by number. An author is of one workshop: asked for both, SQLite searches the wrong index."""
    return (
        select_columns(
            table_of(IdeaRow),
            col(Participant.name).label("author"),
            col(Organisation.name).label("organisation"),
            col(RoomTable.name).label("table_name"),
        )
        .join(Participant, col(Participant.id) == col(IdeaRow.author_id), isouter=True)
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .join(RoomTable, col(RoomTable.id) == col(IdeaRow.room_table_id), isouter=True)
        .where(*conditions)
        .order_by(col(IdeaRow.number))
    )


def _count(*conditions: ColumnElement[bool]) -> Executable:
    return select(func.count()).select_from(IdeaRow).where(*conditions, col(IdeaRow.withdrawn_at).is_(None))


_ADD = insert(table_of(IdeaRow))


@prepared
def _by_id(workshop_id: UUID, idea_id: UUID) -> Executable:
    return _ideas(workshop_id, col(IdeaRow.id) == idea_id)


@prepared
def _by_text(author_id: UUID, text_hash: str) -> Executable:
    return _where(col(IdeaRow.author_id) == author_id, col(IdeaRow.text_hash) == text_hash)


@prepared
def _of_author(author_id: UUID) -> Executable:
    return _where(col(IdeaRow.author_id) == author_id)


@prepared
def _of_table(workshop_id: UUID, table_id: UUID) -> Executable:
    return _ideas(workshop_id, col(IdeaRow.room_table_id) == table_id, col(IdeaRow.is_merge).is_(False))


@prepared
def _of_nobodys_table(workshop_id: UUID) -> Executable:
    return _ideas(workshop_id, col(IdeaRow.room_table_id).is_(None), col(IdeaRow.is_merge).is_(False))


@prepared
def _every(workshop_id: UUID) -> Executable:
    return _ideas(workshop_id)


@prepared
def _published(workshop_id: UUID) -> Executable:
    return _ideas(workshop_id, col(IdeaRow.published_at).is_not(None), col(IdeaRow.withdrawn_at).is_(None))


@prepared
def _count_of_author(author_id: UUID) -> Executable:
    return _count(col(IdeaRow.author_id) == author_id)


@prepared
def _count_of_table(workshop_id: UUID, table_id: UUID) -> Executable:
    return _count(col(IdeaRow.workshop_id) == workshop_id, col(IdeaRow.room_table_id) == table_id)


def _counting(workshop_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which ideas are counted."""
    return (
        col(IdeaRow.workshop_id) == workshop_id,
        col(IdeaRow.withdrawn_at).is_(None),
        col(IdeaRow.hidden_at).is_(None),
        col(IdeaRow.is_merge).is_(False),
    )


@prepared
def _by_table(workshop_id: UUID) -> Executable:
    table = col(IdeaRow.room_table_id)
    counts = func.count(), func.count(col(IdeaRow.published_at))
    return select_columns(table, *counts).where(*_counting(workshop_id)).group_by(table)


@prepared
def _by_sectors(workshop_id: UUID) -> Executable:
    together = cast(col(IdeaRow.sectors), Text), col(IdeaRow.side)  # PostgreSQL does not compare JSON
    return select_columns(*together, func.count()).where(*_counting(workshop_id)).group_by(*together)


@prepared
def _taken(workshop_id: UUID) -> Executable:
    return select(Workshop.id).where(col(Workshop.id) == workshop_id).with_for_update(key_share=True)


@prepared
def _numbered(workshop_id: UUID) -> Executable:
    return (
        update(Workshop)
        .where(col(Workshop.id) == workshop_id)
        .values(ideas_numbered=col(Workshop.ideas_numbered) + 1)
        .returning(col(Workshop.ideas_numbered))
    )
