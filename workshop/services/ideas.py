"""Ideas: sending them exactly once, completing them at the table, reading what the present step shows of them.

Who may change what: the author everything, on the phone or on the table's tablet; the others at the table, once they
share, what each side brings and what is still needed; the tablet of the table everything in its table's ideas. As soon
as voting opens every text stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from workshop.domain import idea as rules
from workshop.domain import permissions
from workshop.domain.idea import Idea, IdeaDraft, ShownIdea, Standing
from workshop.domain.permissions import Act, Sight
from workshop.domain.room import Person, WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, drafts, idea_writing, shown, turn
from workshop.services.access import Badge, ModeratorBadge, ParticipantBadge
from workshop.services.idea_writing import GONE, AuthorBadge
from workshop.services.publishing import publish, publish_for
from workshop.services.shown import Counters, KeptBack, TableIdeas
from workshop.storage import Database, Session
from workshop.storage import drafts as draft_rows
from workshop.storage import ideas as rows

__all__ = [
    "Saved",
    "board",
    "counters",
    "kept_back",
    "mine",
    "of_table",
    "publish",
    "publish_for",
    "revise",
    "submit",
    "to_change",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer to a text that was sent. ``of_limit`` is (ideas that this person has, most per person).

    ``late`` marks a text that came after its step had ended, ``already`` one that had been sent before.
    """

    idea: Idea
    of_limit: tuple[int, int]
    late: bool
    already: bool


def submit(db: Database, participant: ParticipantBadge, draft: IdeaDraft, *, slot: str = drafts.IDEA) -> Saved:
    """Send an idea. The same form sent again, even after a restart, is the same idea.

    When there is no place for it (writing is over, a limit is reached) it is kept as the draft of ``slot``, and the
    refusal says so. A withdrawn idea that is sent again comes back under its number.
    """
    with db.writing() as session:
        view = turn.take(session, participant.workshop_id)
        author = idea_writing.person(session, participant)
        normal = rules.checked(view.event, draft)
        same = rows.by_text(session, author.id, rules.text_hash(normal))
        if same is not None and same.standing is not Standing.WITHDRAWN:
            draft_rows.discard(session, author.id, slot)
            return _saved(session, view, author, same, already=True)
        refusal = _no_place(session, view, author)
        if refusal is None:
            idea = _add(session, view, author, normal) if same is None else _bring_back(session, view, same, normal)
            draft_rows.discard(session, author.id, slot)
            return _saved(session, view, author, idea, already=False)
        draft_rows.keep(session, author.id, slot, normal.as_fields(), at=clock.now())
    raise refusal


def revise(db: Database, writer: AuthorBadge, idea_id: UUID, draft: IdeaDraft, *, seen_version: int) -> Idea:
    """Change the text of an idea. ``seen_version`` is the version that the form was filled from."""
    with db.writing() as session:
        view = turn.take(session, writer.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        pen = _pen_for(session, view, writer, idea)
        normal = rules.checked(view.event, draft)
        changed = rules.changed_fields(idea.draft, normal)
        if not changed:
            return idea
        _must_be_open_to_changes(view, idea)
        if idea.version != seen_version:
            raise Conflict("Somebody changed this idea a moment ago. Read it as it is now, then change it again.")
        if not changed <= pen:
            raise NotAllowed(
                "Title, pitch and sectors are the author's. Your table can complete what each side brings and what is "
                "still needed."
            )
        after = _with_text(idea, normal, at=clock.now())
        details = {"text": rules.text_hash(normal), "version": after.version}
        idea_writing.save(session, view, after, verb="revise", details=details)
        return after


def to_change(db: Database, writer: AuthorBadge, idea_id: UUID) -> tuple[Idea, frozenset[str]]:
    """An idea as its text stands now, and the names of the fields that this writer may change. Raises NotFound."""
    with db.reading() as session:
        view = turn.look(session, writer.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        fields = _pen_for(session, view, writer, idea)
    return idea, fields


def withdraw(db: Database, author: AuthorBadge, idea_id: UUID) -> Idea:
    """Take one's own idea back, until voting opens. It keeps its number; sent again, it returns."""
    with db.writing() as session:
        view = turn.take(session, author.workshop_id)
        idea = idea_writing.found(session, view, idea_id)
        if idea.author_id not in idea_writing.writer(session, author).people:
            raise NotFound(GONE)
        if idea.standing is Standing.WITHDRAWN:
            return idea
        _must_be_open_to_changes(view, idea)
        after = replace(idea, withdrawn_at=clock.now())
        idea_writing.save(session, view, after, verb="withdraw", details={})
        return after


def mine(db: Database, participant: ParticipantBadge) -> tuple[Idea, ...]:
    """A person's own ideas by number, with what became of them: also the hidden ones, with the moderator's reason."""
    with db.reading() as session:
        return rows.of_author(session, participant.participant_id)


def of_table(db: Database, badge: AuthorBadge) -> TableIdeas | None:
    """What the table looks at together, without ideas until tables share; None for somebody without a table."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        table_id = idea_writing.writer(session, badge).table_id
        return None if table_id is None else shown.of_table(session, view, table_id)


def board(db: Database, badge: Badge) -> tuple[ShownIdea, ...]:
    """The published ideas by number; nothing, for any badge, before the board opens."""
    with db.reading() as session:
        return shown.board(session, turn.look(session, badge.workshop_id))


def counters(db: Database, badge: Badge) -> Counters:
    """Ideas in numbers, per table and per sector: what may be shown while texts are hidden."""
    with db.reading() as session:
        return shown.counters(session, turn.look(session, badge.workshop_id))


def kept_back(db: Database, moderator: ModeratorBadge) -> tuple[KeptBack, ...]:
    """How much tables have not published."""
    with db.reading() as session:
        return shown.kept_back(session, turn.look(session, moderator.workshop_id))


def _pen_for(session: Session, view: WorkshopView, writer: AuthorBadge, idea: Idea) -> frozenset[str]:
    who = idea_writing.writer(session, writer)
    fields = rules.may_change(idea, who, table_sees_it=shown.may_see(view, Sight.TABLE_IDEAS))
    if not fields:
        raise NotFound(GONE)
    return fields


def _no_place(session: Session, view: WorkshopView, author: Person) -> NotAllowed | Conflict | None:
    """Why one more idea of this person cannot be taken now, or None."""
    if Act.WRITE not in permissions.may(view.event, view.state, clock.now()):
        when = "has not opened yet" if view.state.writing_closed_at is None else "is over"
        return NotAllowed(f"Writing {when}. Your text is kept as a draft; ask the moderator to open writing.")
    limits = view.event.limits
    own = rows.count_of_author(session, author.id)
    if own >= limits.ideas_per_person:
        return Conflict(
            f"You have sent {own} of {limits.ideas_per_person} ideas. Your text is kept as a draft; withdraw an idea "
            "to send it."
        )
    if author.table_id is None:
        return None
    at_table = rows.count_of_table(session, view.id, author.table_id)
    if at_table >= limits.ideas_per_table:
        return Conflict(
            f"Your table has sent {at_table} of {limits.ideas_per_table} ideas. Your text is kept as a draft; it can "
            "be sent when somebody at the table withdraws an idea."
        )
    return None


def _add(session: Session, view: WorkshopView, author: Person, draft: IdeaDraft) -> Idea:
    now = clock.now()
    idea = Idea(
        id=uuid4(),
        number=rows.next_number(session, view.id),
        title=draft.title,
        pitch=draft.pitch,
        sectors=draft.sectors,
        brings=draft.brings,
        still_needed=draft.still_needed,
        side=author.side,
        author_id=author.id,
        table_id=author.table_id,
        step_key=view.state.step_key,
        created_at=now,
        late=permissions.is_late(view.event, view.state, now),
        published_at=_published_at_once(view, now),
    )
    rows.add(session, view.id, idea, text_hash=rules.text_hash(draft))
    details = {"number": idea.number, "text": rules.text_hash(draft)}
    idea_writing.tell(session, view, idea, verb="submit", details=details)
    return idea_writing.found(session, view, idea.id)  # with the name of the table


def _bring_back(session: Session, view: WorkshopView, withdrawn: Idea, draft: IdeaDraft) -> Idea:
    now = clock.now()
    idea = replace(_with_text(withdrawn, draft, at=now), withdrawn_at=None, published_at=_published_at_once(view, now))
    details = {"number": idea.number, "text": rules.text_hash(draft)}
    idea_writing.save(session, view, idea, verb="submit", details=details)
    return idea


def _published_at_once(view: WorkshopView, now: datetime) -> datetime | None:
    """A late save where no step for sharing was opened: the board is open, and nobody would ever put it up."""
    never_shared = view.state.sharing_opened_at is None and shown.may_see(view, Sight.BOARD)
    return now if never_shared else None


def _saved(session: Session, view: WorkshopView, author: Person, idea: Idea, *, already: bool) -> Saved:
    own = rows.count_of_author(session, author.id)
    return Saved(idea, (own, view.event.limits.ideas_per_person), late=idea.late, already=already)


def _must_be_open_to_changes(view: WorkshopView, idea: Idea) -> None:
    idea_writing.must_be_before_the_vote(view)
    if idea.standing is Standing.MERGED:
        raise Conflict("This idea became part of another one. Ask the moderator to take it out again.")
    if idea.standing is Standing.WITHDRAWN:
        raise Conflict("This idea was withdrawn. Send it again to bring it back.")


def _with_text(idea: Idea, draft: IdeaDraft, *, at: datetime) -> Idea:
    return replace(
        idea,
        title=draft.title,
        pitch=draft.pitch,
        sectors=draft.sectors,
        brings=draft.brings,
        still_needed=draft.still_needed,
        version=idea.version + 1,
        edited_at=at,
    )
