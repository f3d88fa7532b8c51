"""Building on others as the desk sees it, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain.permissions import Sight
from workshop.services import routing, shown, shown_builds, turn
from workshop.services.access import ModeratorBadge
from workshop.services.shown_builds import Coverage, OnIdea, TableReading
from workshop.storage import Database


@dataclass(frozen=True, slots=True)
class BuildDesk:
    """How far the room has read, who holds what, and every build, newest first. ``open``: ideas are dealt now."""

    coverage: Coverage
    tables: tuple[TableReading, ...]
    builds: tuple[OnIdea, ...]
    open: bool


def look(db: Database, moderator: ModeratorBadge) -> BuildDesk | None:
    """Everything about it; None before its step."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        if not shown.may_see(view, Sight.BUILDS):
            return None
        return BuildDesk(
            coverage=shown_builds.coverage(session, view),
            tables=shown_builds.tables(session, view),
            builds=shown_builds.of_moderator(session, view),
            open=routing.is_open(view),
        )
