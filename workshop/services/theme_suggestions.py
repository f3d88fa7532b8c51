"""Suggested themes: all ideas grouped anew, told in a sentence, and put on the screens by a person alone.

Suggesting reads and computes, outside any transaction; only applying writes. What people moved is pinned, and what
they named is locked: no suggestion breaks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workshop import themes as method
from workshop.errors import Conflict
from workshop.services import shown, theme_vectors, theme_versions, turn
from workshop.services.access import ModeratorBadge
from workshop.services.theme_documents import Change
from workshop.services.theme_versions import Version
from workshop.storage import Database, Session
from workshop.storage import proposals as rows
from workshop.themes import Board, Granularity, edits

CHANGED = "The themes were changed a moment ago. Look at them as they are now, then decide again."


@dataclass(frozen=True, slots=True)
class Wish:
    """How many themes somebody would like: fewer or more than the ideas suggest, or an exact number of them."""

    granularity: Granularity = "default"
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A suggested board. ``seen`` is the version that it would replace, ``sentence`` its preview for the desk.

    Without ``changes`` it is what the screens show already.
    """

    board: Board
    seen: int
    sentence: str
    changes: bool = True


def suggest(
    db: Database, moderator: ModeratorBadge, *, granularity: Granularity = "default", count: int | None = None
) -> Proposal:
    """Group the ideas on the board. Takes seconds at most and writes nothing but vectors of texts. Raises Invalid."""
    return suggested(db, moderator.workshop_id, Wish(granularity, count))


def suggested(db: Database, workshop_id: UUID, wish: Wish) -> Proposal:
    """The same for the background, where nobody has asked."""
    with db.reading() as session:
        view = turn.look(session, workshop_id)
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
        granularity=wish.granularity,
        count=wish.count,
        languages=view.event.languages,
        stop_titles=theme_vectors.said_everywhere(view.event),
    )
    unread = theme_vectors.unread(texts, vectors)
    return Proposal(board, now.number, _preview(previous, board, unread), _changes(previous, board))


def apply(db: Database, moderator: ModeratorBadge, proposal: Proposal) -> int:
    """Put a suggestion on every screen; gives its version. The same suggestion applied again is applied once.

    Refused when somebody changed the themes since it was made. Ideas that only joined meanwhile are no reason: they
    stay in their theme where the suggestion has it, else they are placed anew.
    """
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        now = theme_versions.newest(session, view.id)
        if not is_fresh(session, view.id, proposal.seen, now):
            if proposal.board.themes and _is_applied(proposal.board, now.board):
                return now.number
            raise Conflict(CHANGED)
        number = now.number + 1
        board = edits.joined(proposal.board, now.board)
        kept = rows.of(session, view.id)
        rows.keep(session, view.id, rows.Kept(kept.number, considered=len(board.theme_of())))
        return theme_versions.append(
            session,
            view.id,
            now,
            board=board,
            pins=now.pins,
            change=Change(number, "applied suggested themes", str(moderator.grant_id), now.number),
            action="apply",
            actor=moderator.label,
        )


def is_fresh(session: Session, workshop_id: UUID, seen: int, now: Version) -> bool:
    """Whether nobody has changed the themes by hand since that version; ideas may have joined."""
    before = theme_versions.at(session, workshop_id, seen) if seen else theme_versions.NONE_YET
    return before.change == now.change


def _is_applied(proposed: Board, now: Board) -> bool:
    """Whether these themes are there with all their ideas; newcomers may have joined."""
    homes = now.theme_of()
    names = {theme.id: theme.name for theme in now.themes}
    same = all(homes.get(idea) == home for idea, home in proposed.theme_of().items())
    return same and names == {theme.id: theme.name for theme in proposed.themes}


def _changes(previous: Board | None, board: Board) -> bool:
    if previous is None or not previous.themes:
        return bool(board.themes)
    found = method.changes(previous, board)
    return bool(found.moved or found.new_themes or found.gone_themes)


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
