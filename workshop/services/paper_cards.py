"""Paper cards: ideas that somebody wrote by hand, entered by a helper or a moderator one after the other.

A card belongs to a table and a side; an author is named only where one stands on the card. The same card entered again
is told and not added again. From “Share at the table” on a card goes on the board while its table has room there.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from workshop.domain import idea as rules
from workshop.domain import permissions
from workshop.domain.idea import Idea, IdeaDraft, Standing
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.domain.text import fingerprint
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, idea_writing, publishing, turn
from workshop.services.access import HelperBadge, ModeratorBadge
from workshop.storage import Database, Session
from workshop.storage import ideas as rows
from workshop.storage import people as people_rows
from workshop.storage import room_tables as table_rows


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. With an ``author_id`` table and side are the author's."""

    title: str
    table_id: UUID
    side: str
    pitch: str = ""
    author_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The card as an idea; ``already`` when the same text was there. ``same_title`` are numbers of other ideas."""

    idea: Idea
    already: bool
    same_title: tuple[int, ...]


def enter(db: Database, badge: HelperBadge | ModeratorBadge, card: Card) -> Entered:
    """Add a card as an idea of its table, as long as ideas may still change."""
    with db.writing() as session:
        view = turn.take(session, badge.workshop_id)
        card = _of_its_author(session, view, card)
        view.event.side(card.side)
        draft = rules.checked(view.event, IdeaDraft(card.title, card.pitch))
        everything = [idea for idea in rows.every(session, view.id) if idea.standing is not Standing.WITHDRAWN]
        there = next((idea for idea in everything if _is_same(idea, card, draft)), None)
        alike = tuple(
            idea.number
            for idea in everything
            if idea is not there and fingerprint(idea.title) == fingerprint(draft.title)
        )
        if there is not None:
            return Entered(there, already=True, same_title=alike)
        _must_have_a_place(session, view, card)
        return Entered(_add(session, view, card, draft, badge), already=False, same_title=alike)


def _of_its_author(session: Session, view: WorkshopView, card: Card) -> Card:
    if card.table_id not in table_rows.table_names(session, view.id):
        raise NotFound("This table does not exist. Choose one from the list.")
    if card.author_id is None:
        return card
    author = people_rows.by_id(session, view.id, card.author_id)
    if author is None:
        raise NotFound("This person is not in the workshop (any more). Choose nobody, or add them first.")
    return Card(card.title, author.table_id or card.table_id, author.side, card.pitch, author.id)


def _is_same(idea: Idea, card: Card, draft: IdeaDraft) -> bool:
    at_the_table = idea.table_id == card.table_id and idea.author_id in {None, card.author_id}
    return at_the_table and rules.text_hash(idea.draft) == rules.text_hash(draft)


def _must_have_a_place(session: Session, view: WorkshopView, card: Card) -> None:
    if view.state.started_at is None or Act.REVISE not in permissions.may(view.event, view.state, clock.now()):
        raise NotAllowed("Cards are entered from the first timed step until voting opens. Ask the moderator.")
    at_table = rows.count_of_table(session, view.id, card.table_id)
    if at_table >= view.event.limits.ideas_per_table:
        raise Conflict(f"This table has {at_table} of {view.event.limits.ideas_per_table} ideas. Withdraw one first.")


def _add(
    session: Session, view: WorkshopView, card: Card, draft: IdeaDraft, badge: HelperBadge | ModeratorBadge
) -> Idea:
    now = clock.now()
    idea = Idea(
        id=uuid4(),
        number=rows.next_number(session, view.id),
        title=draft.title,
        pitch=draft.pitch,
        sectors=(),
        brings={},
        still_needed="",
        side=card.side,
        author_id=card.author_id,
        table_id=card.table_id,
        step_key=view.state.step_key,
        created_at=now,
        published_at=now if publishing.has_room(session, view, card.table_id) else None,
    )
    rows.add(session, view.id, idea, text_hash=rules.text_hash(draft))
    details = {"number": idea.number, "text": rules.text_hash(draft)}
    idea_writing.tell(session, view, idea, verb="enter card", details=details, actor=badge.label)
    return idea_writing.found(session, view, idea.id)
