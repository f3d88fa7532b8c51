"""Badges: who may act. Only this module makes them, so a forgotten check is a type error.

A device is the random id in a browser's signed cookie; the database sees its hash. Roles come from one-time links:
the link is claimed once by one device and can be revoked at any time.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from workshop.domain.room import Person
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, guessing
from workshop.storage import Database, Session, announce
from workshop.storage import devices as device_rows
from workshop.storage import grants as grant_rows
from workshop.storage import log as log_rows
from workshop.storage import share_links as share_rows
from workshop.storage import workshops as workshop_rows

Role = Literal["moderator", "organiser", "helper"]


@dataclass(frozen=True, slots=True)
class ObserverBadge:
    """Somebody who knows the room code: the wall, and whoever has not joined yet."""

    workshop_id: UUID

    @property
    def label(self) -> str:
        return "observer"


@dataclass(frozen=True, slots=True)
class ParticipantBadge:
    """A person in the room, acting on a device of theirs or on their table's tablet."""

    workshop_id: UUID
    participant_id: UUID
    table_id: UUID | None
    side: str
    device_hash: str

    @property
    def label(self) -> str:
        return f"participant:{self.participant_id}"


@dataclass(frozen=True, slots=True)
class ScribeBadge:
    """A table's tablet and the people around it; each of them acts through `speak_for`."""

    workshop_id: UUID
    table_id: UUID
    device_hash: str
    people: tuple[UUID, ...]

    @property
    def label(self) -> str:
        return f"table:{self.table_id}"


@dataclass(frozen=True, slots=True)
class HelperBadge:
    """Somebody who helps walk-ins and enters what was written on paper."""

    workshop_id: UUID
    grant_id: UUID

    @property
    def label(self) -> str:
        return "helper"


@dataclass(frozen=True, slots=True)
class ModeratorBadge:
    """The person at the desk."""

    workshop_id: UUID
    grant_id: UUID

    @property
    def label(self) -> str:
        return "moderator"


@dataclass(frozen=True, slots=True)
class OrganiserBadge:
    """The person who prepares the event and downloads the report."""

    workshop_id: UUID
    grant_id: UUID

    @property
    def label(self) -> str:
        return "organiser"


@dataclass(frozen=True, slots=True)
class ReaderBadge:
    """Somebody with a share link: they read the newest frozen version of the report, and nothing else."""

    workshop_id: UUID


Badge = ObserverBadge | ParticipantBadge | ScribeBadge | HelperBadge | ModeratorBadge | OrganiserBadge
RoleBadge = HelperBadge | ModeratorBadge | OrganiserBadge

BADGES: dict[Role, type[HelperBadge | ModeratorBadge | OrganiserBadge]] = {
    "helper": HelperBadge,
    "moderator": ModeratorBadge,
    "organiser": OrganiserBadge,
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that was offered by a link. ``claimed_at`` is None while nobody has used the link."""

    id: UUID
    workshop_id: UUID
    role: Role
    created_at: datetime
    claimed_at: datetime | None
    revoked_at: datetime | None


def observe(db: Database, code: str, *, device: str) -> ObserverBadge:
    """A badge for the room with this code or join token. Wrong codes are slowed down; the token in the QR never is."""
    normal = "".join(letter for letter in code.upper() if letter.isalnum())
    with db.reading() as session:
        by_token = workshop_rows.by_code(session, code.strip())
    if by_token is not None and by_token.join_token == code.strip():
        return ObserverBadge(by_token.id)
    guessing.refuse(db, hash_of(device))
    with db.reading() as session:
        found = workshop_rows.by_code(session, normal)
    if found is None:
        guessing.count(db, hash_of(device))
        raise NotFound("There is no room with this code. Look at the code on the wall and type its six characters.")
    return ObserverBadge(found.id)


def watch(db: Database, workshop_id: UUID) -> ObserverBadge:
    """An observer's badge for a workshop that this program itself has chosen (start-up, command line)."""
    with db.reading() as session:
        if workshop_rows.by_id(session, workshop_id) is None:
            raise NotFound("This workshop was removed.")
    return ObserverBadge(workshop_id)


def seats(db: Database, workshop_id: UUID, *, device: str) -> tuple[ParticipantBadge, ...]:
    """The people who act on this device in this workshop: none, one on a phone, several on a tablet."""
    with db.reading() as session:
        found = device_rows.seats(session, workshop_id, hash_of(device))
    return tuple(_participant(workshop_id, person, device) for person in found)


def participant(db: Database, workshop_id: UUID, *, device: str, person: UUID | None = None) -> ParticipantBadge:
    """The badge of the person who acts on this device; ``person`` says who, where several share a tablet."""
    badges = seats(db, workshop_id, device=device)
    if person is None and len(badges) == 1:
        return badges[0]
    for badge in badges:
        if badge.participant_id == person:
            return badge
    if badges and person is None:
        raise NotAllowed("Several people share this tablet. Choose who you are first.")
    raise NotAllowed("This device has not joined the workshop (any more). Scan the code on the wall to join.")


def scribe(db: Database, workshop_id: UUID, *, device: str) -> ScribeBadge | None:
    """The badge of a table's tablet; None for a phone or a device that has not joined."""
    badge = acting(db, workshop_id, device=device)
    return badge if isinstance(badge, ScribeBadge) else None


def acting(db: Database, workshop_id: UUID, *, device: str) -> ScribeBadge | ParticipantBadge | None:
    """The badge of a table's tablet for everybody around it, or of the person whose phone this is."""
    with db.reading() as session:
        table_id, seated = device_rows.seating(session, workshop_id, hash_of(device))
    if table_id is not None:
        return ScribeBadge(workshop_id, table_id, hash_of(device), tuple(person.id for person in seated))
    return next((_participant(workshop_id, person, device) for person in seated), None)


def speak_for(db: Database, tablet: ScribeBadge, person: UUID) -> ParticipantBadge:
    """The badge of one person around the tablet."""
    with db.reading() as session:
        for found in device_rows.seats(session, tablet.workshop_id, tablet.device_hash):
            if found.id == person:
                return ParticipantBadge(tablet.workshop_id, found.id, found.table_id, found.side, tablet.device_hash)
    raise NotAllowed("This person is not at this tablet. Add them first.")


def joined_workshop(db: Database, *, device: str) -> UUID | None:
    """The workshop that this device joined last, so that a page without a code in its URL finds its room."""
    with db.reading() as session:
        return device_rows.last_workshop(session, hash_of(device))


def role(db: Database, name: Role, *, grant_id: str | None, device: str) -> RoleBadge:
    """The badge of a role, from the grant in the role's cookie; checked against the database on every call."""
    sentence = f"This page is for the {name}. Open your {name} link; ask the organiser for a new one if it was used."
    if grant_id is None or not _is_uuid(grant_id):
        raise NotAllowed(sentence)
    with db.reading() as session:
        grant = grant_rows.claimed(session, UUID(grant_id), device_hash=hash_of(device))
    if grant is None or grant.role != name:
        raise NotAllowed(sentence)
    return BADGES[name](grant.workshop_id, grant.id)


def moderator(db: Database, *, grant_id: str | None, device: str) -> ModeratorBadge:
    """The moderator's badge."""
    badge = role(db, "moderator", grant_id=grant_id, device=device)
    assert isinstance(badge, ModeratorBadge)  # noqa: S101  narrows the type
    return badge


def organiser(db: Database, *, grant_id: str | None, device: str) -> OrganiserBadge:
    """The organiser's badge."""
    badge = role(db, "organiser", grant_id=grant_id, device=device)
    assert isinstance(badge, OrganiserBadge)  # noqa: S101  narrows the type
    return badge


def reader(db: Database, token: str) -> ReaderBadge:
    """The badge of whoever has a share link that nobody has taken back."""
    with db.reading() as session:
        workshop_id = share_rows.workshop_of(session, hash_of(token))
    if workshop_id is None:
        raise NotFound("This link is not valid (any more). Ask whoever runs the workshop for a new one.")
    return ReaderBadge(workshop_id)


def for_command_line(workshop_id: UUID) -> tuple[ModeratorBadge, OrganiserBadge]:
    """Badges for whoever runs commands on the server: they hold the database file anyway."""
    nobody = UUID(int=0)
    return ModeratorBadge(workshop_id, nobody), OrganiserBadge(workshop_id, nobody)


def first_link(db: Database, workshop_id: UUID, name: Role) -> str:
    """A new one-time link's token, for the console at start-up. Links of this role that nobody used are revoked."""
    token = secrets.token_urlsafe(16)
    with db.writing() as session:
        grant_rows.revoke_unclaimed(session, workshop_id, name, at=clock.now())
        grant_rows.add(session, workshop_id, role=name, token_hash=hash_of(token), at=clock.now())
    return token


def invite(db: Database, badge: OrganiserBadge | ModeratorBadge, name: Role) -> str:
    """A further one-time link's token; earlier links and roles stay as they are.

    A moderator invites further moderators and helpers: to share the desk, or to hand it over.
    """
    _must_decide_about(badge, name)
    token = secrets.token_urlsafe(16)
    with db.writing() as session:
        grant_id = grant_rows.add(session, badge.workshop_id, role=name, token_hash=hash_of(token), at=clock.now())
        _log(session, badge, "invite", str(grant_id), {"role": name})
        announce(session, badge.workshop_id, "moderation")
    return token


def offered(db: Database, token: str) -> Grant:
    """What a link offers, without using it: link previews in chat programs must not burn it."""
    with db.reading() as session:
        grant = grant_rows.by_token(session, hash_of(token))
    if grant is None or grant.revoked_at is not None:
        raise NotFound("This link is not valid (any more). Ask the organiser for a new one.")
    return _grant(grant)


def claim(db: Database, token: str, *, device: str) -> Grant:
    """Use a one-time link. The same device may use it again; any other is refused."""
    with db.writing() as session:
        grant = grant_rows.claim(session, hash_of(token), device_hash=hash_of(device), at=clock.now())
        if grant is not None:
            announced = {"role": grant.role}
            log_rows.record(
                session,
                grant.workshop_id,
                actor=grant.role,
                verb="claim",
                subject=str(grant.id),
                details=announced,
                at=clock.now(),
            )
            announce(session, grant.workshop_id, "moderation")
    if grant is None:
        raise NotAllowed("This link was already used on another device. Ask the organiser for a new one.")
    return _grant(grant)


def grants(db: Database, badge: OrganiserBadge | ModeratorBadge) -> tuple[Grant, ...]:
    """The links that this badge decides about, newest first: the organiser about all."""
    decided = _decided_by(badge)
    with db.reading() as session:
        return tuple(_grant(row) for row in grant_rows.of(session, badge.workshop_id) if row.role in decided)


def revoke(db: Database, badge: OrganiserBadge | ModeratorBadge, grant_id: UUID) -> None:
    """Take a role away: its holder's next click is refused, and the screens of the role end at once."""
    if grant_id == badge.grant_id:
        raise NotAllowed(f"You would lock yourself out. Make a second {badge.label} first, then revoke from there.")
    with db.writing() as session:
        role_of = {row.id: row.role for row in grant_rows.of(session, badge.workshop_id)}
        if grant_id not in role_of:
            raise NotFound("This link does not exist (any more).")
        _must_decide_about(badge, role_of[grant_id])
        grant_rows.revoke(session, badge.workshop_id, grant_id, at=clock.now())
        _log(session, badge, "revoke", str(grant_id), {})
        announce(session, badge.workshop_id, "badges", "room")  # every screen of the role runs, now or later


def hash_of(secret: str) -> str:
    """What the database stores instead of a token or a device id: both have 128 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _participant(workshop_id: UUID, person: Person, device: str) -> ParticipantBadge:
    return ParticipantBadge(workshop_id, person.id, person.table_id, person.side, hash_of(device))


def _grant(row: grant_rows.GrantRow) -> Grant:
    return Grant(row.id, row.workshop_id, row.role, row.created_at, row.claimed_at, row.revoked_at)


def _decided_by(badge: OrganiserBadge | ModeratorBadge) -> frozenset[Role]:
    """The roles that a badge gives and takes: a moderator never those of organisers."""
    return frozenset(BADGES) - ({"organiser"} if isinstance(badge, ModeratorBadge) else set())


def _must_decide_about(badge: OrganiserBadge | ModeratorBadge, name: Role) -> None:
    if name not in _decided_by(badge):
        raise NotAllowed("Only an organiser decides about organisers. Ask yours for the link.")


def _log(
    session: Session, badge: OrganiserBadge | ModeratorBadge, verb: str, subject: str, details: dict[str, str]
) -> None:
    log_rows.record(
        session, badge.workshop_id, actor=badge.label, verb=verb, subject=subject, details=details, at=clock.now()
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
