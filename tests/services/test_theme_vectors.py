"""Texts are read ahead of the moderator, each once by each model, and only what is on the board."""

import pytest

from tests.services.room import Room
from workshop import themes as method
from workshop.domain.event import StepKind
from workshop.services import shown, theme_vectors, turn
from workshop.storage import Database
from workshop.themes import Text
from workshop.themes.embedders import parts_of


@pytest.fixture
def board(db: Database) -> Room:
    """A room with twenty ideas of its own on the board and one that its table keeps."""
    room = Room(db, published_per_table=12)
    room.opens(StepKind.SHARE)
    authors = [room.joins(f"Author {place}", table=place % 6) for place in range(8)]
    for place in range(20):
        room.has_sent(authors[place % 7], f"Ferry {place} of room {room.id}", published=True)
    room.has_sent(authors[7], "What a table keeps to itself")
    return room


def texts(board: Room) -> list[Text]:
    with board.db.reading() as session:
        return [theme_vectors.text_of(idea) for idea in shown.board(session, turn.look(session, board.id))]


def test_what_was_read_ahead_is_not_read_again(board: Room) -> None:
    assert theme_vectors.read_ahead(board.db, board.id, goes_on=lambda: True) == 20
    with board.db.reading() as session:
        keys = method.vector_keys(texts(board))
        assert theme_vectors.rows.kept(session, keys) == keys
    assert theme_vectors.read_ahead(board.db, board.id, goes_on=lambda: True) == 0


def test_what_a_table_keeps_is_not_read(board: Room) -> None:
    theme_vectors.read_ahead(board.db, board.id, goes_on=lambda: True)
    assert all("keeps to itself" not in text.text for text in texts(board))
    hidden = Text("", "What a table keeps to itself. ")
    with board.db.reading() as session:
        assert theme_vectors.rows.known(session, method.vector_keys([hidden])) == {}


def test_a_reader_that_is_told_to_stop_goes_on_where_it_was(board: Room) -> None:
    answers = iter([True, False])
    with pytest.raises(theme_vectors.Stopped):
        theme_vectors.read_ahead(board.db, board.id, goes_on=lambda: next(answers))
    slow = len(parts_of(method.default_embedder())) > 1
    assert theme_vectors.read_ahead(board.db, board.id, goes_on=lambda: True) == (20 if slow else 4)


def test_the_moderator_hears_when_ideas_are_still_being_read(board: Room) -> None:
    ideas = texts(board)
    found = theme_vectors.of(board.db, ideas)
    assert theme_vectors.unread(ideas, found) == 0
    assert theme_vectors.unread(ideas, {}) == 20
