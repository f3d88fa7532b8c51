"""Introductions: one row per line and person, written as the difference to what stood there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Executable, Select, delete, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from workshop.domain.credit import Credit
from workshop.domain.introduction import Introduction, LineKind, introduction_of
from workshop.domain.text import fingerprint
from workshop.storage.prepared import prepared
from workshop.storage.tables import IntroductionLine, Organisation, Participant, RoomTable


@dataclass(frozen=True, slots=True)
class Line:
    """One line of somebody, with all that is known of who said it. ``hidden`` by the moderator."""

    id: UUID
    person_id: UUID
    kind: LineKind
    text: str
    side: str
    credit: Credit
    hidden: bool


def of_person(session: Session, participant_id: UUID) -> Introduction:
    """What a person has said."""
    return introduction_of((LineKind(row.kind), row.text) for row in _of_person(session, participant_id))


def put(session: Session, workshop_id: UUID, participant_id: UUID, said: Introduction, *, at: datetime) -> bool:
    """Write what a person, who must be held, says in place of what they said before; give whether it differs.

    A line that stays keeps its row, and so what the moderator has decided about it.
    """
    before = {(row.kind, row.text_key): row for row in _of_person(session, participant_id)}
    after = {(str(kind), fingerprint(text)): (place, text) for place, (kind, text) in enumerate(said.lines)}
    connection = session.connection()
    gone = [row.id for key, row in before.items() if key not in after]
    if gone:
        connection.execute(delete(IntroductionLine).where(col(IntroductionLine.id).in_(gone)))
    changed = bool(gone)
    for (kind, key), (place, text) in after.items():
        row = before.get((kind, key))
        if row is not None and (row.place, row.text) == (place, text):
            continue
        changed = True
        if row is not None:
            known = col(IntroductionLine.id) == row.id
            connection.execute(update(IntroductionLine).where(known).values(place=place, text=text))
            continue
        who = {"id": uuid4(), "workshop_id": workshop_id, "participant_id": participant_id}
        line = {"kind": kind, "text": text, "text_key": key, "place": place, "at": at}
        connection.execute(insert(IntroductionLine), {**who, **line})
    return changed


def every(session: Session, workshop_id: UUID) -> tuple[Line, ...]:
    """Every line of the workshop, the newest last; lines of one moment in the order of their texts."""
    statement: Select[*tuple[Any, ...]] = (
        select_columns(
            col(IntroductionLine.id),
            col(IntroductionLine.participant_id),
            col(IntroductionLine.kind),
            col(IntroductionLine.text),
            col(IntroductionLine.hidden_at),
            col(Participant.side),
            col(Participant.name),
            col(RoomTable.name).label("table"),
            col(Organisation.name).label("organisation"),
        )
        .join(Participant, col(Participant.id) == col(IntroductionLine.participant_id))
        .join(RoomTable, col(RoomTable.id) == col(Participant.room_table_id), isouter=True)
        .join(Organisation, col(Organisation.id) == col(Participant.organisation_id), isouter=True)
        .where(col(IntroductionLine.workshop_id) == workshop_id)
        .order_by(col(IntroductionLine.at), col(IntroductionLine.place), col(IntroductionLine.text))
    )
    return tuple(
        Line(
            row.id,
            row.participant_id,
            LineKind(row.kind),
            row.text,
            row.side,
            Credit(row.table, row.name, row.organisation),
            row.hidden_at is not None,
        )
        for row in session.connection().execute(statement)
    )


def hide(session: Session, workshop_id: UUID, line_id: UUID, *, at: datetime | None) -> bool:
    """Hide a line from walls and reports (``at`` None: show it again); False when it is not there any more."""
    outcome = session.connection().execute(
        update(IntroductionLine)
        .where(col(IntroductionLine.id) == line_id, col(IntroductionLine.workshop_id) == workshop_id)
        .values(hidden_at=at)
    )
    return outcome.rowcount == 1


@prepared
def _of_person(participant_id: UUID) -> Executable:
    return (
        select_columns(
            col(IntroductionLine.id),
            col(IntroductionLine.kind),
            col(IntroductionLine.text),
            col(IntroductionLine.text_key),
            col(IntroductionLine.place),
        )
        .where(col(IntroductionLine.participant_id) == participant_id)
        .order_by(col(IntroductionLine.place))
    )
