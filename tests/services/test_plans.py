"""What is asked for one person is found by that person: otherwise every idea costs more than the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import ideas, phone


@pytest.fixture
def asked() -> Iterator[dict[str, Any]]:
    """Every statement that SQLite is asked meanwhile, with the values of one time."""
    found: dict[str, Any] = {}

    def note(connection: Any, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if connection.dialect.name == "sqlite":
            found[statement] = values

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)
def test_ideas_of_one_person_are_found_by_that_person(room: Room, asked: dict[str, Any]) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    ideas.submit(room.db, ana, IdeaDraft("Heat from the harbour"))
    phone.me(room.db, ana)
    own = {statement: values for statement, values in asked.items() if "idea.author_id = ?" in statement}
    assert len(own) > 2
    with room.db.reading() as session:
        for statement, values in own.items():
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [row[3] for row in plan]
            assert any("idea" in step and "author_id=?" in step for step in steps), (statement, steps)
