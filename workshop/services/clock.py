"""The server's clock: the only one that decides anything. Tests freeze it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment in UTC."""
    return _frozen.get() or datetime.now(UTC)


def time_of_day(time_zone: str, at: datetime) -> float:
    """Seconds since midnight on the clocks of a time zone."""
    local = at.astimezone(ZoneInfo(time_zone))
    return local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Let the clock of this thread stand at a moment."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)
