"""Who calls: from a request's cookies and its room code to a badge. For the live routes."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from starlette.requests import Request

from workshop import signing
from workshop.errors import NotAllowed
from workshop.services import access
from workshop.services.access import Badge, ObserverBadge, ParticipantBadge, ScribeBadge
from workshop.services.installation import Installation

_ROLES: tuple[access.Role, ...] = ("moderator", "organiser", "helper")


def device(house: Installation, request: Request) -> str:
    """The device id of this browser; NotAllowed when it carries no cookie of ours."""
    found = signing.read_device(request.cookies, house.signer)
    if found is None:
        raise NotAllowed("This browser does not keep our cookie. Allow cookies for this page, then reload it.")
    return found


def observer(house: Installation, request: Request, code: str) -> ObserverBadge:
    """Whoever knows the room code."""
    return access.observe(house.db, code, device=device(house, request))


def screen(house: Installation, request: Request, code: str, *, role: str) -> Badge:
    """The badge behind a screen.

    ``role`` is "staff" for wall and desk (the highest role that this browser holds in the room, else an observer),
    "observer" for nobody in particular, and empty for the phone or tablet that has joined.
    """
    room = observer(house, request, code)
    if role == "staff":
        return _highest_role(house, request, room) or room
    if role == "observer":
        return room
    tablet = access.scribe(house.db, room.workshop_id, device=device(house, request))
    if tablet is not None:
        return tablet
    seats = access.seats(house.db, room.workshop_id, device=device(house, request))
    return seats[0] if seats else room


def person(house: Installation, request: Request, code: str, person_id: UUID | None) -> ParticipantBadge:
    """The person who acts; on a shared tablet ``person_id`` says who."""
    room = observer(house, request, code)
    return access.participant(house.db, room.workshop_id, device=device(house, request), person=person_id)


def pen(house: Installation, request: Request, code: str, person_id: UUID | None) -> ParticipantBadge | ScribeBadge:
    """Who holds the pen: the named person, else the tablet for everybody around it, else the phone's own person."""
    room = observer(house, request, code)
    tablet = None if person_id else access.scribe(house.db, room.workshop_id, device=device(house, request))
    return tablet or access.participant(house.db, room.workshop_id, device=device(house, request), person=person_id)


def _highest_role(house: Installation, request: Request, room: ObserverBadge) -> Badge | None:
    for role in _ROLES:
        grant = signing.read_role(request.cookies, role, house.signer)
        with suppress(NotAllowed):
            badge = access.role(house.db, role, grant_id=grant, device=device(house, request))
            if badge.workshop_id == room.workshop_id:
                return badge
    return None
