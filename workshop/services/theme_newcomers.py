"""Ideas that reach the board after the themes were applied join the nearest one by themselves; nobody else moves."""

from __future__ import annotations

from uuid import UUID

from workshop import themes as method
from workshop.services import shown, theme_vectors, theme_versions, turn
from workshop.storage import Database
from workshop.themes import edits

ACTOR = "themes"


def place_newcomers(db: Database, workshop_id: UUID) -> int:
    """Let newcomers join; gives how many did. For the background: it reads them first, some 50 ms each.

    What was changed meanwhile by hand, or by another process that does the same, stays: an idea that is there by then
    is not touched, and one whose theme is gone by then is placed in the next round.
    """
    with db.reading() as session:
        view = turn.look(session, workshop_id)
        seen = theme_versions.newest(session, view.id)
        ideas = shown.board(session, view)
    there = seen.board.theme_of()
    texts = [theme_vectors.text_of(idea) for idea in ideas]
    newcomers = [text for text in texts if text.id not in there]
    if not newcomers or not seen.board.themes:
        return 0
    vectors = theme_vectors.of(db, texts)
    grown = seen.board
    for text in newcomers:
        grown = method.place(text, grown, texts, vectors=vectors, languages=view.event.languages)
    with db.writing() as session:
        turn.take(session, workshop_id)
        now = theme_versions.newest(session, workshop_id)
        board = edits.joined(now.board, grown)
        if board is now.board:
            return 0
        theme_versions.append(
            session,
            workshop_id,
            now,
            board=board,
            pins=now.pins,
            change=now.change,
            action="newcomers",
            actor=ACTOR,
        )
    return len(board.theme_of()) - len(now.board.theme_of())
