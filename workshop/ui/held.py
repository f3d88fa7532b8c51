"""What a held wall is drawn from: numbers as they were kept, texts as they may be read now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Body = Mapping[str, Any]
Read = Callable[[str], dict[str, Any]]


def reading(read: Read, room: Body, kept: Body) -> Read:
    """Read topics for the picture of this room's step; what was kept of it stands in place of what is newer.

    Of ideas only the choice is kept, never a text: one that was hidden since has left the board, and so the wall.
    """

    def as_held(topic: str) -> dict[str, Any]:
        if topic == "room":
            return dict(room)
        if topic in kept:
            return dict(kept[topic])
        body = read(topic)
        if topic == "board" and "ideas" in kept:
            return body | {"ideas": [idea for idea in body["ideas"] if idea["number"] in set(kept["ideas"])]}
        if topic == "pitch" and "card" in kept:
            return body | {"idea": kept["card"]}
        return body

    return as_held
