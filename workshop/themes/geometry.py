"""Unit vectors and centres."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]

SMALLEST_NORM = 1e-6


def unit(rows: Matrix) -> Matrix:
    """Rows scaled to length 1; a row that is nearly zero has no direction and becomes zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.where(norms > SMALLEST_NORM, rows / np.maximum(norms, SMALLEST_NORM), 0.0)
    return scaled


def centres(rows: Matrix, labels: Labels, count: int) -> Matrix:
    """Unit mean of the rows of each label 0..count-1; zero for a label without rows, and labels below 0 are ignored."""
    sums = np.zeros((count, rows.shape[1]))
    members = labels >= 0
    np.add.at(sums, labels[members], rows[members])
    return unit(sums)


def likeness_to_centres(rows: Matrix, labels: Labels, count: int) -> Matrix:
    """Cosine (n, count) of each row with the centre of each label; with its own, the centre of the others there."""
    likeness = rows @ centres(rows, labels, count).T
    inside = np.flatnonzero(labels >= 0)
    sums = np.zeros((count, rows.shape[1]))
    np.add.at(sums, labels[inside], rows[inside])
    rest = sums[labels[inside]] - rows[inside]
    norms = np.linalg.norm(rest, axis=1)
    likeness[inside, labels[inside]] = np.einsum("ij,ij->i", rows[inside], rest) / np.where(norms > 0, norms, 1.0)
    return likeness


def relabelled(labels: Labels) -> Labels:
    """The same grouping with labels 0, 1, 2 ... in order of first appearance."""
    order: dict[int, int] = {}
    return np.array([order.setdefault(int(label), len(order)) for label in labels], dtype=np.int64)
