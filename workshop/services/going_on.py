"""Which ideas go on: both orders suggest, a person picks. Everything is logged and can be taken back.

Every verb takes ``seen``, the version of the list that the desk showed: of two moderators who pick at once the second
one looks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from workshop.domain import going_on as rules
from workshop.domain.going_on import GoingOn, Suggestion
from workshop.domain.idea import ShownIdea, board_of
from workshop.domain.permissions import Sight
from workshop.domain.ranking import Ranking
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, shown, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import going_on as rows
from workshop.storage import ideas as idea_rows
from workshop.storage import log as log_rows

TOPICS = ("consortium", "pitch")
"""Whoever shows cards has to look again."""

Change = Callable[[GoingOn], GoingOn]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the desk picks from: the list, what both orders suggest, and the whole board for the wild card.

    ``proposal`` is what Consortium proposes while nobody has picked.
    """

    going_on: GoingOn
    board: tuple[ShownIdea, ...]
    suggestions: tuple[Suggestion, ...]
    proposal: tuple[Suggestion, ...]
    undoable: bool

    @property
    def picked(self) -> tuple[ShownIdea, ...]:
        """The ideas that go on, as far as they stand on the board, in the order of picking."""
        return _in_order(self.going_on, self.board)


def pick(db: Database, moderator: ModeratorBadge, idea_id: UUID, *, seen: int, wild_card: bool = False) -> None:
    """Put an idea on the list, or make it the wild card."""
    action = "wild card" if wild_card else "pick"
    _change(db, moderator, action, seen, lambda before: rules.with_idea(before, idea_id, wild_card=wild_card), idea_id)


def drop(db: Database, moderator: ModeratorBadge, idea_id: UUID, *, seen: int) -> None:
    """Take an idea off the list. What people wrote on its card stays, and is there again when it returns."""
    _change(db, moderator, "drop", seen, lambda before: rules.without_idea(before, idea_id))


def accept(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Let the proposal be the list."""
    with db.writing() as session:
        view = _opened(session, moderator)
        board = {idea.number: idea.id for idea in shown.board(session, view)}
        proposed = [board[each.number] for each in _proposal(session, view) if each.number in board]
        _write(
            session, view, moderator, "accept", _unchanged(session, view, seen), lambda it: rules.accepted(it, proposed)
        )


def undo(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Take the last change of the list back."""
    with db.writing() as session:
        view = _opened(session, moderator)
        now = _unchanged(session, view, seen)
        before = rows.before(session, view.id)
        if before is None:
            raise Conflict("There is nothing to undo in the list of ideas that go on.")
        _write(session, view, moderator, "undo", now, lambda it: replace(before, version=it.version + 1))


def choice(db: Database, moderator: ModeratorBadge) -> Choice:
    """All that the desk needs to pick. Raises NotAllowed before the results are revealed."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        _must_be_revealed(view)
        ranking = _ranking(session, view)
        return Choice(
            going_on=rows.newest(session, view.id),
            board=shown.board(session, view),
            suggestions=() if ranking is None else rules.suggestions(ranking),
            proposal=() if ranking is None else rules.proposal(ranking),
            undoable=rows.before(session, view.id) is not None,
        )


def ideas(session: Session, view: WorkshopView) -> tuple[ShownIdea, ...]:
    """The ideas that go on and stand on the board, in the order of picking, in a transaction that reads.

    They are read by themselves: a board of a thousand ideas would be read for every phone that joins a card.
    """
    picked = rows.newest(session, view.id)
    if not picked.ideas or not shown.may_see(view, Sight.BOARD):
        return ()
    return _in_order(picked, board_of(idea_rows.published_among(session, view.id, picked.ideas), view.anonymity))


def proposed(session: Session, view: WorkshopView) -> tuple[tuple[ShownIdea, str], ...]:
    """What is proposed with its reasons while nobody has picked; nothing once somebody has."""
    if rows.newest(session, view.id).version:
        return ()
    board = {idea.number: idea for idea in shown.board(session, view)}
    return tuple((board[each.number], each.reason) for each in _proposal(session, view) if each.number in board)


def _change(
    db: Database, moderator: ModeratorBadge, action: str, seen: int, change: Change, picked: UUID | None = None
) -> None:
    with db.writing() as session:
        view = _opened(session, moderator)
        if picked is not None and picked not in {idea.id for idea in shown.board(session, view)}:
            raise NotFound("This idea is not on the board (any more). Choose another one.")
        _write(session, view, moderator, action, _unchanged(session, view, seen), change)


def _opened(session: Session, moderator: ModeratorBadge) -> WorkshopView:
    view = turn.take(session, moderator.workshop_id)
    _must_be_revealed(view)
    return view


def _must_be_revealed(view: WorkshopView) -> None:
    if not shown.may_see(view, Sight.RESULTS) and not shown.may_see(view, Sight.CARDS):
        raise NotAllowed("Ideas are picked once the results are revealed. Open that step first.")


def _unchanged(session: Session, view: WorkshopView, seen: int) -> GoingOn:
    now = rows.newest(session, view.id)
    if now.version != seen:
        raise Conflict("The list was changed a moment ago. Look at it as it is now, then decide again.")
    return now


def _write(
    session: Session, view: WorkshopView, moderator: ModeratorBadge, action: str, before: GoingOn, change: Change
) -> None:
    after, now = change(before), clock.now()
    rows.append(session, view.id, after, action=action, at=now)
    log_rows.record(
        session,
        view.id,
        actor=moderator.label,
        verb="go on",
        details={"action": action, "version": after.version, "ideas": list(map(str, after.ideas))},
        at=now,
    )
    announce(session, view.id, *TOPICS)


def _proposal(session: Session, view: WorkshopView) -> tuple[Suggestion, ...]:
    ranking = _ranking(session, view)
    return () if ranking is None else rules.proposal(ranking)


def _ranking(session: Session, view: WorkshopView) -> Ranking | None:
    """Both orders; None in a run of show that reveals no votes."""
    return shown.results(session, view) if shown.may_see(view, Sight.RESULTS) else None


def _in_order(going_on: GoingOn, board: tuple[ShownIdea, ...]) -> tuple[ShownIdea, ...]:
    by_id = {idea.id: idea for idea in board}
    return tuple(by_id[idea] for idea in going_on.ideas if idea in by_id)
