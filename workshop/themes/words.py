"""Phrases of a text: which words carry meaning, and which forms are the same word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from workshop.themes.late import late

LONGEST_PHRASE = 3
CAPITAL_NOUNS = ("de",)
STOP_WORDS = Path(__file__).parents[2] / "data" / "stop_words"
VAGUE_WORDS = Path(__file__).parents[2] / "data" / "vague_words"
SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
CLAUSE = re.compile(r"[^\w\s’'-]+|\s[-–—]+\s")
WORD = re.compile(r"\w+(?:[-’']\w+)*")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu)[’'](?=\w{2})|[’'](?:s|t|d|m|re|ve|ll)$", re.IGNORECASE)
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")

Stems: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a room: what each text contains, in which language it is, and how people write a phrase mostly.

    `stops` are the stems of words that say nothing in this room, because its own title or prompt has them.
    """

    by_text: tuple[frozenset[Stems], ...]
    languages: tuple[str, ...]
    written: Mapping[Stems, str]
    stops: frozenset[str] = frozenset()

    def tells(self, stems: Stems) -> bool:
        """Whether a phrase could be one of this room's: it neither begins nor ends with a word that says nothing."""
        return bool(stems) and not {stems[0], stems[-1]} & self.stops


def phrases_of(texts: Sequence[str], languages: Sequence[str], stop_titles: Sequence[str] = ()) -> Phrases:
    """All phrases of one to three words that neither begin nor end with a stop word.

    Words of `stop_titles` (the event's own title, a prompt) stand in every second idea and tell nothing apart.
    """
    stops = frozenset(stem(word, language) for language in sorted(set(languages)) for word in title_words(stop_titles))
    forms: defaultdict[Stems, Counter[tuple[str, ...]]] = defaultdict(Counter)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_text = []
    for text, language in zip(texts, languages, strict=True):
        found = set()
        for clause in CLAUSE.split(text):
            words = _tokens(clause)
            _note_spelling(words, language, spelled)
            for stems, form in _phrases(words, language, stops):
                found.add(stems)
                forms[stems][form] += 1
        by_text.append(frozenset(found))
    spelling = {word: min(seen, key=lambda form: (-seen[form], form)) for word, seen in spelled.items()}
    written = {stems: _joined(_commonest(seen), spelling) for stems, seen in forms.items()}
    return Phrases(tuple(by_text), tuple(languages), written, stops)


def stems_of(phrase: str, language: str) -> Stems:
    """The stems under which a written phrase is found in a text of this language."""
    return tuple(stem(word, language) for word in _tokens(phrase) if not _is_empty(word, language))


def title_words(titles: Sequence[str]) -> frozenset[str]:
    """The single words of these titles."""
    return frozenset(word.casefold() for title in titles for word in _tokens(title))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """What the forms of a word have in common; the word itself in a language without a stemmer."""
    folded = word.casefold()
    stemmer = _stemmer(language)
    return folded if stemmer is None else str(stemmer.stemWord(folded))


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words without a subject of their own, in this language and in English, which every room mixes in.

    Not of all languages at once: the French "car", the Danish "fire" and the German "war" are subjects elsewhere.
    """
    return frozenset(word for code in sorted({language, "en"}) for word in _listed(STOP_WORDS / f"{code}.txt"))


@cache
def vague_stems(language: str) -> frozenset[str]:
    """Stems of words that fit any proposal ("solution", "approach"), in this language and in English.

    They may join ideas, and stand inside of a phrase ("smart grid"); alone they would be a name that says nothing.
    """
    codes = sorted({language, "en"})
    return frozenset(stem(word, code) for code in codes for word in _listed(VAGUE_WORDS / f"{code}.txt"))


def _listed(path: Path) -> Iterator[str]:
    """The words of a list; none where a language has no list. Lines with # are for people."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return (word for line in lines if not line.startswith("#") for word in line.split())


def _note_spelling(words: Sequence[str], language: str, spelled: defaultdict[str, Counter[str]]) -> None:
    """How people write each word. The first of a clause has its capital from the clause, so it has no say."""
    for place, word in enumerate(words):
        if place or language in CAPITAL_NOUNS:
            spelled[word.casefold()][word] += 1


def _phrases(words: Sequence[str], language: str, stops: AbstractSet[str]) -> Iterator[tuple[Stems, tuple[str, ...]]]:
    stems = ["" if _is_empty(word, language) else stem(word, language) for word in words]
    tells = [bool(found) and found not in stops for found in stems]
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_PHRASE, len(words))):
            if tells[first] and tells[last]:
                inside = tuple(stems[place] for place in range(first, last + 1) if tells[place])
                yield inside, tuple(word.casefold() for word in words[first : last + 1])


def _tokens(text: str) -> list[str]:
    """Words; in scripts without spaces every character, since nothing shows where a word ends."""
    tokens: list[str] = []
    for found in WORD.findall(text):
        word = ELISION.sub("", found)
        tokens.extend(word if UNSPACED.fullmatch(word) else [word])
    return tokens


def _is_empty(word: str, language: str) -> bool:
    if UNSPACED.fullmatch(word):
        return False
    letters = sum(character.isalpha() for character in word)
    return letters < 2 or word.casefold() in stop_words(language)


def _commonest(forms: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    return min(forms, key=lambda form: (-forms[form], form))


def _joined(words: Sequence[str], spelling: Mapping[str, str]) -> str:
    """The words as the room spells them: "CO2", "EU", "Ohio", but "energy"."""
    phrase = ""
    for before, word in zip(("", *words), words, strict=False):
        close = not before or (UNSPACED.fullmatch(before) and UNSPACED.fullmatch(word))
        phrase += ("" if close else " ") + spelling.get(word, word)
    return phrase


@cache
def _stemmer(language: str) -> Any:
    snowball = late("snowballstemmer")
    name = SNOWBALL.get(language)
    return snowball.stemmer(name) if name in snowball.algorithms() else None
