"""Which ideas of a table stand on the board: the table decides while it shares, the moderator for a table that did not.

Dots follow the board: taken off, an idea gives them back; put up again, it takes what its voters still have.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from workshop.domain import idea as rules
from workshop.domain import permissions
from workshop.domain.idea import Idea, ShownIdea, Standing
from workshop.domain.permissions import Act, Sight
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, idea_writing, shown, turn
from workshop.services.access import ModeratorBadge
from workshop.services.idea_writing import GONE, SOMEBODY, AuthorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import ideas as rows
from workshop.storage import votes as vote_rows

_ON_THE_BOARD = frozenset({Standing.PUBLISHED, Standing.MERGED})


def publish(db: Database, writer: AuthorBadge, idea_id: UUID, *, published: bool) -> Idea:
    """Put an idea of one's table on the board, or take it off again, while tables share."""
    with db.writing() as session:
        view = turn.take(session, writer.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        if not _is_theirs(session, idea, writer):
            raise NotFound(GONE)
        if not _sharing(view):
            raise NotAllowed("Ideas go on the board while tables share. Ask the moderator to open that step.")
        if idea.standing not in rules.AT_THE_TABLE:
            raise Conflict("This idea was taken away or became part of another one. Please look at your list again.")
        if published == (idea.standing is Standing.PUBLISHED):
            return idea
        limit = view.event.limits.published_per_table
        if published and _published(session, view, idea) >= limit:
            raise Conflict(f"Your table has {limit} ideas on the board, and {limit} fit. Take one off the board first.")
        return _put(session, view, idea, published=published)


def publish_for(db: Database, moderator: ModeratorBadge, table_id: UUID | None) -> tuple[ShownIdea, ...]:
    """Publish for a table that did not get to it: its ideas by number, as many as fit. Gives those that were put up.

    ``table_id`` None stands for the ideas of people without a table.
    """
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        if not shown.may_see(view, Sight.TABLE_IDEAS):
            raise NotAllowed("Ideas belong to their authors until tables share. Open that step first.")
        if not _sharing(view):
            idea_writing.must_be_before_the_vote(view)
        put_up = [
            _put(session, view, idea, published=True, actor=moderator.label)
            for idea in rows.of_table(session, view.id, table_id)
            if idea.standing is Standing.KEPT_BACK
            and _published(session, view, idea) < view.event.limits.published_per_table
        ]
        if not put_up:
            raise Conflict("There is nothing to publish here: all is on the board, or as much as fits.")
        return tuple(rules.shown(idea, view.anonymity) for idea in put_up)


def has_room(session: Session, view: WorkshopView, table_id: UUID) -> bool:
    """Whether an idea of this table may stand on the board now, and there is room for one more of them."""
    if not shown.may_see(view, Sight.TABLE_IDEAS) or view.state.voting_opened_at is not None:
        return False
    on_board = sum(idea.standing in _ON_THE_BOARD for idea in rows.of_table(session, view.id, table_id))
    return on_board < view.event.limits.published_per_table


def _sharing(view: WorkshopView) -> bool:
    return Act.PUBLISH in permissions.may(view.event, view.state, clock.now())


def _is_theirs(session: Session, idea: Idea, writer: AuthorBadge) -> bool:
    """Whether the table, or the author who may have moved to another one, decides about it."""
    who = idea_writing.writer(session, writer)
    at_the_table = idea.table_id is not None and idea.table_id == who.table_id
    return not idea.is_merge and (at_the_table or idea.author_id in who.people)


def _published(session: Session, view: WorkshopView, idea: Idea) -> int:
    """How many ideas the table has on the board; people without a table count each for themselves."""
    together = rows.of_table(session, view.id, idea.table_id)
    return sum(
        other.standing in _ON_THE_BOARD
        for other in together
        if idea.table_id is not None or other.author_id == idea.author_id
    )


def _put(session: Session, view: WorkshopView, idea: Idea, *, published: bool, actor: str = SOMEBODY) -> Idea:
    now = clock.now()
    after = replace(idea, published_at=now if published else None)
    dots = vote_rows.retake(session, idea.id, at=now) if published else vote_rows.release(session, idea.id)
    idea_writing.save(session, view, after, verb="publish" if published else "unpublish", details={}, actor=actor)
    announce(session, view.id, "board", *(["turnout"] if dots else []))
    return after
