"""What a theme is called: two phrases that its ideas say and the others do not, or a borrowed title."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from workshop.themes.board import UNSURE_NAME
from workshop.themes.candidates import Candidate, candidates
from workshop.themes.geometry import Labels, Matrix
from workshop.themes.support import Support

LONGEST_NAME = 45
KEYWORDS = 6
SECOND_CLOSENESS = 0.5
SAME_SAID_TWICE = 0.6
SUBJECTS_APART = 0.45
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


def names_of(
    labels: Labels,
    support: Support,
    titles: Sequence[str],
    *,
    directions: Matrix,
    taken: AbstractSet[str] = frozenset(),
) -> list[Name]:
    """A name per label 0..n-1; `titles` are the titles of the most typical ideas, `taken` phrases in use elsewhere.

    `directions` lead from the middle of the room to each theme.
    """
    used = set(taken)
    names: dict[int, Name] = {}
    sizes = np.bincount(labels[labels >= 0], minlength=len(titles))
    for label in np.argsort(-sizes, kind="stable").tolist():  # the largest theme chooses first
        names[label] = _name(candidates(labels == label, support, directions[label]), titles[label], used)
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


def _name(ranked: Sequence[Candidate], title: str, used: AbstractSet[str]) -> Name:
    free = [candidate for candidate in ranked if candidate.written not in used and not candidate.vague]
    first = next((candidate for candidate in free if candidate.share >= UNSURE_NAME), None)
    second = first and next((other for other in free if other is not first and _says_more(other, first)), None)
    chosen = [each for each in (first, second) if each]
    rest = [other for other in ranked if other.written_by and other not in chosen and _is_as_close(other, first)]
    keywords = tuple(candidate.written for candidate in [*chosen, *rest][:KEYWORDS])
    if first is None:
        share = rest[0].share if rest else 0.0
        return Name(shortened(title) or "Ideas without words", PLEASE_NAME, keywords, min(share, BELOW_SURE))
    text = shortened(first.written)
    if second and len(text) + len(second.written) + 2 <= LONGEST_NAME:
        text = f"{text}, {second.written}"
    return Name(text[:1].upper() + text[1:], title, keywords, first.share)


def _says_more(other: Candidate, first: Candidate) -> bool:
    """Close to the theme as well, in the same language, and not the same: no stem, beginning or initials in common."""
    if not _is_as_close(other, first) or (first.at_home and not other.at_home):
        return False
    if set(other.stems) & set(first.stems) or _continues(other, first) or _continues(first, other):
        return False
    if other.vector is None or first.vector is None:
        return True
    most = SUBJECTS_APART if other.subject and first.subject else SAME_SAID_TWICE
    return float(other.vector @ first.vector) < most


def _is_as_close(other: Candidate, first: Candidate | None) -> bool:
    return first is None or other.closeness >= SECOND_CLOSENESS * first.closeness


def _continues(long: Candidate, short: Candidate) -> bool:
    """Whether the long one begins with the short one ("win", "Winfrey"), or is abbreviated by it ("PV")."""
    whole, begin = long.written.casefold(), short.written.casefold()
    if short.written.isupper() and len(begin) <= LONGEST_INITIALS:
        letters = iter(whole)
        return whole[:1] == begin[:1] and all(letter in letters for letter in begin)
    return len(begin) >= SHORTEST_BEGINNING and whole.startswith(begin)
