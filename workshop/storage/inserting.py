"""Inserting what somebody else may insert at the same moment: the other tap of a double tap, or another replica.

“Look, then insert” breaks on PostgreSQL, where writers meet: both find nothing. An insert that says what happens when
the row is there already waits for the other writer, and then does that.
"""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from workshop.storage.tables import table_of


def into(session: Session, rows: type[SQLModel]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, for the database of this session."""
    table = table_of(rows)
    on_postgresql = session.connection().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)
