"""A server that runs for weeks erases what is over, whatever went wrong the day before."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tests.live.served import open_house
from tests.services.room import Room
from workshop.services import clock, workshops
from workshop.services.installation import Installation
from workshop.web import promises

LONG_AGO = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)
OFTEN = 0.05
PATIENCE = 20


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with open_house(tmp_path) as house:
        yield house


def lived_in_long_ago(house: Installation) -> UUID:
    with clock.frozen(LONG_AGO):
        room = Room(house.db)
        room.joins("Ada")
        return room.id


def is_there(house: Installation, workshop: UUID) -> bool:
    return any(view.id == workshop for view in workshops.every(house.db))


async def gone(house: Installation, workshop: UUID) -> bool:
    async with asyncio.timeout(PATIENCE):
        while is_there(house, workshop):  # noqa: ASYNC110  another thread erases it
            await asyncio.sleep(0.02)
    return True


def test_what_is_over_is_erased_before_the_room_opens_and_again_while_it_runs(house: Installation) -> None:
    async def run() -> None:
        earlier = lived_in_long_ago(house)
        async with promises.kept(house, every=OFTEN):
            assert not is_there(house, earlier)
            for _ in range(2):
                assert await gone(house, lived_in_long_ago(house))

    asyncio.run(run())


def test_usually_a_day_passes_and_the_end_of_the_server_does_not_wait_for_it(house: Installation) -> None:
    async def run() -> UUID:
        async with asyncio.timeout(PATIENCE), promises.kept(house):
            later = lived_in_long_ago(house)
            await asyncio.sleep(0.2)
        return later

    assert promises.DAY_SECONDS == 24 * 3600
    assert is_there(house, asyncio.run(run()))


def test_a_day_on_which_it_fails_is_logged_and_the_next_day_tries_again(
    house: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    workshop = lived_in_long_ago(house)

    async def run() -> None:
        rename(house, "participant", "broken")
        async with promises.kept(house, every=OFTEN):
            while caplog.text.count("tried again in a day") < 2:  # noqa: ASYNC110  another thread logs
                await asyncio.sleep(0.02)
            rename(house, "broken", "participant")
            assert await gone(house, workshop)

    asyncio.run(asyncio.wait_for(run(), PATIENCE))


def test_a_purge_that_runs_when_the_server_stops_is_not_cut_off(house: Installation) -> None:
    begun, enough = threading.Event(), threading.Event()

    def keep_everybody_waiting() -> None:
        with house.db.writing():
            begun.set()
            enough.wait(PATIENCE)

    async def run() -> None:
        async with promises.kept(house, every=0.5):
            workshop = lived_in_long_ago(house)
            waiting = asyncio.create_task(asyncio.to_thread(keep_everybody_waiting))
            await asyncio.to_thread(begun.wait, PATIENCE)
            await asyncio.sleep(0.8)  # by now the purge of this day waits for its turn
            asyncio.get_running_loop().call_later(0.3, enough.set)
        assert not is_there(house, workshop)
        await waiting

    asyncio.run(asyncio.wait_for(run(), PATIENCE))


def rename(house: Installation, table: str, name: str) -> None:
    with house.db.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
