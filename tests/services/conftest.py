"""A room on each kind of database; what is promised in one is promised in the other."""

from collections.abc import Iterator

import pytest

from tests.services.room import Room
from workshop.storage import Database


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def db_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database that the tests of a module share; every room in it is a workshop of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('rooms') / 'roundtable.sqlite3'}"
    return str(request.getfixturevalue("new_pg_url")())


@pytest.fixture(scope="module")
def db(db_url: str) -> Iterator[Database]:
    """That database, opened."""
    database = Database.open(db_url)
    yield database
    database.close()


@pytest.fixture
def room(db: Database) -> Room:
    """A workshop of the built-in event that has just been opened."""
    return Room(db)
