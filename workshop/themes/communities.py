"""Leiden communities of the neighbour graph, with what people fixed kept.

Traag, Waltman and van Eck (2019), "From Louvain to Leiden". Ideas that belong to one fixed theme enter as one node, so
no run can part them; two fixed themes that end up together are parted again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workshop.themes.geometry import Labels, Matrix, centres, relabelled
from workshop.themes.graph import Graph, gathered, neighbour_graph
from workshop.themes.late import is_there, late

LEIDEN_ROUNDS = 2
LEIDEN_TRIALS = 4
FREE = -1


@dataclass(frozen=True, slots=True)
class Fixed:
    """What people decided: `anchors[i]` is the fixed theme (0..count-1) of idea i, or FREE."""

    anchors: Labels
    count: int = 0


@dataclass(frozen=True, slots=True)
class Ideas:
    """What is to be grouped: unit rows with their neighbour graph, what is fixed, and where to set out from.

    `start` is a label per row, or nothing.
    """

    rows: Matrix
    graph: Graph
    fixed: Fixed
    seed: int
    start: Labels | None = None


def ideas_of(rows: Matrix, fixed: Fixed, *, seed: int, start: Labels | None = None) -> Ideas:
    """These unit rows with their neighbour graph."""
    return Ideas(rows, neighbour_graph(rows), fixed, seed, start)


def communities(ideas: Ideas, *, resolution: float) -> Labels:
    """A label per row, fixed themes as 0..count-1; the higher the resolution, the more communities."""
    nodes = _nodes(ideas.fixed)
    merged = gathered(ideas.graph, nodes)
    if len(merged.weights) == 0:
        return _parted(ideas.rows, nodes, ideas.fixed)
    edges = [
        (str(left), str(right), float(weight))
        for left, right, weight in zip(merged.left.tolist(), merged.right.tolist(), merged.weights, strict=True)
    ]
    begin = None
    if ideas.start is not None:
        begin = _start_of_nodes(nodes, ideas.start, {name for edge in edges for name in edge[:2]})
    found = _leiden(edges, begin, resolution, ideas.seed)
    apart = len(found)
    labels = np.array([found.get(str(node), apart + node) for node in nodes.tolist()], dtype=np.int64)
    return _parted(ideas.rows, labels, ideas.fixed)


def _nodes(fixed: Fixed) -> Labels:
    """One node per free idea and one per fixed theme."""
    keys = np.where(fixed.anchors == FREE, np.arange(len(fixed.anchors)) + fixed.count, fixed.anchors)
    return relabelled(keys)


def _start_of_nodes(nodes: Labels, start: Labels, used: set[str]) -> dict[str, int]:
    first = {str(node): int(start[index]) for index, node in reversed(list(enumerate(nodes.tolist())))}
    return {name: label for name, label in sorted(first.items()) if name in used}


def _leiden(
    edges: list[tuple[str, str, float]], begin: dict[str, int] | None, resolution: float, seed: int
) -> dict[str, int]:
    if not is_there("graspologic_native"):
        return _louvain(edges, resolution, seed)
    _, found = late("graspologic_native").leiden(
        edges=edges,
        starting_communities=begin,
        resolution=resolution,
        iterations=LEIDEN_ROUNDS if begin is None else 1,
        trials=LEIDEN_TRIALS if begin is None else 1,  # more trials find more moves, not better themes
        seed=seed,
    )
    return dict(found)


def _louvain(edges: list[tuple[str, str, float]], resolution: float, seed: int) -> dict[str, int]:
    networkx = late("networkx")
    graph = networkx.Graph()
    # Numbers, not names: sets of names come in another order in every process.
    graph.add_weighted_edges_from((int(left), int(right), weight) for left, right, weight in edges)
    found = networkx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    return {str(node): label for label, nodes in enumerate(found) for node in sorted(nodes)}


def _parted(rows: Matrix, found: Labels, fixed: Fixed) -> Labels:
    """Labels with fixed themes as 0..count-1; a community that holds several of them is shared out among them."""
    labels = found + fixed.count
    middle = centres(rows, fixed.anchors, fixed.count)
    for community in np.unique(found):
        inside = found == community
        held = np.unique(fixed.anchors[inside & (fixed.anchors != FREE)])
        if len(held):
            labels[inside] = held[np.argmax(rows[inside] @ middle[held].T, axis=1)]
    return np.where(fixed.anchors != FREE, fixed.anchors, labels)
