"""What a theme is called: two phrases that its ideas contain and the others do not.

Lift of document frequency, weighed by how near a phrase stands to the theme's centre and how far from the others. In a
mixed room an Italian phrase is counted among Italian ideas: nobody else could have used it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import TypeAlias

import numpy as np

from workshop.themes.board import UNSURE_NAME
from workshop.themes.geometry import Labels, Matrix
from workshop.themes.words import Phrases, Stems, vague_stems

LONGEST_NAME = 45
CANDIDATES = 20
KEYWORDS = 6
LEAST_IDEAS = 2
LEAST_LIFT = 0.5
CLOSENESS_SHARE = 0.7
OTHER_LANGUAGE = 0.5
LEAST_LANGUAGE_SHARE = 0.3
SAME_SAID_TWICE = 0.6
PLEASE_NAME = "Please name this theme"

# Vectors of phrases, and the direction that leads from the room to a theme (both unit; none without a model).
PhraseVectors: TypeAlias = Callable[[Sequence[str]], Matrix]


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's name, its keywords as people write them (the name's own first), and the share with the first."""

    text: str
    subtitle: str
    keywords: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What phrases mean: their unit vectors, and per theme the unit direction away from the rest of the room."""

    of_phrases: PhraseVectors
    directions: Matrix


@dataclass(frozen=True, slots=True)
class _Candidate:
    stems: Stems
    written: str
    share: float
    score: float
    vague: bool = False
    vector: Matrix | None = None


def names_of(
    labels: Labels,
    phrases: Phrases,
    titles: Sequence[str],
    *,
    meaning: Meaning | None,
    home: str,
    taken: AbstractSet[str] = frozenset(),
) -> list[Name]:
    """A name per label 0..n-1; `titles` are the titles of the most typical ideas, `taken` phrases in use elsewhere.

    `home` is the language a name should be in if there is a choice. Without `meaning` words alone decide.
    """
    used = set(taken)
    names: dict[int, Name] = {}
    counts = _Counts(labels, phrases, home)
    sizes = np.bincount(labels[labels >= 0], minlength=len(titles))
    for label in np.argsort(-sizes, kind="stable").tolist():  # the largest theme chooses first
        ranked = counts.candidates(label)
        if meaning and ranked:
            ranked = _by_meaning(ranked, meaning.of_phrases, meaning.directions[label])
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


class _Counts:
    """In how many ideas each phrase stands, over the room and by language."""

    def __init__(self, labels: Labels, phrases: Phrases, home: str) -> None:
        self.labels, self.phrases, self.home = labels, phrases, home
        self.everywhere = Counter(stems for found in phrases.by_text for stems in found)
        self.speakers = Counter(phrases.languages)
        self.spoken: dict[Stems, Counter[str]] = {}
        for language, found in zip(phrases.languages, phrases.by_text, strict=True):
            for stems in found:
                if self.everywhere[stems] >= LEAST_IDEAS:
                    self.spoken.setdefault(stems, Counter())[language] += 1

    def candidates(self, label: int) -> list[_Candidate]:
        """The phrases with the highest lift, none of them a part of a longer one that the same ideas contain."""
        members = np.flatnonzero(self.labels == label).tolist()
        inside = Counter(stems for member in members for stems in self.phrases.by_text[member])
        speakers = Counter(self.phrases.languages[member] for member in members)
        found = [
            candidate
            for stems, count in inside.items()
            if count >= LEAST_IDEAS and (candidate := self._candidate(stems, count, speakers))
        ]
        found.sort(key=lambda candidate: (-candidate.score, candidate.stems))
        return _without_parts(found[: 4 * CANDIDATES])[:CANDIDATES]

    def _candidate(self, stems: Stems, count: int, speakers: Counter[str]) -> _Candidate | None:
        spoken = self.spoken[stems]
        language = min(spoken, key=lambda code: (-spoken[code], code))
        size = speakers.total()
        could = max(speakers[language], LEAST_LANGUAGE_SHARE * size)
        others = max(self.speakers[language] - speakers[language], 1)
        share = min(count / could, 1.0)
        lift = log((count + 1) / (could + 2)) - log((self.everywhere[stems] - count + 1) / (others + 2))
        alone = size == len(self.labels)  # one theme only: nothing to stand out from
        if lift < LEAST_LIFT and not alone:
            return None
        weight = sqrt(min(could / size, 1.0)) * (1.0 if language == self.home else OTHER_LANGUAGE)
        score = share * (1.0 if alone else lift) * weight
        return _Candidate(stems, self.phrases.written[stems], share, score, vague=set(stems) <= vague_stems(language))


def _without_parts(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    return [
        candidate
        for candidate in candidates
        if not any(
            len(other.stems) > len(candidate.stems)
            and set(candidate.stems) <= set(other.stems)
            and other.share >= 0.75 * candidate.share
            for other in candidates
        )
    ]


def _by_meaning(candidates: Sequence[_Candidate], of_phrases: PhraseVectors, direction: Matrix) -> list[_Candidate]:
    vectors = of_phrases([candidate.written for candidate in candidates])
    near = np.maximum(vectors @ direction, 0.01)
    best, nearest = max(candidate.score for candidate in candidates), float(near.max())
    weighed = [
        replace(
            candidate,
            score=(candidate.score / best) ** (1 - CLOSENESS_SHARE) * float(close / nearest) ** CLOSENESS_SHARE,
            vector=vector,
        )
        for candidate, close, vector in zip(candidates, near.tolist(), vectors, strict=True)
    ]
    return sorted(weighed, key=lambda candidate: (-candidate.score, candidate.stems))


def _name(ranked: Sequence[_Candidate], title: str, used: AbstractSet[str]) -> Name:
    free = [candidate for candidate in ranked if candidate.written not in used and not candidate.vague]
    first = next((candidate for candidate in free if candidate.share >= UNSURE_NAME), None)
    if first is None:
        keywords = tuple(candidate.written for candidate in ranked[:KEYWORDS])
        share = ranked[0].share if ranked else 0.0
        return Name(shortened(title) or "Ideas without words", PLEASE_NAME, keywords, min(share, UNSURE_NAME - 0.01))
    second = next((other for other in free if other is not first and _says_more(other, first)), None)
    chosen = [first] if second is None else [first, second]
    rest = [candidate for candidate in ranked if candidate not in chosen]
    text = shortened(first.written)
    if second is not None and len(text) + len(second.written) + 2 <= LONGEST_NAME:
        text = f"{text}, {second.written}"
    keywords = tuple(candidate.written for candidate in [*chosen, *rest][:KEYWORDS])
    return Name(text[:1].upper() + text[1:], title, keywords, first.share)


def _says_more(other: _Candidate, first: _Candidate) -> bool:
    """No stem in common, and not the same thing in another word or another language."""
    if set(other.stems) & set(first.stems):
        return False
    return other.vector is None or first.vector is None or float(other.vector @ first.vector) < SAME_SAID_TWICE
