"""Which ideas say a phrase: in these words, or in another language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workshop.themes.embedders import Embedder, knows, quick_part
from workshop.themes.geometry import Labels, Mask, Matrix, unit
from workshop.themes.words import Phrases, Stems, stems_of

SAME_MEANING = 0.5
RARE = 0.002

# Unit vectors of phrases, a row each.
PhraseVectors: TypeAlias = Callable[[Sequence[str]], Matrix]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What phrases mean. `knows` tells the languages of the model: of others it has vectors that mean little."""

    of_phrases: PhraseVectors
    knows: Callable[[str], bool]


def meaning_of(embedder: Embedder) -> Meaning | None:
    """What this embedder can say of phrases, if anything: some have vectors for the texts of one room only."""
    if getattr(embedder, "fits_room", False):
        return None
    part = quick_part(embedder)
    return Meaning(
        of_phrases=lambda phrases: unit(np.asarray(part.embed(phrases), dtype=np.float64)),
        knows=lambda language: knows(part, language),
    )


class Support:
    """Knows for every phrase which ideas say it: those that contain it, and those that contain a translation.

    "Hospital" is said by an idea that contains "Krankenhaus": the vectors of the two words are near (cosine of .5).
    Without a model words alone count. Words of less than one idea in 500 say nothing for others.
    """

    def __init__(self, phrases: Phrases, meaning: Meaning | None) -> None:
        self.phrases, self.meaning = phrases, meaning
        self.everywhere = Counter(stems for found in phrases.by_text for stems in found)
        self._speakers: dict[Stems, Counter[str]] = {}
        for language, found in zip(phrases.languages, phrases.by_text, strict=True):
            for stems in found:
                self._speakers.setdefault(stems, Counter())[language] += 1
        self._places: dict[Stems, int] = {}
        self._words: Matrix = np.zeros((0, 0))
        self._says: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        if meaning:
            self._read_words(meaning)

    def languages(self, stems: Stems) -> Counter[str]:
        """How many ideas of each language contain the phrase."""
        return self._speakers.get(stems, Counter())

    def language(self, stems: Stems) -> str:
        """The language in which most ideas contain the phrase."""
        spoken = self.languages(stems)
        return min(spoken, key=lambda code: (-spoken[code], code), default="")

    def vectors(self, phrases: Sequence[Stems]) -> Matrix | None:
        """The meaning of phrases, a row each; None without a model."""
        if self.meaning is None:
            return None
        unread = [stems for stems in phrases if stems not in self._places]
        written = [self.phrases.written[stems] for stems in unread]
        read = dict(zip(unread, self.meaning.of_phrases(written), strict=True))
        return np.array([read[each] if each in read else self._words[self._places[each]] for each in phrases])

    def said(self, phrases: Sequence[Stems], vectors: Matrix | None) -> Mask:
        """Shape (phrases, ideas): whether the idea says the phrase. `vectors` are those of the phrases."""
        said = np.zeros((len(phrases), len(self.phrases.by_text)), dtype=np.bool_)
        if self.meaning and vectors is not None and len(phrases) and len(self._words):
            said = self._translated(phrases, vectors, self.meaning)
        rows = {stems: row for row, stems in enumerate(phrases)}
        for idea, found in enumerate(self.phrases.by_text):
            said[[rows[stems] for stems in found if stems in rows], idea] = True
        return said

    def _translated(self, phrases: Sequence[Stems], vectors: Matrix, meaning: Meaning) -> Mask:
        own = np.array([self.language(stems) for stems in phrases])
        alike = (vectors @ self._words.T >= SAME_MEANING).astype(np.float32)
        alike[[not meaning.knows(language) for language in own.tolist()]] = 0
        foreign: Mask = own[:, None] != np.array(self.phrases.languages)[None, :]
        return foreign & (alike @ self._says > 0)

    def saying(self, written: Sequence[str]) -> Mask:
        """The same for phrases that are names and keywords already, as people read them."""
        codes = sorted(set(self.phrases.languages))
        forms = [{code: stems_of(phrase, code) for code in codes} for phrase in written]
        commonest = [max(form.values(), key=self.everywhere.__getitem__, default=()) for form in forms]
        said = self.said(commonest, self.meaning.of_phrases(written) if self.meaning and written else None)
        for idea, (language, found) in enumerate(zip(self.phrases.languages, self.phrases.by_text, strict=True)):
            said[[row for row, form in enumerate(forms) if form[language] in found], idea] = True
        return said

    def share(self, written: str, members: Labels) -> float:
        """The part of these ideas that says a phrase which is already a name."""
        return float(self.saying([written])[0, members].sum()) / max(len(members), 1)

    def _read_words(self, meaning: Meaning) -> None:
        least = RARE * len(self.phrases.by_text)
        known = sorted(stems for stems, count in self.everywhere.items() if len(stems) == 1 and count >= least)
        if not known:
            return
        self._places = {stems: place for place, stems in enumerate(known)}
        self._words = meaning.of_phrases([self.phrases.written[stems] for stems in known])
        self._says = np.zeros((len(known), len(self.phrases.by_text)), dtype=np.float32)
        for idea, found in enumerate(self.phrases.by_text):
            self._says[[self._places[stems] for stems in found if stems in self._places], idea] = 1.0
