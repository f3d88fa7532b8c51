"""Drafts: what a person is typing, kept on the server so that a reload, a dead battery or a closed step loses nothing.

Only the person's own devices ever read it; nothing about it is announced.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from workshop.domain.text import is_blank
from workshop.errors import Invalid, NotFound
from workshop.services import clock
from workshop.services.access import ParticipantBadge
from workshop.storage import Database
from workshop.storage import drafts as rows
from workshop.storage import people as people_rows

IDEA = "idea"
"""The place of the form for a new idea; other places are named by whoever draws them, like ``idea:<id>``."""

BYTES, PLACES = 8_192, 20

_PLACE = re.compile(r"[a-z0-9_:.-]{1,60}")


def keep(db: Database, participant: ParticipantBadge, slot: str, body: Mapping[str, Any]) -> None:
    """Keep what stands in a form: texts, lists of texts, or texts by key. An empty form is no draft."""
    if _PLACE.fullmatch(slot) is None:
        raise Invalid("This form cannot keep drafts. Please reload the page.")
    kept = _plain(body)
    if len(json.dumps(kept)) > BYTES:
        raise Invalid("This text is too long to be kept as a draft. Please shorten it.")
    with db.writing() as session:
        if people_rows.by_id(session, participant.workshop_id, participant.participant_id) is None:
            raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
        if not _says_anything(kept):
            rows.discard(session, participant.participant_id, slot)
        elif rows.others(session, participant.participant_id, slot) >= PLACES:
            raise Invalid("There are too many unfinished texts. Please send or empty one of them first.")
        else:
            rows.keep(session, participant.participant_id, slot, kept, at=clock.now())


def read(db: Database, participant: ParticipantBadge, slot: str) -> Mapping[str, Any] | None:
    """What was kept, or None. `domain.idea.draft_from` makes an idea's draft of it."""
    with db.reading() as session:
        return rows.read(session, participant.participant_id, slot)


def discard(db: Database, participant: ParticipantBadge, slot: str) -> None:
    """Throw the draft away."""
    with db.writing() as session:
        rows.discard(session, participant.participant_id, slot)


def _plain(value: Any) -> Any:
    """Keep texts, lists and mappings of texts; drop what no form of ours holds and what no database stores."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode().replace("\x00", "")
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return ""


def _says_anything(value: Any) -> bool:
    if isinstance(value, str):
        return not is_blank(value)
    return any(map(_says_anything, value.values() if isinstance(value, dict) else value))
