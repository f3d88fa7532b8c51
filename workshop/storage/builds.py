"""Builds: how they are written and read. What may be written is decided by the services."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Row, Select, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.build import Build, BuildKind
from workshop.domain.credit import Credit
from workshop.storage.prepared import Found, prepared
from workshop.storage.tables import Build as BuildRow
from workshop.storage.tables import Organisation, Participant, RoomTable, table_of

_CHANGEABLE = ("text", "fix", "version", "edited_at", "withdrawn_at", "hidden_at", "hidden_reason")


def add(session: Session, workshop_id: UUID, build: Build, *, text_hash: str) -> None:
    """Write a new build."""
    row = dict(
        id=build.id,
        workshop_id=workshop_id,
        idea_id=build.idea_id,
        kind=build.kind.value,
        author_id=build.author_id,
        room_table_id=build.table_id,
        side=build.side,
        text_hash=text_hash,
        late=build.late,
        created_at=build.created_at,
        **_changeable(build),
    )
    session.connection().execute(insert(table_of(BuildRow)), row)


def save(session: Session, build: Build) -> None:
    """Write what can change in a build: its text and what happened to it."""
    session.connection().execute(update(BuildRow).where(col(BuildRow.id) == build.id).values(**_changeable(build)))


def by_id(session: Session, workshop_id: UUID, build_id: UUID) -> Build | None:
    """The build with this id, in this workshop only."""
    return _first(_by_id(session, workshop_id, build_id))


def by_text(session: Session, author_id: UUID, idea_id: UUID, kind: BuildKind, text_hash: str) -> Build | None:
    """The build that this author has already sent for this idea with this text."""
    return _first(_by_text(session, author_id, idea_id, kind.value, text_hash))


def of_author(session: Session, author_id: UUID) -> tuple[Build, ...]:
    """A person's builds, oldest first, those taken back and hidden too."""
    return tuple(map(_build, _of_author(session, author_id)))


def every(session: Session, workshop_id: UUID) -> tuple[Build, ...]:
    """All builds of a workshop, oldest first, whatever happened to them."""
    return tuple(map(_build, _every(session, workshop_id)))


def on(session: Session, idea_ids: Collection[UUID]) -> tuple[Build, ...]:
    """All builds on these ideas, oldest first, whatever happened to them."""
    these = _builds(col(BuildRow.idea_id).in_(idea_ids))
    return tuple(map(_build, session.connection().execute(these))) if idea_ids else ()


def counted(session: Session, workshop_id: UUID) -> dict[UUID, int]:
    """How many builds stand, by idea."""
    return {row.idea_id: row.builds for row in _counted(session, workshop_id)}


def count_of_author(session: Session, author_id: UUID) -> int:
    """How many builds count against a person's limit: all that were not taken back, so that hiding frees no place."""
    return int(_count_of_author(session, author_id).scalar_one())


def _changeable(build: Build) -> dict[str, Any]:
    return {name: getattr(build, name) for name in _CHANGEABLE}


def _first(found: Found) -> Build | None:
    row = found.first()
    return None if row is None else _build(row)


def _build(row: Row[*tuple[Any, ...]]) -> Build:
    return Build(
        id=row.id,
        idea_id=row.idea_id,
        kind=BuildKind(row.kind),
        side=row.side,
        author_id=row.author_id,
        table_id=row.room_table_id,
        created_at=row.created_at,
        late=row.late,
        credit=Credit(table=row.table_name, author=row.author, organisation=row.organisation),
        **{name: getattr(row, name) for name in _CHANGEABLE},
    )


def _builds(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What `_build` reads, oldest first."""
    return (
        select_columns(
            table_of(BuildRow),
            col(Participant.name).label("author"),
            col(Organisation.name).label("organisation"),
            col(RoomTable.name).label("table_name"),
        )
        .join(Participant, col(Participant.id) == col(BuildRow.author_id), isouter=True)
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .join(RoomTable, col(RoomTable.id) == col(BuildRow.room_table_id), isouter=True)
        .where(*conditions)
        .order_by(col(BuildRow.created_at), col(BuildRow.id))
    )


@prepared
def _by_id(workshop_id: UUID, build_id: UUID) -> Executable:
    return _builds(col(BuildRow.workshop_id) == workshop_id, col(BuildRow.id) == build_id)


@prepared
def _by_text(author_id: UUID, idea_id: UUID, kind: str, text_hash: str) -> Executable:
    return _builds(
        col(BuildRow.author_id) == author_id,
        col(BuildRow.idea_id) == idea_id,
        col(BuildRow.kind) == kind,
        col(BuildRow.text_hash) == text_hash,
    )


@prepared
def _of_author(author_id: UUID) -> Executable:
    return _builds(col(BuildRow.author_id) == author_id)


@prepared
def _every(workshop_id: UUID) -> Executable:
    return _builds(col(BuildRow.workshop_id) == workshop_id)


@prepared
def _counted(workshop_id: UUID) -> Executable:
    return (
        select(BuildRow.idea_id, func.count().label("builds"))
        .where(
            col(BuildRow.workshop_id) == workshop_id,
            col(BuildRow.withdrawn_at).is_(None),
            col(BuildRow.hidden_at).is_(None),
        )
        .group_by(col(BuildRow.idea_id))
    )


@prepared
def _count_of_author(author_id: UUID) -> Executable:
    return (
        select(func.count())
        .select_from(BuildRow)
        .where(col(BuildRow.author_id) == author_id, col(BuildRow.withdrawn_at).is_(None))
    )
