"""What people were promised is kept by itself: what is over is erased at the start and every day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from workshop.errors import WorkshopError
from workshop.services import retention
from workshop.services.installation import Installation

log = logging.getLogger(__name__)

DAY_SECONDS = 24 * 60 * 60


@asynccontextmanager
async def kept(house: Installation, *, every: float = DAY_SECONDS) -> AsyncIterator[None]:
    """Erase before the room opens, and again every day that the server runs. At the end a purge is not cut off."""
    await asyncio.to_thread(_erase, house)
    stopping = asyncio.Event()
    erasing = asyncio.create_task(_erase_again(house, stopping, every))
    try:
        yield
    finally:
        stopping.set()
        await erasing


async def _erase_again(house: Installation, stopping: asyncio.Event, every: float) -> None:
    while True:
        try:
            async with asyncio.timeout(every):
                await stopping.wait()
                return
        except TimeoutError:
            await asyncio.to_thread(_erase, house)


def _erase(house: Installation) -> None:
    """Erase what is over. Whatever stands in the way is told to whoever runs the server; the next day tries again."""
    try:
        purged = retention.purge(house.db, backup_folder=house.settings.backup_folder)
    except WorkshopError as error:
        log.warning("purge: %s", error)
    except Exception:
        log.exception("purge: what is over could not be erased; it is tried again in a day")
    else:
        if purged.workshops or purged.backups:
            erased = (len(purged.workshops), len(purged.backups))
            log.warning("purge: %d workshops and %d backups were older than promised and are erased", *erased)
