"""A theme stays the same theme from one board to the next: its id, its colour and, mostly, its name."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from workshop.themes.board import COLOURS, Theme
from workshop.themes.late import late

LEAST_OVERLAP = 0.2
RENAME_ABOVE = 0.4
NAMESPACE = uuid.UUID("6f0c9a7e-52d4-5b1b-9b0e-3f6f4f0f7a11")


def successors(groups: Sequence[frozenset[str]], previous: Sequence[Theme]) -> dict[int, Theme]:
    """Which group continues which earlier theme: the matching with the largest total overlap (Jaccard >= 0.2)."""
    if not groups or not previous:
        return {}
    shared = np.array([[overlap(group, theme.idea_ids) for theme in previous] for group in groups])
    shared[shared < LEAST_OVERLAP] = 0.0
    rows, columns = late("scipy.optimize").linear_sum_assignment(-shared)
    return {int(row): previous[column] for row, column in zip(rows, columns, strict=True) if shared[row, column] > 0}


def overlap(group: frozenset[str], idea_ids: Sequence[str]) -> float:
    """Jaccard index of two groups of ideas: 1 for the same ideas, 0 for none in common."""
    other = frozenset(idea_ids)
    return len(group & other) / max(len(group | other), 1)


def keeps_its_name(group: frozenset[str], theme: Theme) -> bool:
    """A name that people have learned changes only when the theme has."""
    return theme.locked or 1 - overlap(group, theme.idea_ids) <= RENAME_ABOVE


def new_id(group: frozenset[str], taken: frozenset[str]) -> str:
    """An id for a theme that was not there before, the same for the same ideas in every run."""
    content = "\0".join(sorted(group))
    while (found := str(uuid.uuid5(NAMESPACE, content))) in taken:
        content += "\0"
    return found


def free_colour(used: Mapping[int, int] | Counter[int]) -> int:
    """The colour that the fewest themes wear, the lowest index first."""
    return min(range(COLOURS), key=lambda colour: (used.get(colour, 0), colour))
