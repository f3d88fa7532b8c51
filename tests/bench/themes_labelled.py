"""Labelled sets for measuring themes: texts that people have sorted, with their vectors."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workshop import themes


@dataclass(frozen=True)
class Labelled:
    """Texts with the class that people gave them, their languages, and their vectors by the embedder under test."""

    name: str
    texts: tuple[themes.Text, ...]
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    vectors: themes.Vectors

    def sample(self, size: int, draw: int) -> list[int]:
        return sorted(np.random.default_rng(draw).choice(len(self.texts), size, replace=False).tolist())


def read(path: Path, embedder: themes.Embedder, *, keep: Path | None) -> Labelled | None:
    """The set in this file, or None where there is nothing to find again. Vectors are kept in the folder `keep`."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("text")]
    labels = tuple(row.get("label") or "" for row in rows)
    if len(set(labels)) < 2:
        return None
    texts = tuple(themes.Text(f"{path.stem}-{index:05}", row["text"]) for index, row in enumerate(rows))
    languages = tuple(row.get("lang") or "en" for row in rows)
    return Labelled(path.stem, texts, labels, languages, _vectors(texts, embedder, keep and keep / f"{path.stem}.npz"))


def _vectors(texts: tuple[themes.Text, ...], embedder: themes.Embedder, kept: Path | None) -> themes.Vectors:
    known = dict(np.load(kept)) if kept and kept.exists() else {}
    found = themes.embed(texts, embedder=embedder, known=known)
    if kept and len(found.keys() | known.keys()) > len(known):
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, **(known | found))
    return found
