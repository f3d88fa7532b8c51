"""Leiden communities of the neighbour graph, with what people fixed kept.

Traag, Waltman and van Eck (2019), "From Louvain to Leiden". Ideas that belong to one fixed theme enter as one node, so
no run can part them; two fixed themes that end up together are parted again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from workshop.themes.geometry import Labels, Matrix, centres, relabelled
from workshop.themes.graph import Graph, gathered, neighbour_graph
from workshop.themes.late import is_there, late

MOST_THEMES = 15
STEP_DOWN = 0.88
LOWEST_RESOLUTION = 0.4
POLISH_ROUNDS = 10
LEIDEN_ROUNDS = 2
LEIDEN_TRIALS = 4
FREE = -1


@dataclass(frozen=True, slots=True)
class Fixed:
    """What people decided: `anchors[i]` is the fixed theme (0..count-1) of idea i, or FREE."""

    anchors: Labels
    count: int = 0


def group(
    rows: Matrix, fixed: Fixed, *, resolution: float, seed: int, start: Labels | None = None
) -> tuple[Labels, float]:
    """A label per row, fixed themes first, and the resolution that was used.

    `start` is the grouping to set out from (a label per row). Above `MOST_THEMES` the resolution is lowered until the
    board is readable.
    """
    graph = neighbour_graph(rows)
    smallest = smallest_theme(len(rows))
    while True:
        found = _communities(graph, fixed, resolution=resolution, seed=seed, start=start)
        labels = _settled(rows, _parted(rows, found, fixed), fixed, smallest)
        if labels.max(initial=-1) < max(MOST_THEMES, fixed.count) or resolution < LOWEST_RESOLUTION:
            break
        resolution *= STEP_DOWN
    labels = _merged(rows, labels, fixed)
    labels = _settled(rows, _polished(rows, labels, fixed), fixed, smallest)
    return labels, resolution


def smallest_theme(size: int) -> int:
    """Fewer ideas than this are no theme of their own."""
    return max(2, round(math.sqrt(size) / 4))


def _communities(graph: Graph, fixed: Fixed, *, resolution: float, seed: int, start: Labels | None) -> Labels:
    nodes = _nodes(fixed)
    merged = gathered(graph, nodes)
    if len(merged.weights) == 0:
        return nodes
    edges = [
        (str(left), str(right), float(weight))
        for left, right, weight in zip(merged.left.tolist(), merged.right.tolist(), merged.weights, strict=True)
    ]
    begin = _start_of_nodes(nodes, start, {name for edge in edges for name in edge[:2]}) if start is not None else None
    found = _leiden(edges, begin, resolution, seed)
    apart = len(found)
    return np.array([found.get(str(node), apart + node) for node in nodes.tolist()], dtype=np.int64)


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


def _settled(rows: Matrix, labels: Labels, fixed: Fixed, smallest: int) -> Labels:
    """Small groups dissolved into their nearest neighbours; labels compact, fixed themes first."""
    names, sizes = np.unique(labels, return_counts=True)
    stays = names[(sizes >= smallest) | (names < fixed.count)]
    free_names = [name for name in stays.tolist() if name >= fixed.count]
    order = {name: fixed.count + place for place, name in enumerate(free_names)}
    order.update((name, name) for name in range(fixed.count))
    if not len(stays):
        return np.zeros(len(labels), dtype=np.int64)
    compact = np.array([order.get(label, FREE) for label in labels.tolist()], dtype=np.int64)
    homeless = compact == FREE
    if homeless.any():
        middle = centres(rows, compact, fixed.count + len(free_names))
        compact[homeless] = np.argmax(rows[homeless] @ middle.T, axis=1)
    return compact


def _merged(rows: Matrix, labels: Labels, fixed: Fixed) -> Labels:
    """The two nearest themes made one until the board is readable: islands of near copies no resolution can join."""
    names = np.unique(labels).tolist()
    while len(names) > max(MOST_THEMES, fixed.count):
        middle = centres(rows, labels, max(names) + 1)[names]
        near = np.triu(np.round(middle @ middle.T, 6) + 2, 1)
        near[: fixed.count, : fixed.count] = 0
        into, gone = np.unravel_index(int(np.argmax(near)), near.shape)
        labels = np.where(labels == names[gone], names[into], labels)
        del names[int(gone)]
    return labels


def _polished(rows: Matrix, labels: Labels, fixed: Fixed) -> Labels:
    """A few rounds of spherical k-means in which fixed ideas hold still and no theme may empty."""
    count = int(labels.max(initial=-1)) + 1
    for _ in range(POLISH_ROUNDS):
        moved = np.argmax(np.round(rows @ centres(rows, labels, count).T, 6), axis=1)
        moved = np.where(fixed.anchors != FREE, fixed.anchors, moved)
        if len(np.unique(moved)) < len(np.unique(labels)) or (moved == labels).all():
            break
        labels = moved
    return labels
