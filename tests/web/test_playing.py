"""What a moderator begins is played by the server, and stops with it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from tests.live.served import open_house
from tests.services.room import Room
from workshop.services import access, people, rehearsal_desk
from workshop.services.installation import Installation
from workshop.services.rehearsal_desk import Phase
from workshop.web import playing

PATIENCE = 60


async def comes_to(house: Installation, room: Room, phase: Phase) -> None:
    while (found := rehearsal_desk.of(house.db, room.moderator)) is None or found.phase is not phase:  # noqa: ASYNC110  another thread plays
        await asyncio.sleep(0.05)


async def somebody_has_come(house: Installation, begun: rehearsal_desk.Begun) -> None:
    while not people.headcount(house.db, access.watch(house.db, begun.id)).people:  # noqa: ASYNC110  another thread plays
        await asyncio.sleep(0.05)


def test_what_is_begun_is_played_and_a_server_that_stops_stops_it(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        room = Room(house.db)

        async def run() -> None:
            async with asyncio.timeout(PATIENCE), playing.on_request(house):
                rehearsal_desk.begin(house.db, room.moderator, people=6, minutes=0)
                await comes_to(house, room, Phase.OVER)
                begun = rehearsal_desk.begin(house.db, room.moderator, people=6, minutes=3)
                await somebody_has_come(house, begun)

        asyncio.run(run())
        found = rehearsal_desk.of(house.db, room.moderator)
        assert found is not None
        assert found.phase is Phase.STOPPED
        assert not [thread for thread in threading.enumerate() if thread.name == "rehearsal"]
