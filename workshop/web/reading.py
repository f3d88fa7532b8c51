"""Themes are looked after while people talk: ideas are read and placed, suggestions made, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from workshop.domain.change import Change
from workshop.errors import WorkshopError
from workshop.services.installation import Installation
from workshop.storage import Database
from workshop.web import pool

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 3
PAUSE_SECONDS = 2

_ASKED = "proposal"
_TOPICS = frozenset({"board", "themes", _ASKED})


@asynccontextmanager
async def ahead(house: Installation, *, pause: float = PAUSE_SECONDS) -> AsyncIterator[None]:
    """Look after the themes in a thread of its own, behind everything that people wait for.

    Between two looks at the boards it pauses, so that a shower of ideas is looked at once; whoever asks for a
    suggestion ends the pause, interrupts what is being read, and comes first.
    """
    reader = _Reader(house.db, pause)
    stop_hearing = house.db.on_commit(reader.hear)
    reader.start()
    try:
        yield
    finally:
        stop_hearing()
        await asyncio.to_thread(reader.stop)


class _Reader(threading.Thread):
    """Knows which boards have changed, and reads one after the other."""

    def __init__(self, db: Database, pause: float) -> None:
        super().__init__(name="theme-reader", daemon=True)
        self._db, self._pause = db, pause
        self._changed = threading.Condition()
        self._boards: dict[UUID, None] = {}
        self._asked = False
        self._stopping = False

    def hear(self, changes: Sequence[Change]) -> None:
        boards = {change.workshop_id: None for change in changes if change.topic in _TOPICS}
        asked = {change.workshop_id: None for change in changes if change.topic == _ASKED}
        if boards:
            with self._changed:
                self._boards = asked | self._boards | boards
                self._asked |= bool(asked)
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
            self._changed.wait_for(lambda: self._stopping or bool(self._boards))
            if self._stopping:
                return None
            self._asked = False
            oldest = next(iter(self._boards))
            del self._boards[oldest]
            return oldest

    def _look_after(self, workshop_id: UUID) -> None:
        """Whatever stands in the way is told to whoever runs the server: the next change tries again."""
        from workshop.services import theme_upkeep, theme_vectors  # noqa: PLC0415  heavy: not before the first page

        try:
            theme_upkeep.look_after(self._db, workshop_id, goes_on=lambda: not (self._stopping or self._asked))
        except theme_vectors.Stopped:
            with self._changed:
                self._boards.setdefault(workshop_id)
        except WorkshopError as error:
            log.warning("themes: %s", error)
        except Exception:
            log.exception("themes: a board could not be looked after; the next change tries again")
