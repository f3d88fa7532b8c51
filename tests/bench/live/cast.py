"""The room as it is: phones with streams and forms, people who only watch, wall and desk with pulses."""

from tests.bench.live.figures import Figures
from tests.bench.live.phone import Phone
from tests.bench.live.place import MOST_PEOPLE, SEATS, Place, furnish, helm, new_place
from tests.bench.live.play import Cast
from tests.bench.live.pulse import Pulse
from tests.bench.live.room import Participant, Room
from tests.bench.live.screens import Desk, Wall
from tests.bench.live.server import Server
from tests.bench.live.watcher import Watcher


def casts(server: Server, phones: int, figures: Figures, *, watchers: int = 0, board: int = 0) -> list[Cast]:
    """The rooms for so many phones, with so many ideas on the board of each before anybody comes.

    More people than one workshop can hold are spread over several.
    """
    rooms = max(1, -(-(phones + board) // MOST_PEOPLE))
    sizes = [phones // rooms + (number < phones % rooms) for number in range(rooms)]
    return [_cast(_place(server, size, board), size, figures, watchers) for size in sizes]


def _place(server: Server, phones: int, board: int) -> Place:
    if not board:
        return new_place(server.address, server.database_url, phones)
    place = new_place(server.address, server.database_url, phones + board, published=SEATS * 2)
    furnish(server.database_url, place, board)
    with helm(server.database_url, place) as opens:
        opens(place.steps[0].key)
    return place


def _cast(place: Place, phones: int, figures: Figures, watchers: int) -> Cast:
    room = Room(place, figures)
    wall = Wall(room, "wall", f"code={place.code}&embed=true&embed_options=dark_theme", Pulse(place.code))
    desk = Desk(room, "desk", "", Pulse(place.code))
    desk.link = place.moderator
    crowd: list[Participant] = [Phone(room, number) for number in range(phones)]
    crowd += [Watcher(room, number) for number in range(watchers)]
    return Cast(room, wall, desk, crowd)
