"""What the people of a rehearsal write: bundled ideas, or the rows of a CSV file, cut to the length of an idea.

Nothing is invented: a long text gives its first sentence, or as many of its words as fit, as the title, and what
follows as the pitch; "…" stands where something was cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from workshop.domain.idea import NOTE, PITCH, TITLE
from workshop.domain.text import is_blank, normal, shorten
from workshop.errors import Invalid
from workshop.services import csv_files
from workshop.settings import PROJECT

SAMPLE = PROJECT / "data" / "ideas" / "sample.csv"

_BRINGS = "brings_"
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")
_CUT = "…"


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea before anybody has written it. ``side``, ``sectors`` and the keys of ``brings`` are as in the file."""

    title: str
    pitch: str = ""
    side: str = ""
    sectors: tuple[str, ...] = ()
    brings: Mapping[str, str] = field(default_factory=dict)
    still_needed: str = ""


def read_ideas(path: Path, *, most: int, seed: int) -> tuple[IdeaText, ...]:
    """Read the ideas of a CSV file, in its order; of more than *most* rows a sample, the same for the same seed.

    :raises Invalid: when the file cannot be read or has neither a ``text`` nor a ``title`` column.
    """
    rows = [idea for idea in map(_idea, csv_files.rows(path, wanted=("text", "title"))) if idea is not None]
    if not rows:
        raise Invalid(f"{path.name} has no ideas: every row is empty. Put one idea into each row.")
    if len(rows) <= most:
        return tuple(rows)
    taken = sorted(Random(f"{seed} rows").sample(range(len(rows)), most))  # noqa: S311  a rehearsal, not a secret
    return tuple(rows[place] for place in taken)


def title_and_pitch(text: str, title: str = "") -> tuple[str, str]:
    """Cut a text of any length into a title and a pitch that fit. A title of its own is not repeated in the pitch."""
    body, head = normal(text), normal(title)
    if not head:
        head = _SENTENCE_END.split(body, maxsplit=1)[0]
    rest = body[len(head) :].lstrip(" .:;-–—") if body.startswith(head) else body
    wording, left = _cut(head, TITLE)
    if left:
        rest = f"{_CUT}{left} {rest}".rstrip()
    elif not title:
        wording = wording.removesuffix(".")
    return wording, _cut(rest, PITCH)[0]


def _cut(text: str, limit: int) -> tuple[str, str]:
    """The words that fit, with an ellipsis where words are missing, and the missing words."""
    if len(text) <= limit:
        return text, ""
    end = text.rfind(" ", limit // 2, limit - 1)
    kept = f"{text[:end].rstrip(' ,;:')}{_CUT}" if end > 0 else shorten(text, limit)
    return kept, text[end if end > 0 else len(kept) - 1 :].strip()


def _idea(row: Mapping[str, str]) -> IdeaText | None:
    title, text = row.get("title") or "", row.get("text") or ""
    if text:
        wording, pitch = title_and_pitch(text, title)
    else:
        wording, left = _cut(normal(title), TITLE)
        more = normal(row.get("pitch") or "")
        pitch = _cut(f"{_CUT}{left} {more}".rstrip() if left else more, PITCH)[0]
    if is_blank(wording):
        return None
    return IdeaText(
        title=wording,
        pitch=pitch,
        side=(row.get("side") or "").strip(),
        sectors=tuple(filter(None, map(str.strip, (row.get("sectors") or "").split(";")))),
        brings={
            name.removeprefix(_BRINGS): _cut(normal(note), NOTE)[0]
            for name, note in row.items()
            if name.startswith(_BRINGS) and note
        },
        still_needed=_cut(normal(row.get("still_needed") or ""), NOTE)[0],
    )
