"""The links of a room: to join, to its wall, and once each to the roles that run it."""

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
    local = f"http://localhost:{house.port}"
    return RoomLinks(
        code=view.code,
        join=f"{house.join_url}/j/{view.code}",
        wall=f"{local}/w/{view.code}",
        moderator=f"{local}/r/{access.first_link(db, view.id, 'moderator')}",
        organiser=f"{local}/r/{access.first_link(db, view.id, 'organiser')}",
    )
