"""While people talk, a thread reads what reaches the board."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.live.served import open_house
from tests.services.room import Room
from workshop import themes
from workshop.domain.change import Change
from workshop.domain.event import StepKind
from workshop.services import shown, theme_proposals, theme_suggestions, theme_vectors, theme_versions, turn
from workshop.services.installation import Installation
from workshop.services.theme_suggestions import Proposal
from workshop.storage import Database
from workshop.web import reading

PATIENCE = 60


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_house(tmp_path) as house:
        yield house


def unread(house: Installation, room: Room) -> int:
    with house.db.reading() as session:
        ideas = shown.board(session, turn.look(session, room.id))
        texts = [theme_vectors.text_of(idea) for idea in ideas]
        found = theme_vectors.rows.known(session, themes.vector_keys(texts))
    return theme_vectors.unread(texts, found)


async def all_read(house: Installation, room: Room) -> None:
    while unread(house, room):  # noqa: ASYNC110  another thread reads
        await asyncio.sleep(0.05)


def test_what_reaches_the_board_is_read_before_anybody_asks(house: Installation) -> None:
    room = Room(house.db)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")

    async def run() -> None:
        async with reading.ahead(house, pause=0.05), asyncio.timeout(PATIENCE):
            for title in ("Ferries with batteries", "Hydrogen for tugs"):
                room.has_sent(author, title, published=True)
                await all_read(house, room)

    asyncio.run(run())
    assert not [thread for thread in threading.enumerate() if thread.name == "theme-reader"]


def test_an_idea_that_comes_late_joins_a_theme_and_a_wish_is_answered_without_any_page(house: Installation) -> None:
    room = Room(house.db, published_per_table=12)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")
    first = room.has_sent(author, "Ferries with batteries", published=True)
    one = themes.Theme("t", "Ferries", "", (), (str(first.id),), 1.0, 0, locked=False, central_id=str(first.id))
    theme_suggestions.apply(house.db, room.moderator, Proposal(themes.Board(themes=(one,)), seen=0, sentence=""))

    async def run() -> None:
        async with reading.ahead(house, pause=0.05), asyncio.timeout(PATIENCE):
            room.has_sent(room.joins("Bo"), "Ferries with larger batteries", published=True)
            while len(placed(house, room)) < 2:  # noqa: ASYNC110  another thread places it
                await asyncio.sleep(0.05)
            theme_proposals.ask(house.db, room.moderator)
            while waiting(house, room).asked:  # noqa: ASYNC110  another thread answers
                await asyncio.sleep(0.05)

    asyncio.run(run())
    assert "Waiting for ideas" in waiting(house, room).sentence


def test_what_a_command_puts_on_the_board_is_looked_after_by_the_server(house: Installation) -> None:
    room = Room(house.db)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")
    command = Room.__new__(Room)
    command.__dict__ |= vars(room) | {"db": Database.open(house.settings.database_url)}

    async def run() -> None:
        async with reading.ahead(house, pause=0.05, elsewhere=0.05), asyncio.timeout(PATIENCE):
            with house.feed.subscribe(room.id):
                command.has_sent(author, "Ferries with batteries", published=True)
                house.feed.publish([Change(room.id, "board", 1)])  # as the watch of the database does
                await all_read(house, room)

    asyncio.run(run())
    command.db.close()


def placed(house: Installation, room: Room) -> dict[str, str]:
    with house.db.reading() as session:
        return theme_versions.newest(session, room.id).board.theme_of()


def waiting(house: Installation, room: Room) -> theme_proposals.Waiting:
    with house.db.reading() as session:
        now = theme_versions.newest(session, room.id)
        return theme_proposals.current(session, turn.look(session, room.id), now)


def test_without_a_reader_nothing_is_read(house: Installation) -> None:
    room = Room(house.db)
    room.opens(StepKind.SHARE)
    room.has_sent(room.joins("Ada"), "Ferries with batteries", published=True)
    assert unread(house, room) == 1


def test_a_board_that_cannot_be_read_does_not_end_the_reader(
    house: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    room = Room(house.db)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")

    async def run() -> None:
        async with reading.ahead(house, pause=0.05), asyncio.timeout(PATIENCE):
            reader = next(thread for thread in threading.enumerate() if thread.name == "theme-reader")
            reader.hear([Change(UUID(int=1), "board", 1)])  # a board of nobody
            room.has_sent(author, "Ferries with batteries", published=True)
            await all_read(house, room)

    asyncio.run(run())
    assert "themes: " in caplog.text
