"""Ready-made runs of show: files that any event can take over, read from ``data/runs``."""

from __future__ import annotations

from functools import cache

from workshop.domain.event import ReadyRun
from workshop.domain.event_file import read_run
from workshop.settings import PROJECT

FOLDER = PROJECT / "data" / "runs"


@cache
def every() -> tuple[ReadyRun, ...]:
    """All of them, the shortest first."""
    runs = [read_run(path.read_text(encoding="utf-8"), source=path.name) for path in FOLDER.glob("*.toml")]
    return tuple(sorted(runs, key=lambda run: run.minutes))
