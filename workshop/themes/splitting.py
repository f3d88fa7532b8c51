"""One group of ideas parted in several."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workshop.themes.geometry import Labels, Matrix, centres

ROUNDS = 10


def parts(rows: Matrix, labels: Labels, count: int, *, smallest: int, may_split: NDArray[np.bool_]) -> Labels:
    """The largest group halved until there are `count`; groups that may not be split, or are too small, stay whole.

    Labels are 0..n-1 before and after; there are fewer than `count` where nothing more can be split.
    """
    labels = labels.copy()
    there = int(labels.max(initial=-1)) + 1
    while there < count:
        sizes = np.bincount(labels, minlength=there)
        sizes[~may_split[:there] | (sizes < 2 * smallest)] = 0
        largest = int(np.argmax(sizes))
        if not sizes[largest]:
            break
        inside = np.flatnonzero(labels == largest)
        labels[inside[second_half(rows[inside], smallest)]] = there
        may_split = np.append(may_split[:there], values=True)
        there += 1
    return labels


def second_half(rows: Matrix, smallest: int) -> NDArray[np.bool_]:
    """True for the rows that leave when the group is halved: cut across its main direction, then two-means."""
    flat = rows - rows.mean(axis=0)
    _, _, directions = np.linalg.svd(flat, full_matrices=False)
    along = np.round(flat @ directions[0], 6)
    along *= np.sign(along[np.argmax(np.abs(along))]) or 1.0  # the sign of a direction is arbitrary
    leaves: NDArray[np.bool_] = along > np.median(along)
    for _ in range(ROUNDS):
        middle = centres(rows, leaves.astype(np.int64), 2)
        along = np.round(rows @ (middle[1] - middle[0]), 6)
        if ((along > 0) == leaves).all():
            break
        leaves = along > 0
    if min(leaves.sum(), (~leaves).sum()) >= smallest:
        return leaves
    order = np.argsort(-along, kind="stable")
    fewest = smallest if leaves.sum() < smallest else len(rows) - smallest
    leaves = np.zeros(len(rows), dtype=bool)
    leaves[order[:fewest]] = True
    return leaves
