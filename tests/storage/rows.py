"""The smallest rows that the storage tests need."""

from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from sqlmodel import select

from workshop.storage import Database, Session
from workshop.storage.tables import Workshop

_numbers = count(1)


def a_workshop(session: Session, **columns: object) -> Workshop:
    """Add a workshop whose code nobody else has."""
    number = next(_numbers)
    defaults: dict[str, object] = {
        "code": f"R{number:05d}",
        "join_token": f"token-{number}",
        "event_text": "",
        "anonymity": "named",
        "created_at": datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
        "step_key": "arrive",
    }
    row = Workshop(**{**defaults, **columns})
    session.add(row)
    session.flush()
    return row


def a_saved_workshop(db: Database, **columns: object) -> UUID:
    """The id of a workshop that is in the database."""
    with db.writing() as session:
        return a_workshop(session, **columns).id


def codes(db: Database) -> set[str]:
    """The codes of all workshops, as a reader sees them."""
    with db.reading() as session:
        return set(session.exec(select(Workshop.code)))
