"""Phrases that could name a theme: what its ideas say and the others do not, and subjects that are near to them.

Lift of document frequency, weighed by how near a phrase stands to the theme's centre and how far from the others. Ideas
that say the same in another language count as well (`support`), so that a mixed room finds common names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from workshop.themes.geometry import Mask, Matrix
from workshop.themes.support import Support
from workshop.themes.words import Stems, vague_stems

CANDIDATES = 60
LEAST_IDEAS = 2
LEAST_IDEAS_ALONE = 3
LEAST_WORDS = 2
LEAST_LIFT = 0.5
MOST_LIFT_UNWRITTEN = 0.7
LEAST_CLOSENESS = 0.15
LEAST_CLOSENESS_UNWRITTEN = 0.175
CLOSENESS_SHARE = 0.7
WEAK = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could be the name: the part of the theme's ideas that says it, how well it tells them apart.

    `written_by` is the number of them that contain it, `at_home` whether it is of the workshop's language, `closeness`
    its cosine with the direction of the theme.
    """

    stems: Stems
    written: str
    share: float
    score: float
    vague: bool
    subject: bool
    at_home: bool
    written_by: int
    vector: Matrix | None
    closeness: float = 0.0

    @property
    def is_weak(self) -> bool:
        """A word in another language than the workshop's, or of one person."""
        return not self.subject and (not self.at_home or self.written_by < LEAST_IDEAS)


def candidates(inside: Mask, support: Support, direction: Matrix) -> list[Candidate]:
    """The best first; `direction` leads from the middle of the room to the theme."""
    found = _lifted(inside, support)
    near = _by_meaning(found, direction) if support.meaning else found
    return sorted((replace(each, score=WEAK * each.score) if each.is_weak else each for each in near), key=_best_first)


def _lifted(inside: Mask, support: Support) -> list[Candidate]:
    """The phrases with the highest lift, none of them a part of a longer one that the same ideas contain."""
    literal = _written(inside, support)
    phrases = sorted({*literal, *support.subjects})
    vectors = support.vectors(phrases)
    said = support.said(phrases, vectors)
    words_near = support.words_near(phrases, vectors, inside)
    found = []
    for row, stems in enumerate(phrases):
        subject, written_by, said_by = stems in support.subjects, literal[stems], int(said[row, inside].sum())
        lift = _lift(said_by, said[row].sum(), inside)
        chance = written_by < LEAST_IDEAS and (
            words_near[row] < LEAST_WORDS if subject else said_by < LEAST_IDEAS_ALONE
        )
        if lift < LEAST_LIFT or said_by < LEAST_IDEAS or chance:
            continue
        share = float(said[row, inside].mean())
        found.append(
            Candidate(
                stems=stems,
                written=support.written(stems),
                share=share,
                score=share * (lift if written_by else min(lift, MOST_LIFT_UNWRITTEN)),
                vague=not subject and set(stems) <= vague_stems(support.language(stems)),
                subject=subject,
                at_home=subject or bool(support.languages(stems)[support.home]),
                written_by=written_by,
                vector=None if vectors is None else vectors[row],
            )
        )
    found.sort(key=_best_first)
    return _without_parts(found[: 4 * CANDIDATES])[:CANDIDATES]


def _written(inside: Mask, support: Support) -> Counter[Stems]:
    """How many of these ideas contain each phrase that could name them: two at least, or one that speaks for others.

    Of longer phrases only the best are compared further: a large room has thousands.
    """
    members = np.flatnonzero(inside).tolist()
    counts = Counter(stems for member in members for stems in support.phrases.by_text[member])
    at_home = sum(support.phrases.languages[member] == support.home for member in members)
    mixed = 2 * at_home <= len(members)
    words = [
        stems
        for stems, count in counts.items()
        if len(stems) == 1 and (count >= LEAST_IDEAS or (mixed and _speaks_for_others(stems, support)))
    ]
    longer = [stems for stems, count in counts.items() if len(stems) > 1 and count >= LEAST_IDEAS]
    longer.sort(key=lambda stems: (-counts[stems] * _lift(counts[stems], support.everywhere[stems], inside), stems))
    headings = [stems for stems in support.subjects if stems in counts]
    return Counter({stems: counts[stems] for stems in [*words, *longer[:CANDIDATES], *headings]})


def _speaks_for_others(stems: Stems, support: Support) -> bool:
    """A plain word of the workshop's language may: a name of a product or a norm is nobody else's."""
    return bool(support.languages(stems)[support.home]) and stems[0].isalpha()


def _lift(here: float, everywhere: float, inside: Mask) -> float:
    """How much more often these ideas say it than the others (log of the ratio, each smoothed by one idea)."""
    size, others = int(inside.sum()), int((~inside).sum())
    if not others:  # one theme only: nothing to stand out from
        return 1.0
    return log((here + 1) / (size + 2)) - log((everywhere - here + 1) / (others + 2))


def _without_parts(found: Sequence[Candidate]) -> list[Candidate]:
    return [
        candidate
        for candidate in found
        if not any(
            len(other.stems) > len(candidate.stems)
            and set(candidate.stems) <= set(other.stems)
            and other.written_by >= max(0.75 * candidate.written_by, LEAST_IDEAS)
            for other in found
        )
    ]


def _by_meaning(found: Sequence[Candidate], direction: Matrix) -> list[Candidate]:
    """Lift weighed by closeness to where the theme lies; without subjects that are not close."""
    if not found:
        return []
    close = [float(candidate.vector @ direction) for candidate in found if candidate.vector is not None]
    best, nearest = max(candidate.score for candidate in found), max(*close, 0.01)
    return [
        replace(
            candidate,
            score=(candidate.score / best) ** (1 - CLOSENESS_SHARE) * (max(near, 0.01) / nearest) ** CLOSENESS_SHARE,
            closeness=near,
        )
        for candidate, near in zip(found, close, strict=True)
        if not candidate.subject or near >= (LEAST_CLOSENESS if candidate.written_by else LEAST_CLOSENESS_UNWRITTEN)
    ]


def _best_first(candidate: Candidate) -> tuple[float, Stems]:
    return -round(candidate.score, 9), candidate.stems
