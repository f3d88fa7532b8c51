"""Who calls: from a request's cookies and its room code to a badge. For the live routes.

Whoever has joined is found by the device alone, in few reads. Everybody else has to pass the slow way, on which wrong
codes are counted: otherwise these routes would tell a guesser which codes exist.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request

from workshop import signing
from workshop.errors import NotAllowed
from workshop.services import access, workshops
from workshop.services.access import Badge, ObserverBadge, ParticipantBadge, ScribeBadge
from workshop.services.installation import Installation
from workshop.web import presence

B = TypeVar("B", ParticipantBadge, ParticipantBadge | ScribeBadge)

_ROLES: tuple[access.Role, ...] = ("moderator", "organiser", "helper")


def device(house: Installation, request: Request) -> str:
    """The device id of this browser; NotAllowed when it carries no cookie of ours."""
    found = signing.read_device(request.cookies, house.signer)
    if found is None:
        raise NotAllowed("This browser does not keep our cookie. Allow cookies for this page, then reload it.")
    return found


def screen(house: Installation, request: Request, code: str, *, role: str) -> Badge:
    """The badge behind a screen.

    ``role`` is "staff" for wall and desk (the highest role that this browser holds in the room, else an observer),
    "observer" for nobody in particular, and empty for the phone or tablet that has joined.
    """
    if role == "staff":
        room = _observer(house, request, code)
        return _highest_role(house, request, room) or room
    joined = None if role == "observer" else _joined(house, request, code)
    return joined or _observer(house, request, code)


def person(house: Installation, request: Request, code: str, person_id: UUID | None) -> ParticipantBadge:
    """The person who acts; on a shared tablet ``person_id`` says who."""
    return _heard(request, _person(house, request, code, person_id))


def pen(house: Installation, request: Request, code: str, person_id: UUID | None) -> ParticipantBadge | ScribeBadge:
    """Who holds the pen: the named person, else the tablet for everybody around it, else the phone's own person."""
    joined = None if person_id else _joined(house, request, code)
    return _heard(request, joined or _person(house, request, code, person_id))


def _heard(request: Request, badge: B) -> B:
    """Whoever writes or taps is heard at their table; who only reads may be asleep."""
    if request.method != "GET":
        presence.heard(badge)
    return badge


def _person(house: Installation, request: Request, code: str, person_id: UUID | None) -> ParticipantBadge:
    browser = device(house, request)
    try:
        with house.db.one_moment():
            found = workshops.find(house.db, code)
            if found is not None:
                return access.participant(house.db, found.id, device=browser, person=person_id)
    except NotAllowed:
        _observer(house, request, code)  # a guesser must not learn here, unslowed, that the code is right
        raise
    return access.participant(house.db, _observer(house, request, code).workshop_id, device=browser, person=person_id)


def _observer(house: Installation, request: Request, code: str) -> ObserverBadge:
    return access.observe(house.db, code, device=device(house, request))


def _joined(house: Installation, request: Request, code: str) -> ParticipantBadge | ScribeBadge | None:
    browser = device(house, request)
    with house.db.one_moment():
        found = workshops.find(house.db, code)
        return None if found is None else access.acting(house.db, found.id, device=browser)


def _highest_role(house: Installation, request: Request, room: ObserverBadge) -> Badge | None:
    for role in _ROLES:
        grant = signing.read_role(request.cookies, role, house.signer)
        with suppress(NotAllowed):
            badge = access.role(house.db, role, grant_id=grant, device=device(house, request))
            if badge.workshop_id == room.workshop_id:
                return badge
    return None
