"""The ideas of a room, ready to be compared: ids, texts, languages and centred vectors, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workshop.themes.board import Text
from workshop.themes.embedders import Embedder
from workshop.themes.embedding import Vectors, blocks_of, embed
from workshop.themes.geometry import Matrix
from workshop.themes.languages import centred, languages_of


@dataclass(frozen=True, slots=True)
class Room:
    """One row per idea. `rows` are unit vectors without the language, `quick` those of the quick part as read."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    titles: tuple[str, ...]
    languages: tuple[str, ...]
    quick: Matrix
    rows: Matrix


def enter(
    texts: Sequence[Text],
    *,
    vectors: Vectors | None,
    embedder: Embedder,
    languages: Sequence[str],
    read_as: Mapping[str, str] | None = None,
    newcomers: int = 0,
) -> Room:
    """The room of these ideas in the order given.

    `read_as` are languages found earlier; the last `newcomers` texts are compared to the room without changing it.
    """
    found = embed(texts, embedder=embedder, known=vectors)
    blocks = blocks_of(texts, found, embedder) if texts else [np.zeros((0, 1))]
    spoken = _spoken(texts, languages, read_as or {})
    rows = centred(blocks, spoken, by=len(texts) - newcomers)
    return Room(
        ids=tuple(text.id for text in texts),
        texts=tuple(text.text for text in texts),
        titles=tuple(text.title for text in texts),
        languages=tuple(spoken),
        quick=blocks[0],
        rows=rows,
    )


def once_each(texts: Sequence[Text]) -> list[Text]:
    """Every idea once, in order of its text: no order of a query, repeated row or random id may change a board."""
    first: dict[str, Text] = {}
    for text in texts:
        first.setdefault(text.id, text)
    return sorted(first.values(), key=lambda text: (text.text, text.id))


def _spoken(texts: Sequence[Text], languages: Sequence[str], read_as: Mapping[str, str]) -> list[str]:
    unread = [text for text in texts if text.id not in read_as]
    read_now = languages_of([text.text for text in unread], languages)
    found = dict(read_as) | {text.id: language for text, language in zip(unread, read_now, strict=True)}
    return [found[text.id] for text in texts]
