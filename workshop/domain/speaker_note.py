"""What the closing speaker says on a slide, where a person wrote it in place of the sentences made from the facts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workshop.domain.text import clean, is_blank

SLIDES = ("numbers", "map", "themes", "orders", "ratings", "consortia", "commitments", "afternoon")
"""The slides of the closing deck, by key."""

LONGEST = 3000

_SOMEBODY = "somebody"


@dataclass(frozen=True, slots=True)
class SpeakerNote:
    """The note of one slide; empty: the sentences made from the facts. A change raises ``version``."""

    text: str = ""
    version: int = 0

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line for line in self.text.split("\n") if line)


def checked(text: str) -> str:
    """Return the text in its normal form; nothing visible is the empty text. Raises Invalid when it is too long."""
    cleaned = clean(text, limit=LONGEST, lines=True, what="note")
    return "" if is_blank(cleaned) else cleaned


def without_name(text: str, name: str) -> str:
    """Return the text with "somebody" where the whole name stood."""
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _SOMEBODY, text)
