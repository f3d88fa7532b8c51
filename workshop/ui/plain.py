"""Words of an event inside labels that Streamlit reads as Markdown: shown as they are, never as markup.

Words from the event file and names of themes come here; what else people type stays out of labels altogether.
"""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """The text with every sign escaped that Markdown could read, and addresses broken up so that none is a link."""
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"(?i)(www)(\\\.)|(://)", lambda found: f"{found[0][:1]}{_WORD_JOINER}{found[0][1:]}", escaped)
