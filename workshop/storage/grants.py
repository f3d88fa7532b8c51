"""One-time links to roles, and wrong guesses: how they are written and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import case, update
from sqlmodel import Session, col, select

from workshop.storage import inserting
from workshop.storage.tables import Guess, RoleGrant

Role = Literal["moderator", "organiser", "helper"]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A link to a role as it is stored, without its secret."""

    id: UUID
    workshop_id: UUID
    role: Role
    created_at: datetime
    claimed_at: datetime | None
    revoked_at: datetime | None


def add(session: Session, workshop_id: UUID, *, role: Role, token_hash: str, at: datetime) -> UUID:
    """Write a link that nobody has used yet."""
    row = RoleGrant(workshop_id=workshop_id, role=role, token_hash=token_hash, created_at=at)
    session.add(row)
    session.flush()
    return row.id


def by_token(session: Session, token_hash: str) -> GrantRow | None:
    """The link with this token."""
    return _grant(session.exec(select(RoleGrant).where(RoleGrant.token_hash == token_hash)).first())


def claim(session: Session, token_hash: str, *, device_hash: str, at: datetime) -> GrantRow | None:
    """Give the role to this device; None when another device was first, or the link is revoked or unknown."""
    session.connection().execute(
        update(RoleGrant)
        .where(
            col(RoleGrant.token_hash) == token_hash,
            col(RoleGrant.claimed_at).is_(None),
            col(RoleGrant.revoked_at).is_(None),
        )
        .values(claimed_at=at, claimed_by_hash=device_hash)
    )
    return _grant(
        session.exec(
            select(RoleGrant).where(
                RoleGrant.token_hash == token_hash,
                RoleGrant.claimed_by_hash == device_hash,
                col(RoleGrant.revoked_at).is_(None),
            )
        ).first()
    )


def claimed(session: Session, grant_id: UUID, *, device_hash: str) -> GrantRow | None:
    """The role that this device holds by this grant, unless it was revoked."""
    return _grant(
        session.exec(
            select(RoleGrant).where(
                RoleGrant.id == grant_id,
                RoleGrant.claimed_by_hash == device_hash,
                col(RoleGrant.revoked_at).is_(None),
            )
        ).first()
    )


def of_device(session: Session, workshop_id: UUID, role: Role, *, device_hash: str) -> GrantRow | None:
    """The grant by which a device holds a role in a workshop, the newest where it has several."""
    statement = (
        select(RoleGrant)
        .where(
            RoleGrant.workshop_id == workshop_id,
            RoleGrant.role == role,
            RoleGrant.claimed_by_hash == device_hash,
            col(RoleGrant.revoked_at).is_(None),
        )
        .order_by(col(RoleGrant.created_at).desc())
    )
    return _grant(session.exec(statement).first())


def held(session: Session, workshop_id: UUID) -> frozenset[UUID]:
    """The grants by which somebody holds a role of the workshop now."""
    statement = select(RoleGrant.id).where(
        RoleGrant.workshop_id == workshop_id,
        col(RoleGrant.claimed_at).is_not(None),
        col(RoleGrant.revoked_at).is_(None),
    )
    return frozenset(session.exec(statement))


def of(session: Session, workshop_id: UUID) -> tuple[GrantRow, ...]:
    """Every link of a workshop, newest first."""
    statement = select(RoleGrant).where(RoleGrant.workshop_id == workshop_id).order_by(col(RoleGrant.created_at).desc())
    return tuple(grant for grant in map(_grant, session.exec(statement)) if grant is not None)


def revoke(session: Session, workshop_id: UUID, grant_id: UUID, *, at: datetime) -> bool:
    """Revoke one link of the workshop; False when there is none with this id."""
    outcome = session.connection().execute(
        update(RoleGrant)
        .where(col(RoleGrant.id) == grant_id, col(RoleGrant.workshop_id) == workshop_id)
        .values(revoked_at=at)
    )
    return outcome.rowcount == 1


def revoke_unclaimed(session: Session, workshop_id: UUID, role: Role, *, at: datetime) -> None:
    """Revoke the links of a role that nobody has used."""
    session.connection().execute(
        update(RoleGrant)
        .where(
            col(RoleGrant.workshop_id) == workshop_id,
            col(RoleGrant.role) == role,
            col(RoleGrant.claimed_at).is_(None),
            col(RoleGrant.revoked_at).is_(None),
        )
        .values(revoked_at=at)
    )


def guesses(session: Session, subject: str) -> tuple[int, datetime | None]:
    """How many wrong guesses are remembered, and when the last one was."""
    row = session.get(Guess, subject)
    return (0, None) if row is None else (row.wrong, row.last_at)


def add_guess(session: Session, subject: str, *, at: datetime, forget_after: timedelta) -> None:
    """Count a wrong guess; the count starts anew after a quiet time."""
    again = case((col(Guess.last_at) < at - forget_after, 1), else_=col(Guess.wrong) + 1)
    insert = inserting.into(session, Guess).values(subject=subject, wrong=1, last_at=at)
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=["subject"], set_={"wrong": again, "last_at": at})
    )


def _grant(row: RoleGrant | None) -> GrantRow | None:
    if row is None:
        return None
    return GrantRow(row.id, row.workshop_id, cast("Role", row.role), row.created_at, row.claimed_at, row.revoked_at)
