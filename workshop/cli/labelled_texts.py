"""Texts of a CSV file, and how well themes find the groups again that people have put them into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workshop.domain.text import is_blank, normal, shorten
from workshop.errors import Invalid
from workshop.services import csv_files

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One row. ``number`` is its place among the rows, from 1; ``label`` is empty where nobody asked for it."""

    number: int
    text: str
    title: str
    label: str

    @property
    def id(self) -> str:
        """Ids are in the order of the file."""
        return f"{self.number:06}"


def read(path: Path, *, text: str = "", label: str = "") -> tuple[LabelledText, ...]:
    """The rows with a text, in the order of the file: of the named column, else “text”, else “title” and “pitch”.

    :raises Invalid: when the file or a column is missing, or nothing stands in it.
    """
    found = csv_files.rows(path, wanted=(text.casefold(),) if text else ("text", "title"))
    if label and found and label.casefold() not in found[0]:
        raise Invalid(f"{path.name} has no column “{label}”; it has: {', '.join(filter(None, found[0]))}.")
    read_rows = (_row(number, row, text.casefold(), label.casefold()) for number, row in enumerate(found, start=1))
    kept = tuple(row for row in read_rows if not is_blank(row.text))
    if not kept:
        raise Invalid(f"{path.name} has no texts: every row is empty. Put one idea into each row.")
    return kept


def agreement(rows: Sequence[LabelledText], theme_of: Mapping[str, str]) -> dict[str, float | None]:
    """How far themes and labels agree, 1 being entirely: the adjusted Rand index and the normalised mutual information.

    Ideas of no theme count as one more group; rows without a label do not count.
    """
    from workshop.themes.late import late

    metrics = late("sklearn.metrics")
    known = [row for row in rows if row.label]
    labels, found = [row.label for row in known], [theme_of.get(row.id, "") for row in known]
    return {
        "ari": round(float(metrics.adjusted_rand_score(labels, found)), 4),
        "nmi": round(float(metrics.normalized_mutual_info_score(labels, found)), 4),
    }


def _row(number: int, row: Mapping[str, str], text: str, label: str) -> LabelledText:
    title, whole = normal(row.get("title") or ""), normal(row.get(text or "text") or "")
    if not text and not whole:
        whole = ". ".join(filter(None, (title, normal(row.get("pitch") or ""))))
    return LabelledText(number, whole, shorten(title or whole, _SHOWN), normal(row.get(label) or "") if label else "")
