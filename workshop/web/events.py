"""Events as bytes, the way an EventSource reads them (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from workshop.domain.room import WorkshopView
from workshop.services import clock, topics

MEDIA_TYPE = "text/event-stream"
_FRESH_SECONDS = 0.2


class Encoded:
    """One topic at one revision, encoded once for everybody.

    The clock of ``room`` runs on while its revision stands: its few bytes are put in when they are sent, and shared by
    all who are sent the same within a fifth of a second.
    """

    __slots__ = ("_body", "_event", "_moment", "_moment_at", "_packed", "revision", "view")

    def __init__(self, payload: topics.Payload) -> None:
        self.revision = payload.revision
        self.view: WorkshopView = payload.view
        self._body = dumps({"topic": payload.topic, "revision": payload.revision, **payload.body})
        self._moment = b"" if payload.topic == topics.ROOM else None
        self._moment_at = 0.0
        self._event = b""
        self._packed = b""

    def data(self) -> bytes:
        """The JSON object as it is at this moment."""
        if self._moment is None:
            return self._body
        if self._is_stale():
            self._moment = dumps(topics.moment(self.view, clock.now()))
            self._moment_at = time.monotonic()
        return self._body[:-1] + b"," + self._moment[1:]

    def event(self) -> bytes:
        """The event that brings it: the same bytes for a room that gets it within the same fifth of a second."""
        if not self._event or self._is_stale():
            self._event = event("topic", self.data())
        return self._event

    def _is_stale(self) -> bool:
        return self._moment is not None and time.monotonic() - self._moment_at > _FRESH_SECONDS

    def packed(self) -> bytes:
        """The JSON object compressed, once for everybody who fetches it."""
        if not self._packed:
            self._packed = gzip.compress(self.data(), compresslevel=6)
        return self._packed


def everything(encoded: Sequence[Encoded], changed: Mapping[str, int]) -> bytes:
    """Several topics, and the revisions of others, as one JSON object."""
    return b'{"topics":[' + b",".join(each.data() for each in encoded) + b'],"changed":' + dumps(changed) + b"}"


def event(name: str, data: bytes) -> bytes:
    """One event; ``data`` is JSON on one line."""
    return b"event: " + name.encode("ascii") + b"\ndata: " + data + b"\n\n"


def dumps(value: Mapping[str, Any]) -> bytes:
    """JSON on one line, as short as it can be; ids become texts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).encode()


@lru_cache(maxsize=8)
def together(parts: tuple[bytes, ...]) -> bytes:
    """Events as one message; a thousand streams that are sent the same share it."""
    return b"".join(parts)


BEAT = event("beat", b"{}")
"""Says that the connection lives: a page that hears nothing for long connects again."""
