"""A suggestion that waits for the moderator: asked for at the desk or due by itself, computed in the background, kept.

Every desk of the workshop shows the same one, over a reload, in a second tab and on another replica. Nothing happens to
the themes before somebody applies it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from uuid import UUID

from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, Invalid
from workshop.services import theme_documents, theme_suggestions, theme_versions, turn
from workshop.services.access import ModeratorBadge
from workshop.services.theme_suggestions import Proposal, Wish
from workshop.services.theme_versions import Version
from workshop.storage import Database, Session, announce
from workshop.storage import proposals as rows
from workshop.themes import Granularity

DUE_AFTER = 10
"""So many ideas have to join before a suggestion is made that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the desk shows above the themes.

    ``proposal`` is None while there is none; then ``sentence`` may say why. ``asked``: somebody waits for one.
    ``fresh`` is False when the themes were changed by hand since it was made, so that it can only be discarded.
    """

    number: int
    proposal: Proposal | None
    sentence: str
    asked: bool
    fresh: bool


def ask(
    db: Database, moderator: ModeratorBadge, *, granularity: Granularity = "default", count: int | None = None
) -> None:
    """Ask for a suggestion: it is there in a moment, on every desk. The newest wish counts."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        kept = rows.of(session, view.id)
        _keep(session, view, replace(kept, wish=asdict(Wish(granularity, count))))


def current(session: Session, view: WorkshopView, now: Version) -> Waiting:
    """What waits for a decision, in a transaction that reads."""
    kept = rows.of(session, view.id)
    proposal = None if kept.body is None else _read(kept)
    fresh = proposal is not None and theme_suggestions.is_fresh(session, view.id, kept.seen, now)
    return Waiting(kept.number, proposal, kept.sentence, kept.wish is not None, fresh)


def apply(db: Database, moderator: ModeratorBadge, *, number: int) -> None:
    """Put the suggestion with this number on every screen; a second tap changes nothing. Raises Conflict."""
    with db.reading() as session:
        kept = rows.of(session, moderator.workshop_id)
    if kept.number != number:
        raise Conflict("This suggestion was discarded, or replaced by another one. Look again, then decide.")
    if kept.body is not None:
        theme_suggestions.apply(db, moderator, _read(kept))


def discard(db: Database, moderator: ModeratorBadge, *, number: int) -> None:
    """Throw the suggestion with this number away, and the wish for another one; the themes stay as they are."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        kept = rows.of(session, view.id)
        if kept.number == number and (kept.body, kept.wish, kept.sentence) != (None, None, ""):
            _keep(session, view, rows.Kept(kept.number + 1, kept.considered))


def answer(db: Database, workshop_id: UUID) -> bool:
    """Make the suggestion that somebody asked for, or that is due; whether one was made. For the background.

    A second process that does the same makes the same, and keeps what is there.
    """
    with db.reading() as session:
        now = theme_versions.newest(session, workshop_id)
        kept = rows.of(session, workshop_id)
    if kept.wish is None and not _is_due(now, kept):
        return False
    made = _made(db, workshop_id, Wish() if kept.wish is None else Wish(**kept.wish))
    return _settle(db, workshop_id, kept, made)


def _settle(db: Database, workshop_id: UUID, kept: rows.Kept, made: rows.Kept) -> bool:
    """Keep what was made, unless somebody else was faster."""
    with db.writing() as session:
        view = turn.take(session, workshop_id)
        if rows.of(session, view.id) != kept:
            return False
        if kept.wish is None and not made.body:
            rows.keep(session, view.id, replace(kept, considered=made.considered))
            return False
        _keep(session, view, replace(made, number=kept.number + 1))
        return True


def _is_due(now: Version, kept: rows.Kept) -> bool:
    return bool(now.board.themes) and len(now.board.theme_of()) - kept.considered >= DUE_AFTER


def _made(db: Database, workshop_id: UUID, wish: Wish) -> rows.Kept:
    """What to keep of a suggestion: its board if it would change anything, and the sentence."""
    try:
        made = theme_suggestions.suggested(db, workshop_id, wish)
    except Invalid as error:
        return rows.Kept(sentence=str(error))
    considered = len(made.board.theme_of())
    if not made.changes:
        same = (
            "Nothing would change: the themes are as they would be suggested." if made.board.themes else made.sentence
        )
        return rows.Kept(considered=considered, sentence=same)
    return _kept(made)


def _kept(made: Proposal) -> rows.Kept:
    considered, body = len(made.board.theme_of()), theme_documents.written(made.board, pins={})
    return rows.Kept(considered=considered, seen=made.seen, sentence=made.sentence, body=body)


def _read(kept: rows.Kept) -> Proposal:
    return Proposal(theme_documents.read(kept.body or {}), kept.seen, kept.sentence)


def _keep(session: Session, view: WorkshopView, kept: rows.Kept) -> None:
    rows.keep(session, view.id, kept)
    announce(session, view.id, "proposal")
