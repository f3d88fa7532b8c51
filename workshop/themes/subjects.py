"""Subjects that rooms speak about, in several languages: headings for ideas that share a meaning but no word."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

SUBJECTS = Path(__file__).parents[2] / "data" / "subjects.csv"


@cache
def subjects(language: str) -> tuple[str, ...]:
    """The subjects as they are called inside of a sentence; none in a language that the list does not have."""
    with SUBJECTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return tuple(row[language] for row in rows) if language in (rows.fieldnames or ()) else ()
