"""Why two ideas stand together: the words of the theme they contain and the ideas nearest to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop.themes.graph import nearest
from workshop.themes.room import Room
from workshop.themes.words import Stems, stems_of

NEIGHBOURS = 5


def words_in(found: frozenset[Stems], language: str, keywords: Sequence[str]) -> tuple[str, ...]:
    """The keywords that a text with these phrases contains."""
    return tuple(word for word in keywords if stems_of(word, language) in found)


def nearest_ideas(room: Room) -> dict[str, tuple[tuple[str, float], ...]]:
    """The nearest ideas of each idea with their similarity, best first."""
    near = nearest(room.rows, min(NEIGHBOURS, max(len(room.ids) - 1, 0)))
    likeness = np.round(np.take_along_axis(room.rows @ room.rows.T, near, axis=1), 4)
    return {
        idea: tuple((room.ids[other], float(how)) for other, how in zip(others, alike, strict=True))
        for idea, others, alike in zip(room.ids, near.tolist(), likeness.tolist(), strict=True)
    }
