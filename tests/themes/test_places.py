"""The map: near means alike, and a refresh does not turn it over."""

import numpy as np
from sklearn.manifold import trustworthiness

from workshop import themes
from workshop.themes.room import enter


def test_neighbours_on_the_map_are_neighbours_in_meaning(texts, board):
    room = enter(texts, vectors=None, embedder=themes.default_embedder(), languages=["en"])
    drawn = np.array([board.places[text.id] for text in texts])
    assert trustworthiness(room.rows, drawn, n_neighbors=5, metric="cosine") >= 0.8


def test_a_refresh_keeps_the_map_the_right_way_round(texts):
    old = themes.propose(texts[:24], languages=["en"])
    turned = {idea: (-y, x) for idea, (x, y) in old.places.items()}
    new = themes.propose(texts, languages=["en"], previous=themes.Board(old.themes, old.not_sure, turned))
    before = np.array([turned[text.id] for text in texts[:24]])
    after = np.array([new.places[text.id] for text in texts[:24]])
    as_it_was = np.corrcoef(before[:, 0], after[:, 0])[0, 1] + np.corrcoef(before[:, 1], after[:, 1])[0, 1]
    assert as_it_was > 1


def test_the_map_fills_its_frame(board):
    reach = np.abs(np.array(list(board.places.values()))).max()
    assert 0.9 < reach <= 1


def test_few_ideas_keep_their_neighbours_too(texts):
    few = texts[::2]
    board = themes.propose(few, languages=["en"])
    room = enter(few, vectors=None, embedder=themes.default_embedder(), languages=["en"])
    drawn = np.array([board.places[text.id] for text in few])
    assert len(few) < 20
    assert trustworthiness(room.rows, drawn, n_neighbors=5, metric="cosine") >= 0.8


def test_a_newcomer_is_placed_beside_its_neighbours_and_moves_nobody(texts, board):
    newcomer = themes.Text(
        "late", "Hydrogen barges. Fuel cells for barges, with hydrogen from the refuelling stations."
    )
    grown = themes.place(newcomer, board, texts, languages=["en"])
    assert {idea: grown.places[idea] for idea in board.places} == dict(board.places)
    near = [board.places[idea] for idea, _ in grown.evidence.neighbours["late"]]
    assert np.linalg.norm(np.array(grown.places["late"]) - np.mean(near, axis=0)) < 0.05


def test_a_refresh_moves_ideas_less_than_a_new_map_would(texts, board):
    old = themes.propose(texts[:24], languages=["en"])
    ids = [text.id for text in texts[:24]]

    def way(later):
        moved = np.array([later.places[idea] for idea in ids]) - np.array([old.places[idea] for idea in ids])
        return np.linalg.norm(moved, axis=1).mean()

    refreshed = themes.propose(texts, languages=["en"], previous=old)
    assert way(refreshed) < way(board)
