"""The gate of every page: from the cookies and the URL alone to a badge, or to one sentence that says what to do.

A phone in a pocket loses its Streamlit session, a restart always does: nothing here is remembered by a session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar
from uuid import UUID

import streamlit as st

from workshop import signing
from workshop.errors import NotAllowed, WorkshopError
from workshop.services import access, holding, installation, workshops
from workshop.services.access import (
    Badge,
    HelperBadge,
    ModeratorBadge,
    ObserverBadge,
    OrganiserBadge,
    ParticipantBadge,
    Role,
    ScribeBadge,
)
from workshop.services.installation import Installation
from workshop.ui import notice

_T = TypeVar("_T")
_ROLES: tuple[Role, ...] = ("organiser", "moderator", "helper")
_HELPING: tuple[Role, ...] = ("moderator", "helper")


@dataclass(frozen=True, slots=True)
class Seats:
    """Who acts on this device: a person on a phone; on a tablet the person chosen, or nobody yet."""

    acting: ParticipantBadge | None
    tablet: ScribeBadge | None

    @property
    def workshop_id(self) -> UUID:
        badge = self.acting or self.tablet
        assert badge is not None  # noqa: S101  the gate lets nobody else in
        return badge.workshop_id


def house() -> Installation:
    """The installation that this page belongs to."""
    return installation.current()


def device() -> str:
    """The id of this browser; a browser that refuses cookies cannot take part and is told so."""
    found = signing.read_device(st.context.cookies, house().signer)
    if found is None:
        stop("This browser refused our cookie. Allow cookies for this page, then reload it.")
    return found


def observer() -> ObserverBadge:
    """Somebody who knows the room code in the URL, or who has joined or runs a workshop on this browser."""
    code = st.query_params.get("code", "")
    if code:
        return let_in(lambda: access.observe(house().db, code, device=device()))
    workshop_id = _own_workshop()
    if workshop_id is None:
        stop("The address of this screen needs the room code: add ?code= and the six characters.")
    return let_in(lambda: access.watch(house().db, workshop_id))


def seats() -> Seats | None:
    """Who acts on this device in the workshop that it joined; None when it has joined none."""
    browser = device()
    with house().db.one_moment():
        workshop_id = access.joined_workshop(house().db, device=browser)
        if workshop_id is None:
            return None
        tablet = access.scribe(house().db, workshop_id, device=browser)
        badges = access.seats(house().db, workshop_id, device=browser)
    if tablet is None:
        return Seats(badges[0], None) if badges else None
    chosen = st.query_params.get("person", "")
    acting = next((badge for badge in badges if str(badge.participant_id) == chosen), None)
    return Seats(acting or (badges[0] if badges else None), tablet)


def moderator() -> ModeratorBadge:
    """The moderator, or a sentence and nothing else."""
    return let_in(lambda: access.moderator(house().db, grant_id=grant("moderator"), device=device()))


def organiser() -> OrganiserBadge:
    """The organiser, or a sentence and nothing else."""
    return let_in(lambda: access.organiser(house().db, grant_id=grant("organiser"), device=device()))


def runs_the_room() -> OrganiserBadge | ModeratorBadge | HelperBadge:
    """Whoever may see names: organiser, moderator or helper, in this order."""
    held: Role = next((name for name in _ROLES if holds(name)), "organiser")
    return let_in(lambda: access.role(house().db, held, grant_id=grant(held), device=device()))


def helps() -> HelperBadge | ModeratorBadge | None:
    """Whoever enters what others did on paper, if this browser may: the moderator or a helper, in this order."""
    name = next((name for name in _HELPING if holds(name)), None)
    if name is None:
        return None
    badge = let_in(lambda: access.role(house().db, name, grant_id=grant(name), device=device()))
    assert isinstance(badge, HelperBadge | ModeratorBadge)  # noqa: S101  narrows the type
    return badge


def holds(name: Role) -> bool:
    """Whether this browser has the role now."""
    try:
        access.role(house().db, name, grant_id=grant(name), device=device())
    except NotAllowed:
        return False
    return True


def check(badge: Badge) -> None:
    """Raise NotAllowed when a role was taken away since its page was drawn."""
    holding.check(house().db, badge, device=device())


def grant(name: Role) -> str | None:
    """The grant in the role's cookie; whether it still holds is asked from the database."""
    return signing.read_role(st.context.cookies, name, house().signer)


def join_token(badge: Badge) -> str:
    """What the QR code carries: the workshop's join token, which is never slowed down by other people's guesses."""
    return workshops.of(house().db, badge).join_token


def not_yours(name: Role) -> None:
    """The whole page of a role for somebody who does not hold it."""
    let_in(lambda: access.role(house().db, name, grant_id=grant(name), device=device()))


def let_in(ask: Callable[[], _T]) -> _T:
    """What is asked for, or its sentence as the whole page."""
    try:
        return ask()
    except WorkshopError as error:
        stop(str(error))


def stop(sentence: str) -> NoReturn:
    """Show one sentence and the way to the start page; nothing below it runs."""
    notice.problem(sentence)
    notice.way_home()
    st.stop()


def _own_workshop() -> UUID | None:
    for name in _ROLES:
        if holds(name):
            return access.role(house().db, name, grant_id=grant(name), device=device()).workshop_id
    return access.joined_workshop(house().db, device=device())
