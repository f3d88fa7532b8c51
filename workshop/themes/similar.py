"""Ideas that may have been said already: a hint while somebody types, and pairs for the desk. Nothing is ever merged.

Opposite statements stand close to each other too, so a person has to read both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop.themes.board import Text
from workshop.themes.embedders import Embedder, Embedding, default_embedder, quick_part
from workshop.themes.embedding import Vectors, blocks_of, embed
from workshop.themes.geometry import unit

MAYBE_THE_SAME = 0.80
RELATED = 0.70
MOST_HINTS = 3
MOST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Similar:
    """An idea close to what is being written; `maybe_same` from .80 on, otherwise related."""

    id: str
    similarity: float
    maybe_same: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ideas that may be the same."""

    ids: tuple[str, str]
    similarity: float


@dataclass(frozen=True, slots=True)
class Comparable:
    """Texts made ready to be compared with: a unit row (d,) of float32 for each id. Made once, read by all who type."""

    ids: tuple[str, ...]
    rows: Embedding


def similar(
    text: Text, texts: Sequence[Text], *, vectors: Vectors | None = None, embedder: Embedder | None = None
) -> tuple[Similar, ...]:
    """At most three ideas that resemble this text, the most similar first."""
    together = comparable([*texts, text], vectors=vectors, embedder=embedder)  # one call: words compare within it only
    if text.id not in together.ids:
        return ()
    return nearest(together.rows[together.ids.index(text.id)], [together], but=text.id)


def comparable(
    texts: Sequence[Text], *, vectors: Vectors | None = None, embedder: Embedder | None = None
) -> Comparable:
    """The texts that say anything, as unit rows; a text whose vector `vectors` lacks is read now."""
    embedder = quick_part(embedder or default_embedder())
    said = list({text.id: text for text in texts if text.text.strip()}.values())
    found = embed(said, embedder=embedder, known=vectors)
    rows = unit(blocks_of(said, found, embedder)[0]) if said else np.zeros((0, 1))
    return Comparable(tuple(text.id for text in said), rows.astype(np.float32))


def nearest(row: Embedding, among: Sequence[Comparable], *, but: str = "") -> tuple[Similar, ...]:
    """At most three ideas of all groups that resemble a unit row, the most similar first, and never the id `but`."""
    best = {
        idea: how
        for group in among
        if group.ids
        for idea, how in zip(group.ids, np.round((group.rows @ row).astype(np.float64), 4).tolist(), strict=True)
        if how >= RELATED and idea != but
    }
    ordered = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_HINTS]
    return tuple(Similar(idea, how, how >= MAYBE_THE_SAME) for idea, how in ordered)


def pairs(among: Comparable, *, most: int = MOST_PAIRS) -> tuple[Pair, ...]:
    """The pairs that may be the same, the most similar first: n^2 products, some 30 ms for 1,000 ideas."""
    likeness = np.triu(among.rows @ among.rows.T, k=1)
    close = [(i, j, round(float(likeness[i, j]), 4)) for i, j in np.argwhere(likeness >= MAYBE_THE_SAME - 1e-4)]
    found = [Pair((among.ids[i], among.ids[j]), how) for i, j, how in close if how >= MAYBE_THE_SAME]
    return tuple(sorted(found, key=lambda pair: (-pair.similarity, pair.ids))[:most])
