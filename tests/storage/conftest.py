"""An open database of each kind; what is promised of one is promised of the other."""

from collections.abc import Iterator

import pytest

from workshop.storage import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "pg_url"))


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    """An open database with the newest schema."""
    database = Database.open(db_url)
    yield database
    database.close()
