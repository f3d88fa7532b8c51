"""Rehearsals that a moderator begins are played here, in a thread behind everything that people wait for."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from workshop.domain.change import Change
from workshop.services import rehearsal_desk
from workshop.services.installation import Installation
from workshop.storage import Database
from workshop.web import pool

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5


@asynccontextmanager
async def on_request(house: Installation) -> AsyncIterator[None]:
    """Play what was begun in this process, one after the other; on the way out what plays stops, and says so."""
    player = _Player(house.db)
    stop_hearing = house.db.on_commit(player.hear)
    player.start()
    try:
        yield
    finally:
        stop_hearing()
        await asyncio.to_thread(player.stop)


class _Player(threading.Thread):
    """Hears of rehearsals, and plays those that are to be played."""

    def __init__(self, db: Database) -> None:
        super().__init__(name="rehearsal", daemon=True)
        self._db = db
        self._heard: queue.SimpleQueue[UUID | None] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def hear(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.topic == rehearsal_desk.TOPIC:
                self._heard.put(change.workshop_id)

    def stop(self) -> None:
        self._stopping.set()
        self._heard.put(None)
        self.join(timeout=PATIENCE_SECONDS)

    def run(self) -> None:
        pool.step_back()
        while (workshop_id := self._heard.get()) is not None:
            if not self._stopping.is_set():
                self._play(workshop_id)

    def _play(self, workshop_id: UUID) -> None:
        try:
            rehearsal_desk.play(
                self._db, workshop_id, goes_on=lambda: not self._stopping.is_set(), wait=self._stopping.wait
            )
        except Exception:
            log.exception("a rehearsal ended early; it can be cleared and played again")
