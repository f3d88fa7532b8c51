"""The pitch on the wall, and who offers what for a pitched idea."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, delete, insert
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from workshop.domain.pitch import Help, PitchState
from workshop.domain.room import Person
from workshop.storage import inserting
from workshop.storage.people import person, selected
from workshop.storage.prepared import prepared
from workshop.storage.tables import Idea, Participant, Pitch, PitchOffer, table_of


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody offers one kind of help for an idea."""

    idea_id: UUID
    kind: Help
    person: Person


def state(session: Session, workshop_id: UUID) -> PitchState:
    """The card that was chosen last and its clock."""
    row = _state(session, workshop_id).first()
    if row is None:
        return PitchState()
    return PitchState(row.version, row.idea_id, row.ends_at, tuple(map(UUID, row.done)))


def save(session: Session, workshop_id: UUID, after: PitchState) -> None:
    """Write the card and its clock. Whoever writes has taken the workshop, so nobody else does."""
    values = {
        "version": after.version,
        "idea_id": after.idea,
        "ends_at": after.ends_at,
        "done": list(map(str, after.done)),
    }
    row = inserting.into(session, Pitch).values(workshop_id=workshop_id, **values)
    session.connection().execute(row.on_conflict_do_update(index_elements=["workshop_id"], set_=values))


def put(session: Session, people: Collection[UUID], idea_id: UUID, kind: Help, *, offered: bool) -> int:
    """Write that these people, who must be held, offer this, or do not; give how many changed."""
    connection = session.connection()
    these = (
        col(PitchOffer.participant_id).in_(people),
        col(PitchOffer.idea_id) == idea_id,
        col(PitchOffer.kind) == kind.value,
    )
    if not offered:
        return connection.execute(delete(PitchOffer).where(*these)).rowcount
    before = set(session.exec(select(PitchOffer.participant_id).where(*these)))
    new = [{"participant_id": each, "idea_id": idea_id, "kind": kind.value} for each in people if each not in before]
    if new:
        connection.execute(insert(PitchOffer), new)
    return len(new)


def of_person(session: Session, participant_id: UUID) -> Mapping[UUID, tuple[Help, ...]]:
    """What one person offers, by idea."""
    found: dict[UUID, tuple[Help, ...]] = {}
    for row in _of_person(session, participant_id):
        found[row.idea_id] = (*found.get(row.idea_id, ()), Help(row.kind))
    return found


def counted(session: Session, workshop_id: UUID) -> Mapping[UUID, Counter[Help]]:
    """How many people offer what, by idea; nothing for an idea without an offer."""
    found: defaultdict[UUID, Counter[Help]] = defaultdict(Counter)
    for row in _offers(session, workshop_id):
        found[row.idea_id][Help(row.kind)] += 1
    return found


def offers(session: Session, workshop_id: UUID, ideas: Collection[UUID] | None = None) -> Sequence[Offered]:
    """Who offers what, by name: for the desk, and for those who are on the card."""
    statement = (
        selected()
        .add_columns(col(PitchOffer.idea_id), col(PitchOffer.kind))
        .join(PitchOffer, col(PitchOffer.participant_id) == col(Participant.id))
        .where(col(Participant.workshop_id) == workshop_id)
        .order_by(col(PitchOffer.kind), col(Participant.name), col(Participant.id))
    )
    if ideas is not None:
        statement = statement.where(col(PitchOffer.idea_id).in_(ideas))
    rows = session.connection().execute(statement)
    return [Offered(row.idea_id, Help(row.kind), person(row)) for row in rows]


@prepared
def _state(workshop_id: UUID) -> Executable:
    return select_columns(table_of(Pitch)).where(col(Pitch.workshop_id) == workshop_id)


@prepared
def _of_person(participant_id: UUID) -> Executable:
    return (
        select_columns(table_of(PitchOffer))
        .where(col(PitchOffer.participant_id) == participant_id)
        .order_by(col(PitchOffer.kind))
    )


@prepared
def _offers(workshop_id: UUID) -> Executable:
    return (
        select(PitchOffer.idea_id, PitchOffer.kind)
        .join(Idea, col(Idea.id) == col(PitchOffer.idea_id))
        .where(col(Idea.workshop_id) == workshop_id)
    )
