"""Who is near whom: the neighbour graph of ideas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workshop.themes.geometry import Labels, Matrix

WEAKEST = 0.05
ONE_SIDED = 0.5


@dataclass(frozen=True, slots=True)
class Graph:
    """Undirected edges `left[i]` - `right[i]` with weights in 0..1 over `size` nodes, each edge once."""

    size: int
    left: Labels
    right: Labels
    weights: Matrix


def neighbour_graph(rows: Matrix) -> Graph:
    """Every idea tied to its nearest ideas; a tie that only one side feels counts half."""
    size = len(rows)
    near = nearest(rows, neighbour_count(size))
    feels = np.zeros((size, size), dtype=bool)
    feels[np.arange(size)[:, None], near] = True
    left, right = np.nonzero(np.triu(feels | feels.T, 1))
    weights = _rescaled(np.einsum("ij,ij->i", rows[left], rows[right]))
    mutual = feels[left, right] & feels[right, left]
    return Graph(size, left, right, np.where(mutual, weights, weights * ONE_SIDED))


def neighbour_count(size: int) -> int:
    """How many neighbours each idea looks at."""
    return int(min(np.clip(round(1.5 * np.log2(max(size, 2))), 3, 20), max(size - 1, 0)))


def nearest(rows: Matrix, count: int) -> NDArray[np.int64]:
    """Indices of the `count` most similar other rows of each row, best first; equals in order of index."""
    similarity = rows @ rows.T
    np.fill_diagonal(similarity, -np.inf)
    # Rounded, so that equal texts tie exactly and the order of equals does not hang on the last bit of a sum.
    order: NDArray[np.int64] = np.argsort(-np.round(similarity, 6), axis=1, kind="stable")
    return order[:, :count]


def gathered(graph: Graph, nodes: Labels) -> Graph:
    """The graph with nodes merged: node i becomes `nodes[i]`, parallel edges add up, inner edges vanish."""
    size = int(nodes.max()) + 1 if len(nodes) else 0
    left = np.minimum(nodes[graph.left], nodes[graph.right])
    right = np.maximum(nodes[graph.left], nodes[graph.right])
    outer = left != right
    edges, place = np.unique(left[outer] * size + right[outer], return_inverse=True)
    weights = np.bincount(place, weights=graph.weights[outer], minlength=len(edges)).astype(np.float64)
    return Graph(size, edges // max(size, 1), edges % max(size, 1), weights)


def _rescaled(similarity: Matrix) -> Matrix:
    if len(similarity) == 0:
        return similarity
    low, high = np.quantile(similarity, [0.02, 0.98])
    if high - low < 1e-9:
        return np.ones_like(similarity)
    scaled: Matrix = np.clip((similarity - low) / (high - low), WEAKEST, 1.0)
    return scaled
