"""Similar ideas while somebody writes: a read, but its question is a text, which must stand in no address and no log.

A hint may be late or missing; nobody may wait for it. So one thread answers, behind everything else, and works a
quarter of the time at most; of each person only the newest question counts; when many wait, the rest get none, and so
does a question that has waited for seconds: by then its text has gone on, and a proxy would give up and ask elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.services import installation
from workshop.web import asked, callers, events
from workshop.web.answers import guarded
from workshop.web.pool import Pool

if TYPE_CHECKING:
    from workshop.services.similar import Hint

T = TypeVar("T")

MOST_WAITING = 40
REST = 3
LONGEST_REST = 0.25
LONGEST_WAIT = 3.0


def routes() -> list[Route]:
    return [Route("/live/similar", similar, methods=["POST"])]


@guarded
async def similar(request: Request) -> Response:
    """At most three ideas like the one being written; ``idea`` is the one whose text is being changed."""
    kinds = {"code": asked.text, "title": asked.text, "pitch": asked.text}
    sent = await asked.body(request, kinds, {"person": asked.identity, "idea": asked.identity})
    house = installation.current()
    who = f"{callers.device(house, request)} {sent['person']}"

    def look() -> list[dict[str, Any]]:
        from workshop.services import similar  # noqa: PLC0415  heavy: it must not delay the first page

        writer = callers.person(house, request, sent["code"], sent["person"])
        found = similar.hints(house.db, writer, title=sent["title"], pitch=sent["pitch"], changing=sent["idea"])
        return [_told(hint) for hint in found]

    answer = events.dumps({"similar": await _newest.answer(who, look) or []})
    return Response(answer, media_type="application/json", headers={"cache-control": "no-store"})


class Newest(Generic[T]):
    """Answers the newest question of each asker in one thread, with rests; None for every other question."""

    def __init__(self, pool: Pool, *, most_waiting: int = MOST_WAITING, longest_wait: float = LONGEST_WAIT) -> None:
        self._pool, self._most_waiting, self._longest_wait = pool, most_waiting, longest_wait
        self._numbers = count()
        self._newest: dict[str, int] = {}
        self._rested_at = 0.0

    async def answer(self, asker: str, look: Callable[[], T]) -> T | None:
        """What `look` gives, unless the same asker asks again before its turn, too many wait, or it waits too long."""
        number, asked_at = next(self._numbers), time.monotonic()
        self._newest[asker] = number

        def in_time() -> T | None:
            late = time.monotonic() - asked_at > self._longest_wait
            return None if late or self._newest.get(asker) != number else self._look(look)

        try:
            if self._pool.waiting >= self._most_waiting:
                return None
            return await self._pool.run(in_time)
        finally:
            if self._newest.get(asker) == number:
                del self._newest[asker]

    def _look(self, look: Callable[[], T]) -> T:
        """After the rest that the last answer earned: three times as long as it took."""
        time.sleep(max(0.0, self._rested_at - time.monotonic()))
        began = time.monotonic()
        try:
            return look()
        finally:
            ended = time.monotonic()
            self._rested_at = ended + min(REST * (ended - began), LONGEST_REST)


def _told(hint: Hint) -> dict[str, Any]:
    idea = hint.idea
    return {
        "id": idea.id,
        "number": idea.number,
        "title": idea.title,
        "pitch": idea.pitch,
        "credit": idea.credit_line,
        "maybe_same": hint.maybe_same,
        "where": hint.where,
        "completable": hint.completable,
        "buildable": hint.buildable,
    }


_newest: Newest[list[dict[str, Any]]] = Newest(Pool("hints", threads=1, behind=True))
