"""Ideas that may say the same: a hint for whoever is writing, pairs for the desk. People read both and decide.

What is compared is what its reader may see in this step, read in the transaction that answers: own ideas always, the
table's once tables share, what one's table was dealt, the board where phones read it. Hidden and withdrawn ideas are
nobody's hint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

from workshop import themes as method
from workshop.domain import idea as rules
from workshop.domain import permissions
from workshop.domain.idea import AT_THE_TABLE, ShownIdea
from workshop.domain.permissions import Act, Sight
from workshop.domain.room import WorkshopView
from workshop.errors import Unavailable
from workshop.live import Once
from workshop.services import clock, idea_writing, routing, shown, shown_builds, theme_vectors, topics, turn
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.storage import Database, Session, revisions_of
from workshop.storage import ideas as rows
from workshop.themes import Comparable, Text

FEWEST_WORDS = 3

_NO_ENCODER = "Ideas cannot be compared on this machine: the sentence encoder is not installed."


class Where(StrEnum):
    """Where the reader of a hint finds the idea."""

    OWN = "own"
    TABLE = "table"
    HAND = "hand"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Hint:
    """An idea close to what is being written.

    ``completable``: its table may still add to it, the reader included; ``buildable``: the reader may build on it now.
    """

    idea: ShownIdea
    maybe_same: bool
    where: Where
    completable: bool
    buildable: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Two ideas that may be the same, the lower number first."""

    both: tuple[ShownIdea, ShownIdea]


@dataclass(frozen=True, slots=True)
class _Group:
    """Ideas that are seen in one place, made ready to be compared with."""

    where: Where
    ideas: Mapping[str, ShownIdea]
    rows: Comparable


_Key = tuple[str, UUID, str]

# Shared by all who may see the same: made once per revision. A board of 1,000 ideas has 2 MB.
_tables: Once[_Key, _Group] = Once(most=128)
_boards: Once[_Key, _Group] = Once(most=4)


def hints(
    db: Database, writer: ParticipantBadge, *, title: str, pitch: str, changing: UUID | None = None
) -> tuple[Hint, ...]:
    """At most three ideas that resemble this text, the most similar first; the idea being changed is none of them.

    Empty while there is no encoder, or its weights are still being loaded: nobody waits for a hint.
    """
    text = Text("", f"{title}. {pitch}")
    if len(f"{title} {pitch}".split()) < FEWEST_WORDS or not method.reads_at_once():
        return ()
    with db.reading() as session:
        view = turn.look(session, writer.workshop_id)
        groups = _in_sight(db, session, view, writer)
    [row] = method.comparable([text]).rows
    found = method.nearest(row, [group.rows for group in groups], but=str(changing or ""))
    may = permissions.may(view.event, view.state, clock.now())
    return tuple(_hint(groups, each.id, maybe_same=each.maybe_same, may=may) for each in found)


def pairs(db: Database, moderator: ModeratorBadge) -> tuple[Alike, ...]:
    """At most eight pairs of ideas at tables or on the board that may be the same; none before tables share.

    Takes a second or two where 1,000 ideas have not been read yet: for a button, not for every run of a page.
    """
    if not method.has_encoder():
        raise Unavailable(_NO_ENCODER)
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        standing = (idea for idea in shown.everything(session, view) if idea.standing in AT_THE_TABLE)
        group = _group(session, Where.BOARD, standing)
    found = [(group.ideas[one], group.ideas[other]) for one, other in (pair.ids for pair in method.pairs(group.rows))]
    return tuple(Alike((one, other) if one.number < other.number else (other, one)) for one, other in found)


def _in_sight(db: Database, session: Session, view: WorkshopView, writer: ParticipantBadge) -> list[_Group]:
    """What this person may see now, the nearest to them first: an idea in two groups is told of the first."""
    revisions = revisions_of(session, view.id)

    def made(groups: Once[_Key, _Group], topic: str, read: Callable[[], _Group]) -> _Group:
        # The step belongs to the revision: what it hides must not be answered from a time when it was open.
        revision = (revisions.get(topics.ROOM, 0), revisions.get(topic, 0))
        return groups.get((db.url_without_secret, view.id, topic), read, revision=revision)

    own = [idea for idea in rows.of_author(session, writer.participant_id) if idea.standing in AT_THE_TABLE]
    groups = [_group(session, Where.OWN, (rules.shown(idea, view.anonymity) for idea in own))]
    table_id = idea_writing.person(session, writer).table_id
    if table_id is not None and shown.may_see(view, Sight.TABLE_IDEAS):
        read_table = partial(_table, session, view, table_id)
        groups.append(made(_tables, topics.of_table(table_id), read_table))
    if routing.is_open(view):
        hand = shown_builds.hand(session, view, routing.holder_of(session, writer))
        groups.append(_group(session, Where.HAND, (card.idea for card in (*hand.cards, *hand.earlier))))
    if topics.told(writer, view, topics.BOARD):
        groups.append(made(_boards, topics.BOARD, partial(_board, session, view)))
    return groups


def _table(session: Session, view: WorkshopView, table_id: UUID) -> _Group:
    return _group(session, Where.TABLE, shown.of_table(session, view, table_id).ideas)


def _board(session: Session, view: WorkshopView) -> _Group:
    return _group(session, Where.BOARD, shown.board(session, view))


def _group(session: Session, where: Where, ideas: Iterable[ShownIdea]) -> _Group:
    by_id = {str(idea.id): idea for idea in ideas}
    texts = [theme_vectors.text_of(idea) for idea in by_id.values()]
    rows_of = method.comparable(texts, vectors=theme_vectors.quick(session, texts))
    return _Group(where, by_id, rows_of)


def _hint(groups: Iterable[_Group], idea: str, *, maybe_same: bool, may: frozenset[Act]) -> Hint:
    group = next(group for group in groups if idea in group.ideas)
    completable = Act.REVISE in may and group.where is Where.TABLE
    buildable = Act.BUILD in may and group.where is Where.HAND
    return Hint(group.ideas[idea], maybe_same, group.where, completable, buildable)
