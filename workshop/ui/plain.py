"""Words of an event inside labels that Streamlit reads as Markdown: shown as they are, never as markup.

Words from the event file and names of themes come here; what else people type stays out of labels altogether.
"""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_IN_AN_ADDRESS = re.compile(r"(?i)(?<=w)(?=ww\\\.)|(?<=\\:)(?=\\/\\/)|(?<=\\@)")
"""Places in an escaped text: Markdown looks for addresses once more when the escapes are gone."""
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every sign escaped that Markdown could read, and addresses broken up so that none is a link."""
    return _IN_AN_ADDRESS.sub(_WORD_JOINER, _PUNCTUATION.sub(r"\\\1", " ".join(text.split())))
