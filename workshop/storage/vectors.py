"""Embeddings of texts, kept under a hash of text and model so that a text is read by the model once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from workshop.storage import inserting
from workshop.storage.tables import TextVector

_AT_ONCE = 500


def known(session: Session, keys: Collection[str]) -> dict[str, bytes]:
    """The kept vectors among these keys, as bytes of float32."""
    ordered = sorted(keys)
    found: dict[str, bytes] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        statement = select(TextVector).where(col(TextVector.key).in_(ordered[start : start + _AT_ONCE]))
        found.update({row.key: row.vector for row in session.exec(statement)})
    return found


def kept(session: Session, keys: Collection[str]) -> set[str]:
    """Those of these keys under which a vector is kept."""
    ordered = sorted(keys)
    found: set[str] = set()
    for start in range(0, len(ordered), _AT_ONCE):
        statement = select(TextVector.key).where(col(TextVector.key).in_(ordered[start : start + _AT_ONCE]))
        found.update(session.exec(statement))
    return found


def keep(session: Session, vectors: Mapping[str, bytes], *, at: datetime) -> None:
    """Keep those that are not kept yet."""
    if vectors:
        rows = [{"key": key, "vector": vectors[key], "at": at} for key in sorted(vectors)]
        session.connection().execute(inserting.into(session, TextVector).on_conflict_do_nothing(), rows)
