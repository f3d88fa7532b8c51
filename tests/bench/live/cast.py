"""The room as it is: phones with streams and forms, wall and desk with pulses."""

from typing import Any

from tests.bench.live.figures import Figures
from tests.bench.live.phone import Phone
from tests.bench.live.play import Cast, play
from tests.bench.live.pulse import Pulse
from tests.bench.live.room import Room
from tests.bench.live.screens import Desk, Wall
from tests.bench.live.server import MOST_PEOPLE, Place, Server, new_place
from tests.bench.live.work import Pace


async def live_round(server: Server, phones: int, pace: Pace) -> dict[str, Any]:
    """One round with so many phones; more than one workshop can hold are spread over several."""
    figures = Figures()
    rooms = -(-phones // MOST_PEOPLE)
    sizes = [phones // rooms + (number < phones % rooms) for number in range(rooms)]
    casts = [await _cast(new_place(server, size), size, figures) for size in sizes]
    return await play(casts, server.pids, pace, figures)


async def _cast(place: Place, phones: int, figures: Figures) -> Cast:
    room = Room(place, figures)
    wall = Wall(room, "wall", f"code={place.code}&embed=true&embed_options=dark_theme", Pulse(place.code))
    desk = Desk(room, "desk", "", Pulse(place.code))
    await desk.claims(place.moderator)
    return Cast(room, wall, desk, [Phone(room, number) for number in range(phones)])
