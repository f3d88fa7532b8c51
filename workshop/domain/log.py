"""The log as a chain: every entry carries the hash of the entry before it, so that no line can be changed unseen.

    hash = SHA-256( previous hash, newline, canonical JSON of workshop, sequence, at, actor, verb, subject, details )

Canonical JSON has sorted keys, no spaces and ASCII only; moments are ISO 8601 in UTC with microseconds. The hash before
the first entry is the empty text. Details hold ids, numbers and hashes of texts, never a text or a name: so a person
can be erased from the workshop and the chain stays valid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

BEGINNING = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. ``sequence`` counts from 1 without gaps in each workshop."""

    sequence: int
    at: datetime
    actor: str
    verb: str
    subject: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str


def seal(workshop_id: UUID, entry: Entry) -> str:
    """Return the hash that an entry must carry, from everything else in it."""
    document = {
        "workshop": str(workshop_id),
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "verb": entry.verb,
        "subject": entry.subject,
        "details": entry.details,
    }
    return hashlib.sha256(f"{entry.previous_hash}\n{canonical(document)}".encode()).hexdigest()


def canonical(document: Mapping[str, Any]) -> str:
    """Return the one JSON text of a document: the same value gives the same characters on every machine."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def first_broken(workshop_id: UUID, entries: Sequence[Entry], *, head: str, length: int) -> int | None:
    """Return the sequence at which the chain breaks first, or None when it holds.

    :param entries: the whole log in the order of its sequence.
    :param head: the newest hash, as the workshop remembers it; an entry cut off at the end is missed by it.
    :param length: how many entries the workshop has counted.
    """
    previous = BEGINNING
    for place, entry in enumerate(entries, start=1):
        if entry.sequence != place or entry.previous_hash != previous or not _is_sealed(workshop_id, entry):
            return place
        previous = entry.hash
    if len(entries) != length:
        return min(len(entries), length) + 1
    return None if previous == head else max(length, 1)


def _is_sealed(workshop_id: UUID, entry: Entry) -> bool:
    try:
        return entry.hash == seal(workshop_id, entry)
    except (TypeError, ValueError):  # not a number, or what else no entry of ours holds
        return False
