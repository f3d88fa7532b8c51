"""Groups of people who vote alike, or an honest no: ballots in, groups without names out.

The way of Polis (C. Small et al., Polis: Scaling deliberation by mapping high dimensional opinion spaces, 2021): votes
as rows, two principal components, k-means with the number of groups of the best silhouette (P. Rousseeuw, 1987).
k-means finds groups in anything, so they count only where they are clear (silhouette), come again when a fifth of the
voters and ideas is left out (A. Ben-Hur et al., A stability based method for discovering structure in clustered data,
2002), and are clearer than in each of 19 rooms with the same votes shuffled among the people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from workshop.domain.opinion import FEWEST_VOTERS, FEWEST_VOTES, TypicalIdea, VoterGroup, VoterGroups, too_few
from workshop.themes.geometry import Labels, Matrix
from workshop.themes.late import late, one_thread

CLEAR = 0.42
STABLE = 0.65
MOST_GROUPS = 5
SMALLEST_GROUP = 5
RESAMPLES = 20
SHUFFLES = 19
TYPICAL = 3

_UNCLEAR = "No opinion groups: the votes of {} people with at least 7 votes form no clear groups."


class _Grouping(NamedTuple):
    labels: Labels
    groups: int
    silhouette: float


def voter_groups(ballots: Sequence[Mapping[int, int]], *, seed: int = 0) -> VoterGroups:
    """Groups among people by their dots per idea number; who is who is not asked. Takes a second for 1,000 people."""
    enough = [votes for votes in ballots if sum(dots > 0 for dots in votes.values()) >= FEWEST_VOTES]
    if len(enough) < FEWEST_VOTERS:
        return too_few(len(enough))
    numbers = sorted({number for votes in enough for number, dots in votes.items() if dots > 0})
    votes = np.array([[float(ballot.get(number, 0) > 0) for number in numbers] for ballot in enough])
    votes = votes[np.lexsort(votes.T)]  # the order in which people come says nothing, and changes nothing
    chance = np.random.default_rng(seed)
    with one_thread():
        found = _grouped(votes, seed)
        none = VoterGroups(len(enough), (), _UNCLEAR.format(len(enough)), round(found.silhouette, 3), None, seed)
        if found.silhouette < CLEAR:
            return none
        stability = _stability(votes, found, chance, seed)
        if stability < STABLE or not _clearer_than_shuffled(votes, found, chance, seed):
            return VoterGroups(len(enough), (), none.why_none, none.silhouette, round(stability, 3), seed)
    groups = sorted(
        (_group(votes, found.labels == label, numbers) for label in range(found.groups)), key=_largest_first
    )
    return VoterGroups(len(enough), tuple(groups), "", none.silhouette, round(stability, 3), seed)


def _grouped(votes: Matrix, seed: int) -> _Grouping:
    """The clearest of two to five groups of at least five people each; silhouette -1 where there is none."""
    flat = _flat(votes)
    best = _Grouping(np.zeros(len(votes), dtype=np.int64), 1, -1.0)
    for count in range(2, min(MOST_GROUPS, len(votes) // SMALLEST_GROUP) + 1):
        labels = _kmeans(flat, count, seed)
        if np.bincount(labels, minlength=count).min() < SMALLEST_GROUP:
            continue
        clear = float(late("sklearn.metrics").silhouette_score(flat, labels))
        if clear > best.silhouette:
            best = _Grouping(labels, count, clear)
    return best


def _stability(votes: Matrix, found: _Grouping, chance: np.random.Generator, seed: int) -> float:
    """Mean adjusted Rand index of the groups with those of four fifths of the voters and ideas."""
    alike = []
    for _ in range(RESAMPLES):
        people = np.sort(chance.permutation(len(votes))[: 4 * len(votes) // 5])
        ideas = np.sort(chance.permutation(votes.shape[1])[: max(2, 4 * votes.shape[1] // 5)])
        labels = _kmeans(_flat(votes[np.ix_(people, ideas)]), found.groups, seed)
        alike.append(late("sklearn.metrics").adjusted_rand_score(found.labels[people], labels))
    return float(np.mean(alike))


def _clearer_than_shuffled(votes: Matrix, found: _Grouping, chance: np.random.Generator, seed: int) -> bool:
    """Whether no room with the same votes for each idea, given by other people, has groups as clear: p <= .05."""
    shuffled = (chance.permuted(votes, axis=0) for _ in range(SHUFFLES))
    return all(_grouped(room, seed).silhouette < found.silhouette for room in shuffled)


def _flat(votes: Matrix) -> Matrix:
    """Two principal components of the people's votes."""
    centred = votes - votes.mean(axis=0)
    left, strengths, _ = np.linalg.svd(centred, full_matrices=False)
    flat: Matrix = left[:, :2] * strengths[:2]
    return flat


def _kmeans(flat: Matrix, count: int, seed: int) -> Labels:
    if len(np.unique(flat.round(9), axis=0)) < count:  # people who all vote the same are one group
        return np.zeros(len(flat), dtype=np.int64)
    labels: Labels = late("sklearn.cluster").KMeans(count, n_init=5, random_state=seed).fit_predict(flat)
    return labels.astype(np.int64)


def _group(votes: Matrix, members: np.ndarray[tuple[int], np.dtype[np.bool_]], numbers: Sequence[int]) -> VoterGroup:
    inside, outside = votes[members], votes[~members]
    more = inside.mean(axis=0) - outside.mean(axis=0)
    typical = [place for place in np.argsort(-more, kind="stable")[:TYPICAL] if more[place] > 0]
    ideas = (
        TypicalIdea(numbers[place], int(inside[:, place].sum()), int(outside[:, place].sum())) for place in typical
    )
    return VoterGroup(len(inside), tuple(ideas))


def _largest_first(group: VoterGroup) -> tuple[int, tuple[int, ...]]:
    return (-group.people, tuple(idea.number for idea in group.ideas))
