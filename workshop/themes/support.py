"""Which ideas say a phrase: in these words, in another language, or, where it is a subject, in words near it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workshop.themes.embedders import Embedder, knows, quick_part
from workshop.themes.geometry import Labels, Mask, Matrix, unit
from workshop.themes.subjects import subjects
from workshop.themes.words import Phrases, Stems, stems_of

SAME_MEANING = 0.5
RARE = 0.002
ANY_LANGUAGE = ""
COMMON_LANGUAGE = "en"

Counts: TypeAlias = NDArray[np.int64]
# Unit vectors of phrases, a row each.
PhraseVectors: TypeAlias = Callable[[Sequence[str]], Matrix]

# The subjects' vectors, by the model and what they are called: some 370 per language, the same for every room.
_SUBJECTS_READ: dict[tuple[str, tuple[str, ...]], Matrix] = {}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What phrases mean. `knows` tells the languages of the model: of others it has vectors that mean little.

    `model` is its name, under which the subjects are read once for all rooms; without a name for each.
    """

    of_phrases: PhraseVectors
    knows: Callable[[str], bool]
    model: str = ""


def meaning_of(embedder: Embedder) -> Meaning | None:
    """What this embedder can say of phrases, if anything: some have vectors for the texts of one room only."""
    if getattr(embedder, "fits_room", False):
        return None
    part = quick_part(embedder)
    return Meaning(
        of_phrases=lambda phrases: unit(np.asarray(part.embed(phrases), dtype=np.float64)),
        knows=lambda language: knows(part, language),
        model=part.name,
    )


class Support:
    """Knows for every phrase which ideas say it: those that contain it, and those that contain a translation.

    "Hospital" is said by an idea that contains "Krankenhaus": the vectors of the two words are near (cosine of .5).
    A subject (see `subjects`) is a heading rather than a word of somebody, so what is near it says it in its own
    language too: "ports" is said by an idea about ferries. Without a model words alone count and there are no subjects.
    Words of less than one idea in 500 say nothing for others. `home` is the language of the workshop.
    """

    def __init__(self, phrases: Phrases, meaning: Meaning | None, *, home: str) -> None:
        self.phrases, self.meaning, self.home = phrases, meaning, home
        self.everywhere = Counter(stems for found in phrases.by_text for stems in found)
        self.subjects: dict[Stems, str] = {}
        self._speakers: dict[Stems, Counter[str]] = {}
        for language, found in zip(phrases.languages, phrases.by_text, strict=True):
            for stems in found:
                self._speakers.setdefault(stems, Counter())[language] += 1
        self._known: dict[Stems, Matrix] = {}
        self._words: Matrix = np.zeros((0, 0))
        self._says: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._understood: Mask = np.array(
            [meaning is not None and meaning.knows(code) for code in phrases.languages], dtype=np.bool_
        )
        if meaning:
            self._read_words(meaning)
            self._read_subjects(meaning)

    def languages(self, stems: Stems) -> Counter[str]:
        """How many ideas of each language contain the phrase."""
        return self._speakers.get(stems, Counter())

    def language(self, stems: Stems) -> str:
        """The language in which most ideas contain the phrase; any for a subject, and for what nobody wrote."""
        spoken = self.languages(stems)
        if stems in self.subjects:
            return ANY_LANGUAGE
        return min(spoken, key=lambda code: (-spoken[code], code), default=ANY_LANGUAGE)

    def written(self, stems: Stems) -> str:
        """How people write the phrase, or how the subject is called."""
        return self.subjects.get(stems) or self.phrases.written[stems]

    def vectors(self, phrases: Sequence[Stems]) -> Matrix | None:
        """The meaning of phrases, a row each; None without a model."""
        if self.meaning is None:
            return None
        unread = [stems for stems in phrases if stems not in self._known]
        read = zip(unread, self.meaning.of_phrases([self.written(stems) for stems in unread]), strict=True)
        known = self._known | dict(read)
        return np.array([known[stems] for stems in phrases])

    def said(self, phrases: Sequence[Stems], vectors: Matrix | None) -> Mask:
        """Shape (phrases, ideas): whether the idea says the phrase. `vectors` are those of the phrases."""
        said = self._meant([self.language(stems) for stems in phrases], vectors)
        rows = {stems: row for row, stems in enumerate(phrases)}
        for idea, found in enumerate(self.phrases.by_text):
            said[[rows[stems] for stems in found if stems in rows], idea] = True
        return said

    def words_near(self, phrases: Sequence[Stems], vectors: Matrix | None, inside: Mask) -> Counts:
        """How many different words of these ideas are near each of the phrases; none without a model."""
        if vectors is None or not len(vectors) or not len(self._words):
            return np.zeros(len(phrases), dtype=np.int64)
        there = self._says[:, inside & self._understood].any(axis=1)
        near: Counts = (vectors @ self._words[there].T >= SAME_MEANING).sum(axis=1)
        return near

    def saying(self, written: Sequence[str], *, languages: Sequence[str] = ()) -> Mask:
        """The same for phrases that are names and keywords already, as people read them.

        `languages` are theirs, where these ideas cannot tell it.
        """
        codes = sorted(set(self.phrases.languages))
        forms = [{code: stems_of(phrase, code) for code in codes} for phrase in written]
        own = languages or [self.language(self._commonest(form)) for form in forms]
        meant = [
            ANY_LANGUAGE if stems_of(phrase, self.home) in self.subjects else language
            for phrase, language in zip(written, own, strict=True)
        ]
        said = self._meant(meant, self.meaning.of_phrases(written) if self.meaning and written else None)
        for idea, (language, found) in enumerate(zip(self.phrases.languages, self.phrases.by_text, strict=True)):
            said[[row for row, form in enumerate(forms) if form[language] in found], idea] = True
        return said

    def share(self, written: str, members: Labels) -> float:
        """The part of these ideas that says a phrase which is already a name."""
        return float(self.saying([written])[0, members].sum()) / max(len(members), 1)

    def _commonest(self, form: Mapping[str, Stems]) -> Stems:
        return max(form.values(), key=self.everywhere.__getitem__, default=())

    def _meant(self, own: Sequence[str], vectors: Matrix | None) -> Mask:
        """Whether an idea contains a word near to a phrase of another language, or to one of any."""
        if self.meaning is None or vectors is None or not len(own) or not len(self._words):
            return np.zeros((len(own), len(self.phrases.by_text)), dtype=np.bool_)
        alike = (vectors @ self._words.T >= SAME_MEANING).astype(np.float32)
        alike[[bool(language) and not self.meaning.knows(language) for language in own]] = 0
        foreign: Mask = np.array(own)[:, None] != np.array(self.phrases.languages)[None, :]
        return foreign & self._understood & (alike @ self._says > 0)

    def _read_words(self, meaning: Meaning) -> None:
        least = RARE * len(self.phrases.by_text)
        known = sorted(stems for stems, count in self.everywhere.items() if len(stems) == 1 and count >= least)
        if not known:
            return
        places = {stems: place for place, stems in enumerate(known)}
        self._words = meaning.of_phrases([self.phrases.written[stems] for stems in known])
        self._known = dict(zip(known, self._words, strict=True))
        self._says = np.zeros((len(known), len(self.phrases.by_text)), dtype=np.float32)
        for idea, found in enumerate(self.phrases.by_text):
            self._says[[places[stems] for stems in found if stems in places], idea] = 1.0

    def _read_subjects(self, meaning: Meaning) -> None:
        """Each subject under its name here, with the vector of a name that the model understands."""
        called = subjects(self.home)
        if not called:
            return
        understood = called if meaning.knows(self.home) else subjects(COMMON_LANGUAGE)
        forms = [stems_of(subject, self.home) for subject in called]
        self.subjects = {form: subject for form, subject in zip(forms, called, strict=True) if self.phrases.tells(form)}
        self._known |= dict(zip(forms, _read_once(meaning, understood), strict=True))


def _read_once(meaning: Meaning, called: tuple[str, ...]) -> Matrix:
    """The vectors of these subjects."""
    if not meaning.model:
        return meaning.of_phrases(called)
    key = (meaning.model, called)
    if key not in _SUBJECTS_READ:
        _SUBJECTS_READ[key] = meaning.of_phrases(called)
    return _SUBJECTS_READ[key]
