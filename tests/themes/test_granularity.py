"""How many themes a room gets: what its ideas suggest, and what a person asks for."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from workshop import themes
from workshop.errors import Invalid
from workshop.themes.communities import Fixed
from workshop.themes.geometry import unit
from workshop.themes.granularity import Wish, grouped, readable_themes, silhouette
from workshop.themes.splitting import parts


def room(subjects: int, each: int, *, noise: float = 0.2) -> np.ndarray:
    """Unit rows around `subjects` directions."""
    middle = np.repeat(np.eye(subjects, 24), each, axis=0)
    return unit(middle + noise * np.random.default_rng(3).normal(size=middle.shape))


def free(rows: np.ndarray) -> Fixed:
    return Fixed(np.full(len(rows), -1, dtype=np.int64))


@pytest.mark.parametrize("subjects", [2, 3, 5, 7])
def test_the_ideas_say_how_many_subjects_there_are(subjects):
    rows = room(subjects, 12)
    assert grouped(rows, free(rows), Wish(), seed=0).themes == subjects


def test_one_fixed_resolution_parts_what_belongs_together():
    rows = room(2, 40, noise=0.25)
    fine = grouped(rows, free(rows), Wish("more"), seed=0)
    assert fine.themes > grouped(rows, free(rows), Wish(), seed=0).themes == 2


def test_the_silhouette_is_the_textbooks():
    rows = room(4, 9, noise=0.5)
    labels = np.arange(36) // 7
    assert silhouette(rows, labels) == pytest.approx(silhouette_score(rows, labels, metric="cosine"))
    assert silhouette(rows, np.zeros(36, dtype=np.int64)) == 0


def test_a_room_is_never_given_more_themes_than_can_be_read():
    assert [readable_themes(size) for size in (8, 20, 60, 150, 500, 1_000)] == [5, 6, 8, 11, 15, 15]
    rows = room(20, 5, noise=0.1)
    assert grouped(rows, free(rows), Wish(), seed=0).themes <= readable_themes(100)


@pytest.mark.parametrize("count", range(1, 13))
def test_an_exact_number_of_themes_is_exactly_that(texts, counter, count):
    board = themes.propose(texts, embedder=counter, languages=["en"], count=count)
    assert len(board.themes) == count
    assert all(len(theme.idea_ids) > 1 for theme in board.themes)


def test_an_exact_number_counts_the_themes_that_people_fixed(texts, counter):
    pins = {"health-0": "ours", "farming-0": "theirs"}
    board = themes.propose(texts, embedder=counter, languages=["en"], pins=pins, count=2)
    assert {theme.id for theme in board.themes} == {"ours", "theirs"}


@pytest.mark.parametrize("count", [0, -1, 17, 1_000])
def test_a_number_that_cannot_be_is_refused_with_a_sentence(texts, counter, count):
    with pytest.raises(Invalid, match="theme"):
        themes.propose(texts, embedder=counter, languages=["en"], count=count)


def test_fewer_themes_than_are_fixed_are_refused(texts, counter):
    pins = {"health-0": "ours", "farming-0": "theirs"}
    with pytest.raises(Invalid, match="2 of their themes fixed"):
        themes.propose(texts, embedder=counter, languages=["en"], pins=pins, count=1)


def test_the_largest_group_is_halved_along_its_subjects():
    rows = room(3, 8)
    together = np.repeat([0, 0, 1], 8)
    found = parts(rows, together, 3, smallest=2, may_split=np.array([True, True]))
    assert (
        len({tuple(np.flatnonzero(found == label)) for label in range(3)} & {tuple(range(8)), tuple(range(8, 16))}) == 2
    )
    held = parts(rows, together, 3, smallest=2, may_split=np.array([False, False]))
    assert (held == together).all()
