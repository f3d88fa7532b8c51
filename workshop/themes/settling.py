"""From communities to themes: small ones dissolved, strays moved to the nearest theme, too many made fewer."""

from __future__ import annotations

import math

import numpy as np

from workshop.themes.communities import FREE, Fixed
from workshop.themes.geometry import Labels, Matrix, centres

POLISH_ROUNDS = 10


def smallest_theme(size: int) -> int:
    """Fewer ideas than this are no theme of their own."""
    return max(2, round(math.sqrt(size) / 4))


def settled(rows: Matrix, labels: Labels, fixed: Fixed) -> Labels:
    """Small groups dissolved into their nearest neighbours; labels compact, fixed themes first."""
    smallest = smallest_theme(len(rows))
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


def merged(rows: Matrix, labels: Labels, fixed: Fixed, most: int) -> Labels:
    """The two nearest themes made one until there are at most so many; two fixed ones are never merged."""
    names = np.unique(labels).tolist()
    while len(names) > max(most, fixed.count):
        middle = centres(rows, labels, max(names) + 1)[names]
        near = np.triu(np.round(middle @ middle.T, 6) + 2, 1)
        near[: fixed.count, : fixed.count] = 0
        into, gone = np.unravel_index(int(np.argmax(near)), near.shape)
        labels = np.where(labels == names[gone], names[into], labels)
        del names[int(gone)]
    return labels


def polished(rows: Matrix, labels: Labels, fixed: Fixed) -> Labels:
    """A few rounds of spherical k-means in which fixed ideas hold still and no theme may empty."""
    count = int(labels.max(initial=-1)) + 1
    for _ in range(POLISH_ROUNDS):
        moved = np.argmax(np.round(rows @ centres(rows, labels, count).T, 6), axis=1)
        moved = np.where(fixed.anchors != FREE, fixed.anchors, moved)
        if len(np.unique(moved)) < len(np.unique(labels)) or (moved == labels).all():
            break
        labels = moved
    return labels
