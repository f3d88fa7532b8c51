"""Workshops and their steps: how they are written and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, Select, delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.event import Anonymity, Event
from workshop.domain.event_file import read_event
from workshop.domain.room import WorkshopView
from workshop.domain.steps import Status, StepState
from workshop.domain.text import fingerprint
from workshop.storage.prepared import prepared
from workshop.storage.tables import RoomTable, StepChange, Workshop, table_of

_STARTING = 0x526E6455
"""A number of our own in PostgreSQL's advisory locks; the one before it belongs to the migrations."""

_STEP_FIELDS = tuple(field.name for field in fields(StepState) if field.name != "version")


def add(session: Session, view: WorkshopView, *, event_text: str) -> None:
    """Write a new workshop with the tables of its event."""
    row = Workshop(
        id=view.id,
        code=view.code,
        join_token=view.join_token,
        event_text=event_text,
        rehearsal=view.rehearsal,
        anonymity=view.anonymity,
        created_at=view.created_at,
        step_version=view.state.version,
        **_columns(view.state),
    )
    session.add(row)
    session.flush()
    for number, name in enumerate(view.event.tables, start=1):
        add_table(session, view.id, number=number, name=name)


def wait_for_other_starts(session: Session) -> None:
    """Be the only one who starts a workshop until this transaction ends; on SQLite a writer is alone anyway."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(select(func.pg_advisory_xact_lock(_STARTING)))


def add_table(session: Session, workshop_id: UUID, *, number: int, name: str) -> UUID:
    """Write a table of the room and give its id."""
    row = RoomTable(workshop_id=workshop_id, number=number, name=name, name_key=fingerprint(name))
    session.add(row)
    session.flush()
    return row.id


def by_id(session: Session, workshop_id: UUID, *, hold: bool = False, change: bool = False) -> WorkshopView | None:
    """The workshop. ``hold`` keeps its step from changing until the transaction ends, ``change`` is about to change it.

    On PostgreSQL these are FOR SHARE and FOR NO KEY UPDATE; on SQLite a write has the database for itself anyway.
    """
    read = _to_change if change else _held if hold else _by_id
    return _view(read(session, workshop_id).first())


def by_code(session: Session, code_or_token: str) -> WorkshopView | None:
    """The workshop with this room code (capital letters) or join token."""
    return _view(_by_code(session, code_or_token).first())


def every(session: Session, *, rehearsals: bool | None = None) -> tuple[WorkshopView, ...]:
    """All workshops, newest first; with ``rehearsals`` only those that are (or are not) rehearsals."""
    statement = _workshops().order_by(col(Workshop.created_at).desc(), col(Workshop.code))
    if rehearsals is not None:
        statement = statement.where(col(Workshop.rehearsal) == rehearsals)
    return tuple(view for view in map(_view, session.connection().execute(statement)) if view is not None)


def change_step(
    session: Session, workshop_id: UUID, *, action: str, before: StepState, after: StepState, at: datetime
) -> bool:
    """Compare-and-set the step: False when somebody changed it since ``before`` was read."""
    outcome = session.connection().execute(
        update(Workshop)
        .where(col(Workshop.id) == workshop_id, col(Workshop.step_version) == before.version)
        .values(step_version=after.version, **_columns(after))
    )
    if outcome.rowcount != 1:
        return False
    session.add(
        StepChange(
            workshop_id=workshop_id,
            version=after.version,
            action=action,
            at=at,
            before=_document(before),
            after=_document(after),
        )
    )
    session.flush()
    return True


def last_change(session: Session, workshop_id: UUID) -> tuple[str, StepState, datetime] | None:
    """The newest change of the step: its action, the state before it, and when it was made."""
    statement = (
        select(StepChange)
        .where(StepChange.workshop_id == workshop_id)
        .order_by(col(StepChange.version).desc())
        .limit(1)
    )
    row = session.exec(statement).first()
    return None if row is None else (row.action, _state(row.before), row.at)


def changes(session: Session, workshop_id: UUID) -> Sequence[tuple[str, StepState, datetime]]:
    """Every change of the step in order: its action, the state after it, and when."""
    statement = select(StepChange).where(StepChange.workshop_id == workshop_id).order_by(col(StepChange.version))
    return [(row.action, _state(row.after), row.at) for row in session.exec(statement)]


def event_text(session: Session, workshop_id: UUID) -> str | None:
    """The text of the workshop's event; None for a workshop that is gone."""
    return session.exec(select(Workshop.event_text).where(Workshop.id == workshop_id)).first()


def set_event(session: Session, workshop_id: UUID, text: str) -> None:
    """Replace the text of the workshop's event. Whoever calls holds the workshop and has checked the text."""
    session.connection().execute(update(Workshop).where(col(Workshop.id) == workshop_id).values(event_text=text))


def set_anonymity(session: Session, workshop_id: UUID, level: Anonymity) -> None:
    """Change who is named beside a raw idea."""
    session.connection().execute(update(Workshop).where(col(Workshop.id) == workshop_id).values(anonymity=level.value))


def remove(session: Session, workshop_id: UUID) -> None:
    """Delete a workshop and all that belongs to it."""
    session.connection().execute(delete(Workshop).where(col(Workshop.id) == workshop_id))


def count(session: Session) -> int:
    """How many workshops there are."""
    return int(session.exec(select(func.count()).select_from(Workshop)).one())


def _workshops() -> Select[*tuple[Any, ...]]:
    """All columns, as plain values."""
    return select_columns(table_of(Workshop))


@prepared
def _by_id(workshop_id: UUID) -> Executable:
    return _workshops().where(col(Workshop.id) == workshop_id)


@prepared
def _held(workshop_id: UUID) -> Executable:
    return _workshops().where(col(Workshop.id) == workshop_id).with_for_update(read=True)


@prepared
def _to_change(workshop_id: UUID) -> Executable:
    """Others may still join meanwhile."""
    return _workshops().where(col(Workshop.id) == workshop_id).with_for_update(key_share=True)


@prepared
def _by_code(code_or_token: str) -> Executable:
    return _workshops().where((col(Workshop.code) == code_or_token) | (col(Workshop.join_token) == code_or_token))


def _view(row: Row[*tuple[Any, ...]] | None) -> WorkshopView | None:
    if row is None:
        return None
    return WorkshopView(
        id=row.id,
        code=row.code,
        join_token=row.join_token,
        event=_event(row.event_text),
        rehearsal=row.rehearsal,
        anonymity=Anonymity(row.anonymity),
        created_at=row.created_at,
        state=StepState(
            version=row.step_version,
            status=Status(row.status),
            agreed_minutes=row.agreed_minutes or {},
            **{name: getattr(row, _COLUMN.get(name, name)) for name in _STEP_FIELDS if name not in _READ_APART},
        ),
        log_head=row.log_head,
    )


@lru_cache(maxsize=32)
def _event(text: str) -> Event:
    return read_event(text, source="the workshop's event")


_COLUMN = {"opened_at": "step_opened_at"}
_READ_APART = {"status", "agreed_minutes"}


def _columns(state: StepState) -> dict[str, Any]:
    values = asdict(state)
    return {_COLUMN.get(name, name): values[name] for name in _STEP_FIELDS}


def _document(state: StepState) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(state).items()}


def _state(document: dict[str, Any]) -> StepState:
    moments = {name: value for name, value in document.items() if name.endswith("_at") and value is not None}
    return StepState(
        **document
        | {name: datetime.fromisoformat(value) for name, value in moments.items()}
        | {"status": Status(document["status"])}
    )
