"""Whether badges still hold. A badge is made once, screens live for hours: roles are revoked, people move and leave."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from workshop.services import access
from workshop.services.access import Badge, ObserverBadge, ParticipantBadge, ScribeBadge
from workshop.storage import Database
from workshop.storage import devices as device_rows
from workshop.storage import grants as grant_rows


def check(db: Database, badge: Badge, *, device: str) -> None:
    """Raise NotAllowed when the role of this badge was taken away."""
    for name, kind in access.BADGES.items():
        if isinstance(badge, kind):
            access.role(db, name, grant_id=str(badge.grant_id), device=device)


def outdated(db: Database, workshop_id: UUID, badges: Iterable[Badge]) -> frozenset[Badge]:
    """Those of the badges that would not be made any more. However many there are, it is one read."""
    with db.reading() as session:
        seats = device_rows.every_seat(session, workshop_id)
        tablets = device_rows.every_tablet(session, workshop_id)
        grants = grant_rows.held(session, workshop_id)

    def holds(badge: Badge) -> bool:
        if isinstance(badge, ParticipantBadge):
            return (badge.device_hash, badge.participant_id, badge.table_id) in seats
        if isinstance(badge, ScribeBadge):
            return (badge.device_hash, badge.table_id) in tablets
        return isinstance(badge, ObserverBadge) or badge.grant_id in grants

    return frozenset(badge for badge in badges if not holds(badge))
