"""Statements that are built once: SQLAlchemy takes longer to build one than SQLite takes to answer it.

    @prepared
    def _names(workshop_id: UUID) -> Executable:
        return select(Participant.name).where(Participant.workshop_id == workshop_id)

    for (name,) in _names(session, workshop.id): ...

For what a room asks thousands of times; elsewhere a plain ``session.exec(select(...))`` reads better.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias

from sqlalchemy import CursorResult, Executable, bindparam
from sqlmodel import Session

P = ParamSpec("P")
Found: TypeAlias = CursorResult[*tuple[Any, ...]]


def prepared(build: Callable[P, Executable]) -> Callable[Concatenate[Session, P], Found]:
    """Let the function build its statement at the first call, from placeholders; every call executes it with values.

    A value may be compared or written, not decided upon: ``None`` needs a statement of its own (``is_(None)``).
    """
    names = [f"this_{name}" for name in inspect.signature(build).parameters]  # a bare name may be a column's own

    @cache
    def statement() -> Executable:
        built_of: Callable[..., Executable] = build  # placeholders stand for the values, of whatever kind these are
        return built_of(*map(bindparam, names))

    @wraps(build)
    def execute(session: Session, /, *values: P.args, **_none: P.kwargs) -> Found:
        return session.connection().execute(statement(), dict(zip(names, values, strict=True)))

    return execute
