"""What a theme is called: two phrases that its ideas say and the others do not.

Lift of document frequency, weighed by how near a phrase stands to the theme's centre and how far from the others. Ideas
that say the same in another language count as well (`support`), so that a mixed room finds common names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import log

import numpy as np

from workshop.themes.board import UNSURE_NAME
from workshop.themes.geometry import Labels, Mask, Matrix
from workshop.themes.support import Support
from workshop.themes.words import Stems, vague_stems

LONGEST_NAME = 45
CANDIDATES = 60
KEYWORDS = 6
LEAST_IDEAS = 2
LEAST_IDEAS_FOREIGN = 3
FEW_SPEAKERS = 4
LEAST_LIFT = 0.5
CLOSENESS_SHARE = 0.7
OTHER_LANGUAGE = 0.5
SAME_SAID_TWICE = 0.6
SHORTEST_BEGINNING = 3
LONGEST_INITIALS = 4
BELOW_SURE = UNSURE_NAME - 0.01
PLEASE_NAME = "Please name this theme"


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's name, its keywords as people write them (the name's own first), and the share with the first."""

    text: str
    subtitle: str
    keywords: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A phrase that could be the name: the part of the theme's ideas that says it, how well it tells them apart."""

    stems: Stems
    written: str
    share: float
    score: float
    vague: bool
    vector: Matrix | None


def names_of(
    labels: Labels,
    support: Support,
    titles: Sequence[str],
    *,
    directions: Matrix,
    home: str,
    taken: AbstractSet[str] = frozenset(),
) -> list[Name]:
    """A name per label 0..n-1; `titles` are the titles of the most typical ideas, `taken` phrases in use elsewhere.

    `directions` lead from the middle of the room to each theme. `home` is the language to prefer.
    """
    used = set(taken)
    names: dict[int, Name] = {}
    sizes = np.bincount(labels[labels >= 0], minlength=len(titles))
    for label in np.argsort(-sizes, kind="stable").tolist():  # the largest theme chooses first
        lifted = _candidates(labels == label, support, home)
        near = _by_meaning(lifted, directions[label]) if support.meaning else lifted
        names[label] = _name(_by_language(near, support, home), titles[label], used)
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


def _candidates(inside: Mask, support: Support, home: str) -> list[_Candidate]:
    """The phrases with the highest lift, none of them a part of a longer one that the same ideas say."""
    literal = _shared(inside, support, home)
    phrases = sorted(literal)
    vectors = support.vectors(phrases)
    said = support.said(phrases, vectors)
    found = []
    for row, stems in enumerate(phrases):
        lift = _lift(said[row, inside].sum(), said[row].sum(), inside)
        foreign = literal[stems] < LEAST_IDEAS and not support.languages(stems)[home]
        least = LEAST_IDEAS_FOREIGN if foreign else LEAST_IDEAS
        if lift < LEAST_LIFT or said[row, inside].sum() < least:
            continue
        share = float(said[row, inside].mean())
        found.append(
            _Candidate(
                stems=stems,
                written=support.phrases.written[stems],
                share=share,
                score=share * lift,
                vague=set(stems) <= vague_stems(support.language(stems)),
                vector=None if vectors is None else vectors[row],
            )
        )
    found.sort(key=_best_first)
    return _without_parts(found[: 4 * CANDIDATES])[:CANDIDATES]


def _shared(inside: Mask, support: Support, home: str) -> dict[Stems, int]:
    """How many of these ideas contain each phrase that could name them.

    Longer phrases stand in two of them, and only the best are compared further: a large room has thousands.
    """
    members = np.flatnonzero(inside).tolist()
    literal = Counter(stems for member in members for stems in support.phrases.by_text[member])
    speakers = Counter(support.phrases.languages[member] for member in members)
    words = [
        stems
        for stems, count in literal.items()
        if len(stems) == 1 and (count >= LEAST_IDEAS or _may_stand_alone(stems, support, speakers, home))
    ]
    longer = [stems for stems, count in literal.items() if len(stems) > 1 and count >= LEAST_IDEAS]
    longer.sort(key=lambda stems: (-literal[stems] * _lift(literal[stems], support.everywhere[stems], inside), stems))
    return {stems: literal[stems] for stems in [*words, *longer[:CANDIDATES]]}


def _may_stand_alone(stems: Stems, support: Support, speakers: Counter[str], home: str) -> bool:
    """Whether a word of one idea may name a theme because others mean the same: few of them speak its language.

    One of the workshop's own language must be a plain word: a name of a product or a norm is nobody else's.
    """
    spoken = speakers[support.language(stems)]
    if 2 * spoken > speakers.total():
        return False
    return stems[0].isalpha() if support.languages(stems)[home] else spoken <= FEW_SPEAKERS


def _lift(here: float, everywhere: float, inside: Mask) -> float:
    """How much more often these ideas say it than the others (log of the ratio, each smoothed by one idea)."""
    size, others = int(inside.sum()), int((~inside).sum())
    if not others:  # one theme only: nothing to stand out from
        return 1.0
    return log((here + 1) / (size + 2)) - log((everywhere - here + 1) / (others + 2))


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


def _by_meaning(candidates: Sequence[_Candidate], direction: Matrix) -> Sequence[_Candidate]:
    """Lift weighed by closeness to where the theme lies."""
    if not candidates:
        return candidates
    near = [max(float(candidate.vector @ direction), 0.01) for candidate in candidates if candidate.vector is not None]
    best, nearest = max(candidate.score for candidate in candidates), max(near)
    return [
        replace(
            candidate,
            score=(candidate.score / best) ** (1 - CLOSENESS_SHARE) * (close / nearest) ** CLOSENESS_SHARE,
        )
        for candidate, close in zip(candidates, near, strict=True)
    ]


def _by_language(candidates: Sequence[_Candidate], support: Support, home: str) -> list[_Candidate]:
    """Best first, with phrases that nobody uses in the language of the workshop further behind."""
    weighed = [
        candidate
        if support.languages(candidate.stems)[home]
        else replace(candidate, score=OTHER_LANGUAGE * candidate.score)
        for candidate in candidates
    ]
    return sorted(weighed, key=_best_first)


def _best_first(candidate: _Candidate) -> tuple[float, Stems]:
    return -round(candidate.score, 9), candidate.stems


def _name(ranked: Sequence[_Candidate], title: str, used: AbstractSet[str]) -> Name:
    free = [candidate for candidate in ranked if candidate.written not in used and not candidate.vague]
    first = next((candidate for candidate in free if candidate.share >= UNSURE_NAME), None)
    if first is None:
        keywords = tuple(candidate.written for candidate in ranked[:KEYWORDS])
        share = ranked[0].share if ranked else 0.0
        return Name(shortened(title) or "Ideas without words", PLEASE_NAME, keywords, min(share, BELOW_SURE))
    second = next((other for other in free if other is not first and _says_more(other, first)), None)
    chosen = [first] if second is None else [first, second]
    rest = [candidate for candidate in ranked if candidate not in chosen]
    text = shortened(first.written)
    if second is not None and len(text) + len(second.written) + 2 <= LONGEST_NAME:
        text = f"{text}, {second.written}"
    keywords = tuple(candidate.written for candidate in [*chosen, *rest][:KEYWORDS])
    return Name(text[:1].upper() + text[1:], title, keywords, first.share)


def _says_more(other: _Candidate, first: _Candidate) -> bool:
    """No stem in common, none the beginning or the initials of the other, and not the same in another language."""
    if set(other.stems) & set(first.stems) or _continues(other, first) or _continues(first, other):
        return False
    return other.vector is None or first.vector is None or float(other.vector @ first.vector) < SAME_SAID_TWICE


def _continues(long: _Candidate, short: _Candidate) -> bool:
    """Whether the long one begins with the short one ("win", "Winfrey"), or is abbreviated by it ("PV")."""
    whole, begin = long.written.casefold(), short.written.casefold()
    if short.written.isupper() and len(begin) <= LONGEST_INITIALS:
        letters = iter(whole)
        return whole[:1] == begin[:1] and all(letter in letters for letter in begin)
    return len(begin) >= SHORTEST_BEGINNING and whole.startswith(begin)
