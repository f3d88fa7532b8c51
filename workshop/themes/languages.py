"""Which language an idea is written in, and taking the language out of its vector.

Vectors of one language lean into a direction of their own. Without centring, a mixed room gets a French theme and a
German theme instead of themes about something.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from workshop.themes.geometry import Matrix, unit
from workshop.themes.late import late

DEFAULT_LANGUAGES = ("en", "da", "de", "es", "fr", "it", "nl", "pl", "pt", "sv")
SHRINKAGE = 1
SURE_ENOUGH = 0.8


def languages_of(texts: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """A language code per text. A text too short to tell gets the language most of the room writes."""
    known = tuple(sorted(set(allowed) & _known_languages()))
    if len(known) < 2:
        return [known[0] if known else "und"] * len(texts)
    identifier = _identifier(known)
    guesses = [identifier.classify(text) for text in texts]
    sure = Counter(language for language, probability in guesses if probability >= SURE_ENOUGH)
    commonest = min(sure, key=lambda language: (-sure[language], language)) if sure else known[0]
    return [language if probability >= SURE_ENOUGH else commonest for language, probability in guesses]


def centred(blocks: Sequence[Matrix], languages: Sequence[str], *, by: int | None = None) -> Matrix:
    """Unit rows with the mean of their language taken out, block by block, the blocks side by side.

    A language with few texts has no mean of its own worth trusting, so it is drawn towards the mean of all. Only the
    first `by` rows are used for the means (all by default): a newcomer must not change what the others stand for.
    """
    if not len(languages):
        return blocks[0]
    return unit(np.hstack([_centred_block(block, np.array(languages), by or len(languages)) for block in blocks]))


def _centred_block(rows: Matrix, languages: np.ndarray[Any, np.dtype[np.str_]], by: int) -> Matrix:
    everybody = rows[:by].mean(axis=0)
    moved = rows.copy()
    for language in sorted(set(languages.tolist())):
        speakers = languages == language
        count = int(speakers[:by].sum())
        own_share = count / (count + SHRINKAGE)
        own = rows[:by][speakers[:by]].mean(axis=0) if count else everybody
        moved[speakers] -= own_share * own + (1 - own_share) * everybody
    return unit(moved)


@cache
def _whole_identifier() -> Any:
    langid = late("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


@cache
def _known_languages() -> frozenset[str]:
    return frozenset(_whole_identifier().labels)


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    # Restricting replaces attributes of the identifier, so each set of languages works on a shallow copy of its own.
    identifier = copy.copy(_whole_identifier())
    identifier.set_languages(list(languages))
    return identifier
