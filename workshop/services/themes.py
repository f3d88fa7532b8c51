"""Themes: suggested by the method, decided by the moderator, shown to the room. Every change can be undone.

One call per intention: suggestions are in `theme_suggestions`, what is waiting for a decision in `theme_proposals`,
what is done by hand in `theme_edits`.
"""

from __future__ import annotations

from workshop.domain.permissions import Sight
from workshop.services import shown, shown_themes, turn
from workshop.services.access import Badge, ModeratorBadge, OrganiserBadge
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_edits import merge, move, pin, rename, split, undo
from workshop.services.theme_newcomers import place_newcomers
from workshop.services.theme_suggestions import Proposal, apply, suggest
from workshop.storage import Database

__all__ = [
    "Proposal",
    "apply",
    "current",
    "merge",
    "move",
    "pin",
    "place_newcomers",
    "rename",
    "split",
    "suggest",
    "undo",
]


def current(db: Database, badge: Badge) -> ThemesView | None:
    """The applied themes; None before the first ones, and for the room before the step that shows them."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        if not isinstance(badge, ModeratorBadge | OrganiserBadge) and not shown.may_see(view, Sight.THEMES):
            return None
        return shown_themes.of(session, view)
