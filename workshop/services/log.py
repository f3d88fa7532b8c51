"""The log of a workshop: what was done, by which role, in which order, and whether anybody changed it since."""

from __future__ import annotations

from workshop.domain.log import Entry, first_broken
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.storage import Database
from workshop.storage import log as rows


def entries(db: Database, badge: ModeratorBadge | OrganiserBadge) -> tuple[Entry, ...]:
    """Every entry, oldest first. Entries hold ids and hashes, so they name nobody and show no idea's text."""
    with db.reading() as session:
        return rows.entries(session, badge.workshop_id)


def verify(db: Database, badge: ModeratorBadge | OrganiserBadge) -> int | None:
    """The sequence of the first entry that was changed, removed or put in later; None when the chain holds."""
    with db.reading() as session:
        head, length = rows.head(session, badge.workshop_id)
        return first_broken(badge.workshop_id, rows.entries(session, badge.workshop_id), head=head, length=length)
