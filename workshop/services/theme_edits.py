"""What the moderator does to themes by hand. Each verb says what shall be true, on the themes as they are by then.

Two people at two desks work at the same time: an edit is done on the newest themes whatever the screen showed, so
neither loses what the other did. It is refused where both meant the same thing differently: a theme that the other one
has renamed, merged or taken apart since ``seen``, an idea that the other one has put elsewhere. What is true already,
because a tap was sent twice, is no change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from workshop.domain.room import WorkshopView
from workshop.domain.text import shorten
from workshop.errors import Conflict, NotAllowed
from workshop.services import theme_conflicts, theme_splitting, theme_versions, turn
from workshop.services.access import ModeratorBadge
from workshop.services.theme_conflicts import found, must_be_as_seen
from workshop.services.theme_documents import Change
from workshop.services.theme_versions import Pins, Version
from workshop.storage import Database, Session
from workshop.storage import ideas as idea_rows
from workshop.themes import NOT_SURE, Board, Theme, edits

NOT_YET = "There are no themes yet. Suggest themes first, then apply them."
NAME_IN_A_SENTENCE = 40

_IDEAS = "{ideas}"


@dataclass(frozen=True, slots=True)
class Edited:
    """The themes after an edit, and what was done, as "Undo" names it; `_IDEAS` in it comes before any name."""

    board: Board
    pins: Pins
    sentence: str


def rename(db: Database, moderator: ModeratorBadge, theme_id: str, *, name: str, seen: int) -> int:
    """Give a theme a name of one's own; it is locked from then on."""

    def edit(before: Version, now: Version) -> Edited | None:
        theme = found(before.board, now.board, theme_id)
        board = edits.renamed(now.board, theme_id, name)
        after = edits.existing(board, theme_id)
        if after == theme:
            return None
        must_be_as_seen(before.board, now.board, theme_id)
        return Edited(board, now.pins, f"renamed {_called(theme)} to {_called(after)}")

    return _edit(db, moderator, edit, seen=seen, action="rename")


def move(db: Database, moderator: ModeratorBadge, *idea_ids: UUID, theme_id: str, seen: int) -> int:
    """Put ideas into a theme (or aside, with ``NOT_SURE``) and pin them there for good. All of them, or none."""
    ideas = [str(idea) for idea in dict.fromkeys(idea_ids)]

    def edit(before: Version, now: Version) -> Edited | None:
        where = "" if theme_id == NOT_SURE else _called(found(before.board, now.board, theme_id))
        theme_conflicts.must_be_free(before.board, now.board, ideas, theme_id)
        board = now.board
        for idea in ideas:
            board = edits.moved(board, idea, theme_id)
        pins = {**now.pins, **dict.fromkeys(ideas, theme_id)}
        if board.theme_of() == now.board.theme_of() and pins == now.pins:
            return None
        return Edited(board, pins, f"moved {_IDEAS} to {where}" if where else f"set {_IDEAS} aside")

    return _edit(db, moderator, edit, seen=seen, action="move", ideas=idea_ids)


def pin(db: Database, moderator: ModeratorBadge, *idea_ids: UUID, seen: int) -> int:
    """Keep ideas where they are for good: no later suggestion moves them."""

    def edit(_: Version, now: Version) -> Edited | None:
        homes = now.board.theme_of()
        theme_conflicts.must_be_there(homes, [str(idea) for idea in idea_ids])
        pins = {**now.pins, **{str(idea): homes[str(idea)] for idea in idea_ids}}
        return None if pins == now.pins else Edited(now.board, pins, f"pinned {_IDEAS}")

    return _edit(db, moderator, edit, seen=seen, action="pin", ideas=idea_ids)


def merge(db: Database, moderator: ModeratorBadge, theme_id: str, *, into: str, seen: int) -> int:
    """Put all ideas of a theme into another one, which keeps its name and is locked."""

    def edit(before: Version, now: Version) -> Edited | None:
        if theme_conflicts.is_merged(before.board, now.board, theme_id, into):
            return None
        gone, kept = (found(before.board, now.board, each) for each in (theme_id, into))
        board = edits.merged(now.board, theme_id, into)
        must_be_as_seen(before.board, now.board, theme_id)
        pins = {idea: into if theme == theme_id else theme for idea, theme in now.pins.items()}
        return Edited(board, pins, f"merged {_called(gone)} into {_called(kept)}")

    return _edit(db, moderator, edit, seen=seen, action="merge")


def split(db: Database, moderator: ModeratorBadge, theme_id: str, *, seen: int, into: int = 2) -> int:
    """Part a theme in several by what its ideas say; the largest part keeps the name, and no part is joined again.

    What belongs together is computed before anything is held up; only then the themes are changed.
    """
    made = theme_splitting.parts(db, moderator, theme_id, into=into, seen=seen)

    def edit(before: Version, now: Version) -> Edited | None:
        if theme_conflicts.is_split(before.board, now.board, theme_id):
            return None
        theme = found(before.board, now.board, theme_id)
        must_be_as_seen(before.board, now.board, theme_id)
        board = theme_splitting.parted(now.board, made)
        pins = {idea: home for idea, home in now.pins.items() if home != theme_id}
        return Edited(board, pins, f"split {_called(theme)} in {into}")

    return _edit(db, moderator, edit, seen=seen, action="split")


def undo(db: Database, moderator: ModeratorBadge, *, seen: int) -> int:
    """Take back the change that stood last at ``seen``, and none that came after it: then it is refused.

    Again and again, back to the first themes. Ideas that joined meanwhile stay.
    """
    with db.writing() as session:
        turn.take(session, moderator.workshop_id)
        now = _applied(session, moderator)
        meant = theme_versions.at(session, moderator.workshop_id, seen).change
        if meant is None:
            raise Conflict("There is nothing more to undo.")
        if now.undid == meant.version:
            return now.number
        if now.change != meant:
            raise Conflict(f"Somebody changed the themes after that: {_last(now)}. Look at them, then decide again.")
        back = theme_versions.at(session, moderator.workshop_id, meant.before) if meant.before else None
        back = back or theme_versions.NONE_YET
        return theme_versions.append(
            session,
            moderator.workshop_id,
            now,
            board=edits.joined(back.board, now.board) if back.number else back.board,
            pins=back.pins,
            change=back.change,
            action="undo",
            actor=moderator.label,
            undid=meant.version,
        )


def _edit(
    db: Database,
    moderator: ModeratorBadge,
    edit: Callable[[Version, Version], Edited | None],
    *,
    seen: int,
    action: str,
    ideas: Sequence[UUID] = (),
) -> int:
    """Edit the newest themes; gives their version, the same when nothing had to be changed."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        now = _applied(session, moderator)
        before = now if seen == now.number else theme_versions.at(session, view.id, seen)
        edited = edit(before, now)
        if edited is None:
            return now.number
        sentence = edited.sentence.replace(_IDEAS, _numbers(session, view, ideas), 1) if ideas else edited.sentence
        return theme_versions.append(
            session,
            view.id,
            now,
            board=edited.board,
            pins=edited.pins,
            change=Change(now.number + 1, sentence, str(moderator.grant_id), now.number),
            action=action,
            actor=moderator.label,
        )


def _applied(session: Session, moderator: ModeratorBadge) -> Version:
    applied = theme_versions.newest(session, moderator.workshop_id)
    if not applied.number:
        raise NotAllowed(NOT_YET)
    return applied


def _numbers(session: Session, view: WorkshopView, ideas: Sequence[UUID]) -> str:
    if len(ideas) > 1:
        return f"{len(ideas)} ideas"
    idea = idea_rows.by_id(session, view.id, ideas[0])
    return f"#{idea.number}" if idea else "1 idea"


def _called(theme: Theme) -> str:
    return f"“{shorten(theme.name, NAME_IN_A_SENTENCE)}”"


def _last(now: Version) -> str:
    return now.change.sentence if now.change else "the change was taken back already"
