"""A statement that is built once answers for other values, too."""

from uuid import UUID

from sqlalchemy import Executable, update
from sqlmodel import col, select

from tests.storage.rows import a_workshop
from workshop.storage import Database
from workshop.storage.prepared import prepared
from workshop.storage.tables import Workshop

built: list[str] = []


@prepared
def code_of(workshop_id: UUID) -> Executable:
    built.append("code_of")
    return select(Workshop.code).where(col(Workshop.id) == workshop_id)


@prepared
def give_code(workshop_id: UUID, code: str) -> Executable:
    return update(Workshop).where(col(Workshop.id) == workshop_id).values(code=code)


def test_a_statement_is_built_once_and_answers_for_every_value(db: Database) -> None:
    built.clear()
    with db.writing() as session:
        one, two = a_workshop(session, code="ROOM01").id, a_workshop(session, code="ROOM02").id
        assert [code_of(session, key).scalar() for key in (one, two, one)] == ["ROOM01", "ROOM02", "ROOM01"]
    assert len(built) <= 1  # none at all once the other database has asked


def test_a_value_may_be_written_to_the_column_of_the_same_name(db: Database) -> None:
    with db.writing() as session:
        key = a_workshop(session, code="ROOM01").id
        assert give_code(session, key, "ROOM02").rowcount == 1
        assert code_of(session, key).scalar() == "ROOM02"
