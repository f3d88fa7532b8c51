"""Themes: suggested by the method, decided by the moderator, shown to the room. Every change can be undone.

Suggesting reads and computes, outside any transaction; only applying writes. What people moved is pinned, and what
they named is locked: no later suggestion breaks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop import themes as method
from workshop.domain.permissions import Sight
from workshop.errors import Conflict
from workshop.services import shown, shown_themes, theme_vectors, theme_versions, turn
from workshop.services.access import Badge, ModeratorBadge, OrganiserBadge
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_documents import Change
from workshop.services.theme_edits import merge, move, pin, rename, split, undo
from workshop.services.theme_newcomers import place_newcomers
from workshop.storage import Database
from workshop.themes import Board, Granularity, edits

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

_CHANGED = "The themes were changed a moment ago. Look at them as they are now, then decide again."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggested board. ``seen`` is the version that it would replace, ``sentence`` its preview for the desk."""

    board: Board
    seen: int
    sentence: str


def suggest(db: Database, moderator: ModeratorBadge, *, granularity: Granularity = "default") -> Proposal:
    """Group the ideas on the board. Takes seconds at most and writes nothing but vectors of texts."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        ideas = shown.board(session, view)
        now = theme_versions.newest(session, view.id)
    previous = now.board if now.number else None
    texts = [theme_vectors.text_of(idea) for idea in ideas]
    vectors = theme_vectors.of(db, texts)
    board = method.propose(
        texts,
        vectors=vectors,
        previous=previous,
        pins=now.pins,
        granularity=granularity,
        languages=view.event.languages,
        stop_titles=theme_vectors.said_everywhere(view.event),
    )
    return Proposal(
        board=board,
        seen=now.number,
        sentence=_preview(previous, board, theme_vectors.unread(texts, vectors)),
    )


def apply(db: Database, moderator: ModeratorBadge, proposal: Proposal) -> int:
    """Put a suggestion on every screen; gives its version. The same suggestion applied again is applied once.

    Refused when somebody changed the themes since it was made. Ideas that only joined meanwhile are no reason: they
    stay in their theme where the suggestion has it, else they are placed anew.
    """
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        now = theme_versions.newest(session, view.id)
        before = theme_versions.at(session, view.id, proposal.seen) if proposal.seen else theme_versions.NONE_YET
        if before.change != now.change:
            if proposal.board.themes and _is_applied(proposal.board, now.board):
                return now.number
            raise Conflict(_CHANGED)
        number = now.number + 1
        return theme_versions.append(
            session,
            view.id,
            now,
            board=edits.joined(proposal.board, now.board),
            pins=now.pins,
            change=Change(number, "applied suggested themes", str(moderator.grant_id), now.number),
            action="apply",
            actor=moderator.label,
        )


def current(db: Database, badge: Badge) -> ThemesView | None:
    """The applied themes; None before the first ones, and for the room before the step that shows them."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        if not isinstance(badge, ModeratorBadge | OrganiserBadge) and not shown.may_see(view, Sight.THEMES):
            return None
        return shown_themes.of(session, view)


def _is_applied(proposed: Board, now: Board) -> bool:
    """Whether these themes are there with all their ideas; newcomers may have joined."""
    homes = now.theme_of()
    names = {theme.id: theme.name for theme in now.themes}
    same = all(homes.get(idea) == home for idea, home in proposed.theme_of().items())
    return same and names == {theme.id: theme.name for theme in proposed.themes}


def _preview(previous: Board | None, board: Board, unread: int) -> str:
    wait = (
        f" {unread} ideas are still being read: suggest again in a minute or two for better themes." if unread else ""
    )
    return _difference(previous, board) + wait


def _difference(previous: Board | None, board: Board) -> str:
    if not board.themes:
        return "Waiting for ideas: themes need at least eight on the board."
    if previous is not None and previous.themes:
        return method.changes(previous, board).sentence
    counted = sum(len(theme.idea_ids) for theme in board.themes)
    draft = "Draft themes: " if board.draft else ""
    return f"{draft}{len(board.themes)} themes with {counted} ideas, {len(board.not_sure)} not sure."
