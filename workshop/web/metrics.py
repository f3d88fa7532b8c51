"""What this process measures of itself. `docs/observing.md` says what each number means.

The collectors live here and nowhere below: storage and screens only say that something took so long (`on_transaction`,
`on_run`) and do not know who hears it. A label is one of a few words, never a code, an id or a name.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

from workshop.storage import Database
from workshop.storage.database import Transaction
from workshop.ui import runs

# The moment at which each series began would double the answer. (The function ships without types.)
disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

STREAMS = Gauge("roundtable_streams", "Open event streams by who listens", ["kind"], registry=REGISTRY)
SOCKETS = Gauge("roundtable_websockets", "Open websockets of Streamlit", registry=REGISTRY)
EVENTS = Counter("roundtable_events_sent", "Events sent to streams by topic", ["topic"], registry=REGISTRY)
BYTES = Counter("roundtable_stream_sent_bytes", "Bytes sent to streams", registry=REGISTRY)
LAG = Histogram(
    "roundtable_stream_lag_seconds",
    "From the commit of the oldest change in a message to the moment it is given to one connection",
    registry=REGISTRY,
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0, 2.0, 5.0, 10.0),
)
RUNS = Histogram(
    "roundtable_run_seconds",
    "Runs of a page's script, or of one fragment of it, without the wait for their turn",
    ["page", "kind"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0),
)
WAITING = Gauge("roundtable_waiting", "Who waits for a turn or a thread, by queue", ["queue"], registry=REGISTRY)
TRANSACTIONS = Histogram(
    "roundtable_transaction_seconds",
    "Transactions of the database, waiting for their turn included",
    ["kind"],
    registry=REGISTRY,
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 10.0),
)
REFUSED = Counter("roundtable_refused", "What the guard refused or closed, by status", ["status"], registry=REGISTRY)
LOOP_DELAY = Histogram(
    "roundtable_loop_delay_seconds",
    "How much later than asked the event loop woke up, felt once a second",
    registry=REGISTRY,
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0),
)

_FEEL_SECONDS = 1.0


def sent(kinds: Iterable[str], size: int, *, since: float | None) -> None:
    """One message to one stream: its events, and since when (``time.monotonic``) its oldest change was committed."""
    for kind in kinds:
        _events(kind).inc()
    BYTES.inc(size)
    if since is not None:
        LAG.observe(time.monotonic() - since)


def refused(status: int) -> None:
    """The guard said no: an HTTP status, or the code with which it closed a websocket."""
    REFUSED.labels(str(status)).inc()


def queue(name: str, length: Callable[[], float]) -> None:
    """Let a queue be looked at whenever somebody asks for the numbers; a new one of this name replaces the old."""
    WAITING.labels(name).set_function(length)


@asynccontextmanager
async def watching(db: Database) -> AsyncIterator[None]:
    """Hear, while the server runs, what the layers below say, and feel how long others keep the event loop."""
    stops = (db.on_transaction(_transaction), runs.on_run(_run))
    feeling = asyncio.create_task(_feel())
    try:
        yield
    finally:
        for stop in stops:
            stop()
        feeling.cancel()
        with suppress(asyncio.CancelledError):
            await feeling


def _transaction(kind: Transaction, seconds: float) -> None:
    _transactions(kind).observe(seconds)


def _run(page: str, kind: str, seconds: float) -> None:
    RUNS.labels(page, kind).observe(seconds)


async def _feel() -> None:
    while True:
        asked = time.monotonic()
        await asyncio.sleep(_FEEL_SECONDS)
        LOOP_DELAY.observe(max(0.0, time.monotonic() - asked - _FEEL_SECONDS))


@cache
def _transactions(kind: Transaction) -> Histogram:
    return TRANSACTIONS.labels(kind)


@cache
def _events(kind: str) -> Counter:
    return EVENTS.labels(kind)
