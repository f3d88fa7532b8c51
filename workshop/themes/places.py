"""The map: where each idea is drawn, so that near means alike, and nobody jumps between two boards.

t-SNE (van der Maaten and Hinton, 2008) on vectors drawn towards the centre of their theme.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workshop.themes.geometry import Labels, Matrix, centres, unit
from workshop.themes.late import late

Place: TypeAlias = tuple[float, float]

PULL = 0.35
FEWEST_FOR_TSNE = 15
MAIN_DIRECTIONS = 30
PERPLEXITY = 10.0
NEW_SPREAD, EXAGGERATION = 1e-4, 12.0
SMALL_ROOM = 100
FEW = 60
SHARES_OF_FEW = (4.0, 3.0, 2.5, 2.0)
"""How many times the perplexity goes into the ideas: with few of them no single value is good, so each is tried."""

NEIGHBOURS = 5
NUDGE = 0.02
EDGE = 0.95


def lay_out(
    ids: Sequence[str], rows: Matrix, labels: Labels, *, before: Mapping[str, Place], seed: int
) -> dict[str, Place]:
    """A place in -1..1 x -1..1 for every idea, as close to its place on the board before as likeness allows."""
    if not ids:
        return {}
    count = int(labels.max(initial=-1)) + 1
    pulled = _main_directions(_drawn_to_centres(rows, labels, count))
    known = np.array([idea in before for idea in ids])
    start = _start(ids, pulled, known, before)
    again = 2 * known.sum() >= len(ids)
    found = start if len(ids) < FEWEST_FOR_TSNE else _unfolded(rows, pulled, start, again=again, seed=seed)
    if known.sum() > 2:
        found = _turned_towards(found, np.array([before[idea] for idea in np.array(ids)[known]]), known)
    return dict(zip(ids, _framed(found), strict=True))


def beside(idea_id: str, similarity: Matrix, ids: Sequence[str], places: Mapping[str, Place]) -> Place:
    """Where a newcomer goes: amid its most similar ideas, a little off so that two newcomers do not hide each other."""
    placed = [index for index in np.argsort(-similarity, kind="stable").tolist() if ids[index] in places]
    amid = np.mean([places[ids[index]] for index in placed[:NEIGHBOURS]], axis=0) if placed else np.zeros(2)
    digest = hashlib.sha256(idea_id.encode("utf-8", "ignore")).digest()
    angle = 2 * np.pi * int.from_bytes(digest[:4], "big") / 2**32
    x, y = np.clip(amid + NUDGE * np.array([np.cos(angle), np.sin(angle)]), -1, 1)
    return float(x), float(y)


def _drawn_to_centres(rows: Matrix, labels: Labels, count: int) -> Matrix:
    middle = np.vstack([centres(rows, labels, count), np.zeros((1, rows.shape[1]))])
    share = np.where(labels >= 0, PULL, 0.0)[:, None]
    return unit((1 - share) * rows + share * middle[labels])


def _main_directions(rows: Matrix) -> Matrix:
    flat = rows - rows.mean(axis=0)
    directions, strengths, _ = np.linalg.svd(flat, full_matrices=False)
    # The sign of a direction is arbitrary; the largest entry decides, so that two runs give the same map.
    signs = np.sign(directions[np.argmax(np.abs(directions), axis=0), np.arange(directions.shape[1])])
    kept = (directions * np.where(signs == 0, 1, signs) * strengths)[:, :MAIN_DIRECTIONS]
    return np.hstack([kept, np.zeros((len(rows), max(0, 2 - kept.shape[1])))])


def _start(ids: Sequence[str], pulled: Matrix, known: NDArray[np.bool_], before: Mapping[str, Place]) -> Matrix:
    if not known.any():
        return pulled[:, :2]
    start = np.zeros((len(ids), 2))
    start[known] = [before[idea] for idea in np.array(ids)[known]]
    known_ids = [idea for idea, there in zip(ids, known, strict=True) if there]
    for index in np.flatnonzero(~known).tolist():
        start[index] = beside(ids[index], pulled[known] @ pulled[index], known_ids, before)
    return start


def _unfolded(rows: Matrix, pulled: Matrix, start: Matrix, *, again: bool, seed: int) -> Matrix:
    """The map by t-SNE; of few ideas the one of several that keeps most neighbours (trustworthiness)."""
    most = (len(rows) - 1) / SHARES_OF_FEW[0]
    if len(rows) >= FEW:
        return _tsne(pulled, start, min(PERPLEXITY, most), again=again, seed=seed)
    tried = [_tsne(pulled, start, (len(rows) - 1) / share, again=again, seed=seed) for share in SHARES_OF_FEW]
    kept = late("sklearn.manifold").trustworthiness
    return max(tried, key=lambda found: round(kept(rows, found, n_neighbors=NEIGHBOURS, metric="cosine"), 6))


def _tsne(pulled: Matrix, start: Matrix, perplexity: float, *, again: bool, seed: int) -> Matrix:
    """A map that people look at already is taken as it is: drawn together first, it would unfold another way."""
    spread = start.std(axis=0).max()
    scaled = start / spread * (1.0 if again else NEW_SPREAD) if spread > 0 else start
    small_room = len(pulled) < SMALL_ROOM
    model = late("sklearn.manifold").TSNE(
        init=scaled.astype(np.float32),
        perplexity=perplexity,
        early_exaggeration=1.0 if again else EXAGGERATION,
        max_iter=1000 if small_room else 300,
        angle=0.5 if small_room else 0.8,
        random_state=seed,
        n_jobs=1,
    )
    return np.nan_to_num(np.asarray(model.fit_transform(pulled.astype(np.float32)), dtype=np.float64))


def _turned_towards(found: Matrix, before: Matrix, known: NDArray[np.bool_]) -> Matrix:
    """Orthogonal Procrustes: turned and mirrored until the known ideas lie nearest to where they were."""
    flat, old_flat = found[known] - found[known].mean(axis=0), before - before.mean(axis=0)
    left, _, right = np.linalg.svd(flat.T @ old_flat)
    turned: Matrix = found @ (left @ right)
    return turned


def _framed(found: Matrix) -> list[Place]:
    middle = (found.max(axis=0) + found.min(axis=0)) / 2
    half = float(np.abs(found - middle).max())
    scaled = (found - middle) * (EDGE / half) if half > 0 else np.zeros_like(found)
    return [(float(x), float(y)) for x, y in np.round(scaled, 5)]
