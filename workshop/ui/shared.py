"""Reads that all sessions of the process share: one per workshop, topic and revision, whoever asks first.

They live in a plain module: Streamlit's own caches can be emptied by a browser, and know no revisions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from workshop.live import Once
from workshop.services import topics
from workshop.services.installation import Installation
from workshop.services.topics import Payload

T = TypeVar("T")

_payloads: Once[tuple[str, UUID, str], Payload] = Once(most=48)
_built: Once[Hashable, Any] = Once(most=16)


def body(
    house: Installation, workshop_id: UUID, topic: str, *, revisions: Mapping[str, int] | None = None
) -> dict[str, Any]:
    """What stands in a topic, as phones receive it. Raises NotAllowed while the step hides it.

    The same object is given to everybody: read it, do not change it. Whoever reads several topics reads ``revisions``
    before them, once.
    """
    if revisions is None:
        revisions = topics.revisions(house.db, workshop_id)
    # The step belongs to the revision: what it hides must not be answered from a time when it was open.
    revision = (revisions.get(topics.ROOM, 0), revisions.get(topic, 0))
    key = (house.db.url_without_secret, workshop_id, topic)
    return _payloads.get(key, partial(topics.payload, house.db, workshop_id, topic), revision=revision).body


def once(key: Hashable, build: Callable[[], T]) -> T:
    """Something expensive to build (a chart), kept by a key that names all it depends on, its revision too."""
    built: T = _built.get(key, build)
    return built
