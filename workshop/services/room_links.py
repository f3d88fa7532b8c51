"""The links of a room: to join, to its wall, and once each to the roles that run it.

The wall and the desk are mostly on the machine that runs Roundtable; behind a proxy nobody is.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain.room import WorkshopView
from workshop.services import access
from workshop.settings import Settings
from workshop.storage import Database


@dataclass(frozen=True, slots=True)
class RoomLinks:
    """Where to go. The two role links work once, in one browser."""

    code: str
    join: str
    wall: str
    moderator: str
    organiser: str


def fresh(db: Database, view: WorkshopView, house: Settings) -> RoomLinks:
    """New links to the roles; those that nobody used stop working, those that were used go on."""
    near = _near(house)
    return RoomLinks(
        code=view.code,
        join=join(view, house),
        wall=wall(view, house),
        moderator=f"{near}/r/{access.first_link(db, view.id, 'moderator')}",
        organiser=f"{near}/r/{access.first_link(db, view.id, 'organiser')}",
    )


def join(view: WorkshopView, house: Settings) -> str:
    """What phones open."""
    return f"{house.join_url}/j/{view.code}"


def join_at(view: WorkshopView, house: Settings, table: int) -> str:
    """What the QR code on a table holds: it joins at this table, and is never slowed down by other people's guesses."""
    return f"{house.join_url}/j/{view.join_token}?table={table}"


def wall(view: WorkshopView, house: Settings) -> str:
    """What the projector shows."""
    return f"{_near(house)}/w/{view.code}"


def _near(house: Settings) -> str:
    return house.join_url if house.behind_proxy else f"http://localhost:{house.port}"
