"""Revisions: every change of a workshop counts its topic up in the transaction that made the change.

The numbers are taken at the very end of a transaction and in sorted order. So a row of ``topic_revision`` is locked for
one commit only, and two transactions with the same topics never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Executable, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from workshop.domain.change import Change
from workshop.storage.prepared import prepared
from workshop.storage.tables import TopicRevision, table_of

CHANNEL = "roundtable"

_ANNOUNCED = "announced topics"
_TOPICS = table_of(TopicRevision)


def announce(session: Session, workshop_id: UUID, *topics: str) -> None:
    """Promise one new revision of each topic, counted when the transaction of this session commits."""
    if _ANNOUNCED not in session.info:
        raise RuntimeError("A change can be announced in a writing session only.")
    session.info[_ANNOUNCED].update((workshop_id, topic) for topic in topics)


def revisions_of(session: Session, workshop_id: UUID) -> dict[str, int]:
    """The newest revision of each topic of the workshop that ever changed."""
    return {row.topic: row.revision for row in _revisions_of(session, workshop_id)}


def revision_of(session: Session, workshop_id: UUID, topic: str) -> int:
    """The newest revision of one topic; 0 when it never changed. A large room has a topic per table: this reads one."""
    return next((row.revision for row in _revision_of(session, workshop_id, topic)), 0)


def expect_announcements(session: Session) -> None:
    """Make a new session one that may announce."""
    session.info[_ANNOUNCED] = set()


def count_up(session: Session) -> Sequence[Change]:
    """Write the promised revisions; on PostgreSQL also tell the other replicas, who hear it after the commit."""
    session.flush()
    announced: set[tuple[UUID, str]] = session.info[_ANNOUNCED]
    if not announced:
        return ()
    connection = session.connection()
    dialect = connection.dialect.name
    changes = []
    for workshop_id, topic in sorted(announced):
        row = {"workshop_id": workshop_id, "topic": topic}
        change = Change(workshop_id, topic, connection.execute(_COUNT_UP[dialect], row).scalar_one())
        if dialect == "postgresql":
            _notify(session, CHANNEL, change.line())
        changes.append(change)
    return tuple(changes)


@prepared
def _revisions_of(workshop_id: UUID) -> Executable:
    return select(_TOPICS.c.topic, _TOPICS.c.revision).where(_TOPICS.c.workshop_id == workshop_id)


@prepared
def _revision_of(workshop_id: UUID, topic: str) -> Executable:
    return select(_TOPICS.c.revision).where(_TOPICS.c.workshop_id == workshop_id, _TOPICS.c.topic == topic)


@prepared
def _notify(channel: str, line: str) -> Executable:
    return select(func.pg_notify(channel, line))


def _counting(insert: sqlite.Insert | postgresql.Insert) -> Executable:
    return (
        insert.values(workshop_id=bindparam("workshop_id"), topic=bindparam("topic"), revision=1)
        .on_conflict_do_update(
            index_elements=[_TOPICS.c.workshop_id, _TOPICS.c.topic], set_={"revision": _TOPICS.c.revision + 1}
        )
        .returning(_TOPICS.c.revision)
    )


_COUNT_UP = {"sqlite": _counting(sqlite.insert(_TOPICS)), "postgresql": _counting(postgresql.insert(_TOPICS))}
