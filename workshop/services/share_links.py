"""Share links: the newest frozen version as the closing deck, for whoever has the link, until it is taken back."""

from __future__ import annotations

import secrets
from uuid import UUID

from workshop.errors import Conflict
from workshop.services import access, clock, turn
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.storage import Database, Session, announce
from workshop.storage import log as log_rows
from workshop.storage import share_links as rows
from workshop.storage.share_links import ShareLink

Badge = ModeratorBadge | OrganiserBadge

MOST_LINKS = 20


def make(db: Database, badge: Badge) -> str:
    """A new link's token, 128 random bits; it is told once. Earlier links go on working."""
    token = secrets.token_urlsafe(16)
    with db.writing() as session:
        turn.take(session, badge.workshop_id)
        if len(rows.working(session, badge.workshop_id)) >= MOST_LINKS:
            raise Conflict(f"{MOST_LINKS} links are in use. Take one back first.")
        link_id = rows.add(session, badge.workshop_id, token_hash=access.hash_of(token), at=clock.now())
        _log(session, badge, "share", link_id)
    return token


def working(db: Database, badge: Badge) -> tuple[ShareLink, ...]:
    """The links that work, newest first."""
    with db.reading() as session:
        return rows.working(session, badge.workshop_id)


def revoke(db: Database, badge: Badge, link_id: UUID) -> None:
    """Take a link back: whoever opens it from now on is told. Taken back twice is taken back."""
    with db.writing() as session:
        turn.take(session, badge.workshop_id)
        if rows.revoke(session, badge.workshop_id, link_id, at=clock.now()):
            _log(session, badge, "unshare", link_id)


def _log(session: Session, badge: Badge, verb: str, link_id: UUID) -> None:
    log_rows.record(session, badge.workshop_id, actor=badge.label, verb=verb, subject=str(link_id), at=clock.now())
    announce(session, badge.workshop_id, "moderation")
