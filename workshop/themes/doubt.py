"""Which ideas nobody can honestly put into a theme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workshop.themes.geometry import Labels, Matrix, likeness_to_centres

MOST_DOUBTFUL = 0.12
LEAST_LIKENESS = 0.05


def doubtful(rows: Matrix, labels: Labels, *, free: NDArray[np.bool_], smallest: int) -> NDArray[np.bool_]:
    """True for ideas that are nearer to another theme than to the rest of their own, and hardly near to that.

    At most 12 % of the ideas, the least fitting first, and never so many that a theme falls below `smallest`.
    """
    count = int(labels.max(initial=-1)) + 1
    others = likeness_to_centres(rows, labels, count)
    own = np.arange(len(rows)), labels
    fit = others[own]
    others[own] = -1.0
    margin = fit - others.max(axis=1, initial=-1.0)
    sizes = np.bincount(labels, minlength=count)
    doubt = np.zeros(len(rows), dtype=bool)
    candidates = np.flatnonzero(free & (margin < 0) & (fit < LEAST_LIKENESS))
    for index in candidates[np.argsort(margin[candidates], kind="stable")].tolist():
        if doubt.sum() >= int(MOST_DOUBTFUL * len(rows)):
            break
        if sizes[labels[index]] > smallest:
            doubt[index] = True
            sizes[labels[index]] -= 1
    return doubt
