"""Themes are looked after while people talk: ideas are read and placed, suggestions made, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from workshop.domain.change import Change
from workshop.errors import WorkshopError
from workshop.services.installation import Installation
from workshop.storage import Database
from workshop.web import pool

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 3
PAUSE_SECONDS = 2
ELSEWHERE_SECONDS = 5

_ASKED = "proposal"
_TOPICS = frozenset({"board", "themes", _ASKED})


@asynccontextmanager
async def ahead(
    house: Installation, *, pause: float = PAUSE_SECONDS, elsewhere: float = ELSEWHERE_SECONDS
) -> AsyncIterator[None]:
    """Look after the themes in a thread of its own, behind everything that people wait for.

    Between two looks at the boards it pauses, so that a shower of ideas is looked at once; whoever asks for a
    suggestion ends the pause, interrupts what is being read, and comes first. What another process changed is looked at
    later, `elsewhere` seconds: mostly that one has done everything by then.
    """
    reader = _Reader(house.db, pause, elsewhere)
    stops = house.db.on_commit(reader.hear), house.feed.on_change(reader.hear_elsewhere)
    reader.start()
    try:
        yield
    finally:
        for stop in stops:
            stop()
        await asyncio.to_thread(reader.stop)


class _Reader(threading.Thread):
    """Knows which boards have changed, and reads one after the other."""

    def __init__(self, db: Database, pause: float, elsewhere: float) -> None:
        super().__init__(name="theme-reader", daemon=True)
        self._db, self._pause, self._elsewhere = db, pause, elsewhere
        self._changed = threading.Condition()
        self._boards: dict[UUID, float] = {}
        self._asked = False
        self._stopping = False

    def hear(self, changes: Sequence[Change]) -> None:
        asked = any(change.topic == _ASKED for change in changes)
        self._put(changes, 0.0 if asked else time.monotonic(), asked=asked)

    def hear_elsewhere(self, changes: Sequence[Change]) -> None:
        """The process that made a change looks after it; if it does not, being a command for example, we do."""
        self._put(changes, time.monotonic() + self._elsewhere, asked=False)

    def _put(self, changes: Sequence[Change], due: float, *, asked: bool) -> None:
        boards = {change.workshop_id for change in changes if change.topic in _TOPICS}
        with self._changed:
            for board in boards:
                self._boards[board] = min(due, self._boards.get(board, due))
            self._asked |= asked
            if boards:
                self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self.join(timeout=PATIENCE_SECONDS)

    def run(self) -> None:
        pool.step_back()
        while (workshop_id := self._next()) is not None:
            self._look_after(workshop_id)
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._asked, self._pause)

    def _next(self) -> UUID | None:
        with self._changed:
            while not self._stopping:
                now = time.monotonic()
                first = min(self._boards, key=self._boards.__getitem__, default=None)
                if first is not None and self._boards[first] <= now:
                    self._asked = False
                    del self._boards[first]
                    return first
                self._changed.wait(None if first is None else self._boards[first] - now)
            return None

    def _look_after(self, workshop_id: UUID) -> None:
        """Whatever stands in the way is told to whoever runs the server: the next change tries again."""
        from workshop.services import theme_upkeep, theme_vectors  # noqa: PLC0415  heavy: not before the first page

        try:
            theme_upkeep.look_after(self._db, workshop_id, goes_on=lambda: not (self._stopping or self._asked))
        except theme_vectors.Stopped:
            with self._changed:
                self._boards.setdefault(workshop_id, time.monotonic())
        except WorkshopError as error:
            log.warning("themes: %s", error)
        except Exception:
            log.exception("themes: a board could not be looked after; the next change tries again")
