"""Themes: suggested by the method, decided by the moderator, shown to the room. Every change can be undone.

Suggesting reads and computes, outside any transaction; only applying writes. What people moved is pinned, and what
they named is locked: no later suggestion breaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from workshop import themes as method
from workshop.domain.event import Event
from workshop.domain.permissions import Sight
from workshop.errors import Conflict, NotAllowed
from workshop.services import clock, shown, shown_themes, theme_documents, theme_vectors, turn
from workshop.services.access import Badge, ModeratorBadge, OrganiserBadge
from workshop.services.shown_themes import ThemesView
from workshop.storage import Database, IntegrityError, Session, announce
from workshop.storage import boards as rows
from workshop.storage import log as log_rows
from workshop.themes import Board, Granularity, edits

Pins = Mapping[str, str]

_CHANGED = "The themes were changed a moment ago. Look at them as they are now, then decide again."
_NOT_YET = "There are no themes yet. Suggest themes first, then apply them."


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
        applied = rows.newest(session, view.id)
    previous = theme_documents.read(applied.body) if applied else None
    texts = [theme_vectors.text_of(idea) for idea in ideas]
    vectors = theme_vectors.of(db, texts)
    board = method.propose(
        texts,
        vectors=vectors,
        previous=previous,
        pins=theme_documents.pins(applied.body) if applied else {},
        granularity=granularity,
        languages=view.event.languages,
        stop_titles=_said_everywhere(view.event),
    )
    return Proposal(
        board=board,
        seen=applied.version if applied else 0,
        sentence=_preview(previous, board, theme_vectors.unread(texts, vectors)),
    )


def apply(db: Database, moderator: ModeratorBadge, proposal: Proposal) -> int:
    """Put a suggestion on every screen; gives its version. Refused when somebody changed the themes meanwhile."""
    with db.writing() as session:
        view = turn.look(session, moderator.workshop_id)
        applied = rows.newest(session, view.id)
        pins = theme_documents.pins(applied.body) if applied else {}
        return _append(session, moderator, proposal.board, pins=pins, seen=proposal.seen, action="apply")


def rename(db: Database, moderator: ModeratorBadge, theme_id: str, *, name: str, seen: int) -> int:
    """Give a theme a name of one's own; it is locked from then on."""
    return _edit(db, moderator, lambda board: edits.renamed(board, theme_id, name), seen=seen, action="rename")


def move(db: Database, moderator: ModeratorBadge, idea_id: UUID, *, theme_id: str, seen: int) -> int:
    """Put one idea into another theme (or aside, with ``NOT_SURE``) and pin it there for good."""
    idea = str(idea_id)
    return _edit(
        db,
        moderator,
        lambda board: edits.moved(board, idea, theme_id),
        seen=seen,
        action="move",
        repin=lambda pins: {**pins, idea: theme_id},
    )


def merge(db: Database, moderator: ModeratorBadge, theme_id: str, *, into: str, seen: int) -> int:
    """Put all ideas of a theme into another one, which keeps its name and is locked."""

    def follow(pins: Pins) -> Pins:
        return {idea: into if theme == theme_id else theme for idea, theme in pins.items()}

    return _edit(
        db, moderator, lambda board: edits.merged(board, theme_id, into), seen=seen, action="merge", repin=follow
    )


def undo(db: Database, moderator: ModeratorBadge, *, seen: int) -> int:
    """Take the last change back: the board before it is appended again."""
    with db.writing() as session:
        applied = _applied(session, moderator)
        if applied.action.startswith("undo"):
            raise Conflict("There is nothing more to undo.")
        before = rows.newest(session, moderator.workshop_id, at_most=applied.version - 1)
        body = theme_documents.written(Board(), pins={}) if before is None else before.body
        board, pins = theme_documents.read(body), theme_documents.pins(body)
        return _append(session, moderator, board, pins=pins, seen=seen, action=f"undo {applied.action}")


def place_newcomers(db: Database, moderator: ModeratorBadge) -> int:
    """Let ideas that came after the themes join the nearest one; nobody else moves. Gives how many joined."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        applied = rows.newest(session, view.id)
        ideas = shown.board(session, view)
    if applied is None:
        return 0
    board = theme_documents.read(applied.body)
    there = board.theme_of()
    texts = [theme_vectors.text_of(idea) for idea in ideas]
    newcomers = [text for text in texts if text.id not in there]
    if not newcomers or not board.themes:
        return 0
    vectors = theme_vectors.of(db, texts)
    for text in newcomers:
        board = method.place(text, board, texts, vectors=vectors, languages=view.event.languages)
    with db.writing() as session:
        pins = theme_documents.pins(applied.body)
        _append(session, moderator, board, pins=pins, seen=applied.version, action="newcomers")
    return len(newcomers)


def current(db: Database, badge: Badge) -> ThemesView | None:
    """The applied themes; None before the first ones, and for the room before the step that shows them."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        if not isinstance(badge, ModeratorBadge | OrganiserBadge) and not shown.may_see(view, Sight.THEMES):
            return None
        return shown_themes.of(session, view)


def _edit(
    db: Database,
    moderator: ModeratorBadge,
    change: Callable[[Board], Board],
    *,
    seen: int,
    action: str,
    repin: Callable[[Pins], Pins] = dict,
) -> int:
    """Change the applied board and its pins by hand."""
    with db.writing() as session:
        applied = _applied(session, moderator)
        board, pins = change(theme_documents.read(applied.body)), repin(theme_documents.pins(applied.body))
        return _append(session, moderator, board, pins=pins, seen=seen, action=action)


def _append(
    session: Session, moderator: ModeratorBadge, board: Board, *, pins: Mapping[str, str], seen: int, action: str
) -> int:
    applied = rows.newest(session, moderator.workshop_id)
    if (applied.version if applied else 0) != seen:
        raise Conflict(_CHANGED)
    now = clock.now()
    body = theme_documents.written(board, pins=pins)
    try:
        rows.append(session, moderator.workshop_id, version=seen + 1, body=body, action=action, at=now)
    except IntegrityError:
        raise Conflict(_CHANGED) from None
    log_rows.record(
        session,
        moderator.workshop_id,
        actor=moderator.label,
        verb="themes",
        subject=action,
        details={"version": seen + 1, "themes": len(board.themes)},
        at=now,
    )
    announce(session, moderator.workshop_id, "themes")
    return seen + 1


def _applied(session: Session, moderator: ModeratorBadge) -> rows.BoardVersion:
    applied = rows.newest(session, moderator.workshop_id)
    if applied is None:
        raise NotAllowed(_NOT_YET)
    return applied


def _said_everywhere(event: Event) -> tuple[str, ...]:
    """What ideas of this workshop contain whatever they are about: no name for a theme."""
    return (event.title, event.name, *(words for side in event.sides for words in (side.name, side.short)))


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
