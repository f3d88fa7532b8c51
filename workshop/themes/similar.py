"""A hint while somebody types: this may have been said already. It never merges anything by itself.

Opposite statements stand close to each other too, so a person has to read both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop.themes.board import Text
from workshop.themes.embedders import Embedder, default_embedder, quick_part
from workshop.themes.embedding import Vectors, blocks_of, embed
from workshop.themes.geometry import unit

MAYBE_THE_SAME = 0.80
RELATED = 0.70
MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """An idea close to what is being written; `maybe_same` from .80 on, otherwise related."""

    id: str
    similarity: float
    maybe_same: bool


def similar(
    text: Text, texts: Sequence[Text], *, vectors: Vectors | None = None, embedder: Embedder | None = None
) -> tuple[Similar, ...]:
    """At most three ideas that resemble this text, the most similar first."""
    embedder = quick_part(embedder or default_embedder())
    others = [other for other in texts if other.id != text.id and other.text.strip()]
    if not others or not text.text.strip():
        return ()
    found = embed([text, *others], embedder=embedder, known=vectors)
    rows = unit(blocks_of([text, *others], found, embedder)[0])
    likeness = np.round(rows[1:] @ rows[0], 4)
    best = sorted(zip(likeness.tolist(), others, strict=True), key=lambda pair: (-pair[0], pair[1].id))[:MOST_HINTS]
    return tuple(Similar(other.id, how, how >= MAYBE_THE_SAME) for how, other in best if how >= RELATED)
