"""All that the desk's theme workshop shows, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.services import flags, shown, shown_themes, theme_proposals, theme_versions, turn
from workshop.services.access import ModeratorBadge
from workshop.services.flags import Flagged
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_proposals import Waiting
from workshop.storage import Database


@dataclass(frozen=True, slots=True)
class ThemeDesk:
    """The applied themes, None before the first ones, the suggestion that waits, and what the room finds wrong."""

    themes: ThemesView | None
    waiting: Waiting
    flags: tuple[Flagged, ...]


def look(db: Database, moderator: ModeratorBadge) -> ThemeDesk:
    """What there is now."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        now = theme_versions.newest(session, view.id)
        ideas = shown.board(session, view)
        return ThemeDesk(
            themes=shown_themes.drawn(view, now, ideas) if now.number else None,
            waiting=theme_proposals.current(session, view, now),
            flags=flags.told(session, view, now.board, ideas),
        )
