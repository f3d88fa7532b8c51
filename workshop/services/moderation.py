"""Moderation: what the moderator does to ideas. Nothing is deleted, all of it can be taken back, all of it is logged.

Merging makes a new idea with a number of its own. The originals stay as they are, point to it, and their credits stand
on it; the first of them leads: the merged idea takes its side. Once voting has opened nothing is merged or taken apart,
because people gave their dots to what they had read. Hiding stays possible; the dots go back to their owners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from workshop.domain import idea as rules
from workshop.domain.idea import REASON, Idea, IdeaDraft, ShownIdea, Standing
from workshop.domain.permissions import Sight
from workshop.domain.room import WorkshopView
from workshop.domain.text import fingerprint, required
from workshop.errors import Conflict, Invalid, NotAllowed
from workshop.services import clock, idea_writing, shown, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import ideas as rows
from workshop.storage import votes as vote_rows


def overview(db: Database, moderator: ModeratorBadge) -> tuple[ShownIdea, ...]:
    """Every idea by number with where it stands, hidden and withdrawn ones too; nothing before tables share."""
    with db.reading() as session:
        return shown.everything(session, turn.look(session, moderator.workshop_id))


def hide(db: Database, moderator: ModeratorBadge, idea_id: UUID, *, reason: str) -> ShownIdea:
    """Take an idea off every screen but its author's, who reads the reason, and the moderator's."""
    why = required(reason, limit=REASON, what="reason")
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        if idea.standing is Standing.MERGED:
            raise Conflict("This idea is part of a merged one. Hide that one, or take it apart first.")
        if idea.standing is Standing.WITHDRAWN:
            raise Conflict("This idea was withdrawn by its author, so nobody sees it any more.")
        if idea.hidden_reason == why:
            return _shown(session, view, idea.id)
        dots = vote_rows.release(session, idea.id) if idea.standing is Standing.PUBLISHED else 0
        after = replace(idea, hidden_at=idea.hidden_at or clock.now(), hidden_reason=why)
        details = {"number": idea.number, "reason": fingerprint(why), "dots_given_back": dots}
        return _save(session, view, after, moderator, verb="hide", details=details)


def restore(db: Database, moderator: ModeratorBadge, idea_id: UUID) -> ShownIdea:
    """Show a hidden idea again where it stood before. Its dots return, but for those that were spent elsewhere."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        if idea.hidden_at is None:
            return _shown(session, view, idea.id)
        after = replace(idea, hidden_at=None, hidden_reason="")
        returned = vote_rows.retake(session, idea.id, at=clock.now()) if after.standing is Standing.PUBLISHED else 0
        details = {"number": idea.number, "dots_returned": returned}
        return _save(session, view, after, moderator, verb="restore", details=details)


def merge(db: Database, moderator: ModeratorBadge, idea_ids: Sequence[UUID], draft: IdeaDraft) -> ShownIdea:
    """Make one new idea out of two or more on the board, in the moderator's words. The first one leads.

    The same merge sent again is the same idea.
    """
    wanted = tuple(dict.fromkeys(idea_ids))
    if len(wanted) < 2:
        raise Invalid("Choose at least two ideas to merge.")
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        normal = rules.checked(view.event, draft)
        originals = [idea_writing.found(session, view, idea_id) for idea_id in wanted]
        done = _merged_before(session, view, originals, normal)
        if done is not None:
            return done
        idea_writing.must_be_before_the_vote(view)
        for original in originals:
            _must_be_on_the_board(view, original)
        return _merge(session, view, originals, normal, moderator)


def unmerge(db: Database, moderator: ModeratorBadge, idea_id: UUID) -> tuple[ShownIdea, ...]:
    """Take a merged idea apart: its originals return to the board, its number is not given again."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        parent = idea_writing.found(session, view, idea_id)
        if not parent.is_merge:
            raise Invalid("This idea was not made by merging.")
        if parent.standing is Standing.MERGED:
            raise Conflict("This idea is part of another merged one. Take that one apart first.")
        if parent.standing is Standing.WITHDRAWN:
            raise Conflict("This idea was taken apart already; its originals are on the board again.")
        idea_writing.must_be_before_the_vote(view)
        parts = [idea for idea in rows.every(session, view.id) if idea.merged_into_id == parent.id]
        for part in parts:
            rows.save(session, replace(part, merged_into_id=None))
        details = {"number": parent.number, "originals": [str(part.id) for part in parts]}
        _save(session, view, replace(parent, withdrawn_at=clock.now()), moderator, verb="unmerge", details=details)
        _announce_tables(session, view, parts)
        back = {part.id for part in parts}
        return tuple(idea for idea in rules.all_shown(rows.every(session, view.id), view.anonymity) if idea.id in back)


def _merge(
    session: Session, view: WorkshopView, originals: Sequence[Idea], draft: IdeaDraft, moderator: ModeratorBadge
) -> ShownIdea:
    now = clock.now()
    parent = Idea(
        id=uuid4(),
        number=rows.next_number(session, view.id),
        title=draft.title,
        pitch=draft.pitch,
        sectors=draft.sectors,
        brings=draft.brings,
        still_needed=draft.still_needed,
        side=originals[0].side,
        author_id=None,
        table_id=None,
        step_key=view.state.step_key,
        created_at=now,
        published_at=now,
        is_merge=True,
    )
    rows.add(session, view.id, parent, text_hash=rules.text_hash(draft))
    for original in originals:
        rows.save(session, replace(original, merged_into_id=parent.id))
    details = {
        "number": parent.number,
        "originals": [str(original.id) for original in originals],
        "text": rules.text_hash(draft),
    }
    idea_writing.tell(session, view, parent, verb="merge", details=details, actor=moderator.label)
    announce(session, view.id, "moderation", "results")
    _announce_tables(session, view, originals)
    return _shown(session, view, parent.id)


def _merged_before(
    session: Session, view: WorkshopView, originals: Sequence[Idea], draft: IdeaDraft
) -> ShownIdea | None:
    """The idea that these have become already, when the same merge is sent twice."""
    parents = {original.merged_into_id for original in originals}
    parent_id = parents.pop()
    if parents or parent_id is None:
        return None
    parent = _shown(session, view, parent_id)
    same_text = rules.text_hash(
        IdeaDraft(parent.title, parent.pitch, parent.sectors, parent.brings, parent.still_needed)
    )
    return parent if same_text == rules.text_hash(draft) and len(parent.originals) == len(originals) else None


def _must_be_on_the_board(view: WorkshopView, idea: Idea) -> None:
    if not shown.may_see(view, Sight.BOARD):
        raise NotAllowed("Ideas can be merged as soon as the board is open. Open the step where tables share first.")
    if idea.standing is not Standing.PUBLISHED:
        raise Conflict(
            f"Idea #{idea.number} is not on the board (any more), so it cannot be merged. Choose another one."
        )


def _save(
    session: Session,
    view: WorkshopView,
    idea: Idea,
    moderator: ModeratorBadge,
    *,
    verb: str,
    details: Mapping[str, object],
) -> ShownIdea:
    idea_writing.save(session, view, idea, verb=verb, details=details, actor=moderator.label)
    announce(session, view.id, "moderation", "turnout", "ratings", "results")
    return _shown(session, view, idea.id)


def _announce_tables(session: Session, view: WorkshopView, ideas: Sequence[Idea]) -> None:
    announce(session, view.id, "counters", *(f"table:{idea.table_id}" for idea in ideas if idea.table_id is not None))


def _shown(session: Session, view: WorkshopView, idea_id: UUID) -> ShownIdea:
    everything = rules.all_shown(rows.every(session, view.id), view.anonymity)
    return next(idea for idea in everything if idea.id == idea_id)
