"""What a theme is called: two phrases that its ideas contain and the others do not.

Lift of document frequency, weighed by how close a phrase stands to the theme's centre and how far from the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from workshop.themes.geometry import Labels, Matrix
from workshop.themes.words import Phrases, Stems

LONGEST_NAME = 45
CANDIDATES = 20
KEYWORDS = 6
UNSURE_NAME = 0.22
CLOSENESS_SHARE = 0.5
LEAST_IDEAS = 2
PLEASE_NAME = "Please name this theme"

Closeness = Callable[[Sequence[str], int], Matrix | None]


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's name, its keywords as people write them (the name's own first), and the share with the first."""

    text: str
    subtitle: str
    keywords: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    stems: Stems
    written: str
    share: float
    score: float


def names_of(
    labels: Labels, phrases: Phrases, titles: Sequence[str], closeness: Closeness, taken: AbstractSet[str] = frozenset()
) -> list[Name]:
    """A name per label 0..n-1; `titles` are the titles of the most typical ideas, `taken` phrases in use elsewhere.

    `closeness(phrases, label)` says how near each phrase is to that theme and how far from the others, or None.
    """
    used = set(taken)
    names: dict[int, Name] = {}
    everywhere = Counter(stems for found in phrases.by_text for stems in found)
    sizes = np.bincount(labels[labels >= 0], minlength=len(titles))
    for label in np.argsort(-sizes, kind="stable").tolist():  # the largest theme chooses first
        ranked = _ranked(label, labels, phrases, everywhere, closeness)
        names[label] = _name(ranked, titles[label], used)
        used.update(names[label].keywords[:1])
    return [names[label] for label in range(len(titles))]


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """The text, cut at a word where possible, with an ellipsis where it was cut."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    whole = head.rsplit(" ", 1)[0]
    return (whole if len(whole) > longest // 2 else head).rstrip(" ,;:-") + "…"


def _ranked(
    label: int, labels: Labels, phrases: Phrases, everywhere: Counter[Stems], closeness: Closeness
) -> list[_Candidate]:
    candidates = _candidates(np.flatnonzero(labels == label).tolist(), phrases, everywhere)
    near = closeness([candidate.written for candidate in candidates], label) if candidates else None
    if near is None:
        return candidates
    best = max(candidate.score for candidate in candidates)
    spread = max(float(near.max()), 1e-9)
    weighed = [
        _Candidate(
            candidate.stems,
            candidate.written,
            candidate.share,
            (1 - CLOSENESS_SHARE) * candidate.score / best + CLOSENESS_SHARE * max(float(close), 0.0) / spread,
        )
        for candidate, close in zip(candidates, near, strict=True)
    ]
    return sorted(weighed, key=lambda candidate: (-candidate.score, candidate.stems))


def _candidates(members: Sequence[int], phrases: Phrases, everywhere: Counter[Stems]) -> list[_Candidate]:
    """The phrases with the highest lift, none of them a part of a longer one that the same ideas contain."""
    inside = Counter(stems for member in members for stems in phrases.by_text[member])
    size, others = len(members), len(phrases.by_text) - len(members)
    found = []
    for stems, count in inside.items():
        if count < LEAST_IDEAS:
            continue
        elsewhere = everywhere[stems] - count
        lift = log((count + 0.5) / (size + 1)) - log((elsewhere + 0.5) / (others + 1))
        if lift > 0 or others == 0:
            share = count / size
            found.append(_Candidate(stems, phrases.written[stems], share, sqrt(share) * max(lift, 0.1)))
    found.sort(key=lambda candidate: (-candidate.score, candidate.stems))
    return _without_parts(found)[:CANDIDATES]


def _without_parts(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    head = candidates[: 4 * CANDIDATES]
    return [
        candidate
        for candidate in head
        if not any(
            len(other.stems) > len(candidate.stems)
            and set(candidate.stems) <= set(other.stems)
            and other.share >= 0.75 * candidate.share
            for other in head
        )
    ]


def _name(ranked: Sequence[_Candidate], title: str, used: AbstractSet[str]) -> Name:
    free = [candidate for candidate in ranked if candidate.written not in used]
    first = free[0] if free else None
    if first is None or first.share < UNSURE_NAME:
        keywords = tuple(candidate.written for candidate in ranked[:KEYWORDS])
        text = shortened(title) or "Without words"
        return Name(text, PLEASE_NAME, keywords, first.share if first else 0.0)
    second = next((other for other in free[1:] if not set(other.stems) & set(first.stems)), None)
    chosen = [first] if second is None else [first, second]
    rest = [candidate for candidate in ranked if candidate not in chosen]
    text = shortened(first.written)
    if second is not None and len(text) + len(second.written) + 3 <= LONGEST_NAME:
        text = f"{text} - {second.written}"
    keywords = tuple(candidate.written for candidate in [*chosen, *rest][:KEYWORDS])
    return Name(text[:1].upper() + text[1:], title, keywords, first.share)
