"""Files of reports, built once for the same content; and what is known of each: its size, and how long it took.

A report that differs from the last one in nothing but its moment is the last one: it has the same files, and they say
since when the room stands like this. Nothing is written to a disk.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, fields, replace
from functools import partial
from threading import Lock
from uuid import UUID

from workshop.domain import report_document
from workshop.domain.frozen_report import checksum
from workshop.domain.report import Report
from workshop.live import Once
from workshop.reporting import Exporter, progress
from workshop.reporting.progress import Stage
from workshop.services import frozen_reports, reports
from workshop.services.access import ModeratorBadge, OrganiserBadge, ReaderBadge
from workshop.services.frozen_reports import Document
from workshop.storage import Database

_MOST_FILES, _MOST_ROOMS = 24, 8
_CONTENT = tuple(field.name for field in fields(Report) if field.name != "compiled_at")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report and the checksum of its content."""

    report: Report
    sha256: str


@dataclass(frozen=True, slots=True)
class Known:
    """The last file of a room in one format. ``ready``: it is the file of this very report."""

    size: int
    seconds: float
    ready: bool = True


_lock = Lock()
_now: OrderedDict[UUID, Compiled] = OrderedDict()
_files: Once[tuple[str, str], bytes] = Once(most=_MOST_FILES)
_frozen: Once[str, Compiled] = Once(most=_MOST_ROOMS)
_at_work: dict[tuple[str, str], Stage] = {}
_last: dict[tuple[str, str], tuple[str, Known]] = {}


def now(db: Database, badge: ModeratorBadge | OrganiserBadge) -> Compiled:
    """The report of this second, with the moment since which the room stands like this."""
    report = reports.compile_report(db, badge)
    with _lock:
        before = _now.get(badge.workshop_id)
        if before is None or not _says_the_same(before.report, report):
            before = _now[badge.workshop_id] = _compiled(report)
        _now.move_to_end(badge.workshop_id)
        while len(_now) > _MOST_ROOMS:
            _now.popitem(last=False)
    return before


def frozen(db: Database, badge: ModeratorBadge | OrganiserBadge, number: int) -> Compiled:
    """The report that was frozen under this number."""
    return _of_document(frozen_reports.document_of(db, badge, number))


def shared(db: Database, reader: ReaderBadge) -> Compiled:
    """The report that was frozen last, for whoever has a share link."""
    return _of_document(frozen_reports.newest(db, reader))


def content(compiled: Compiled, exporter: Exporter) -> bytes:
    """The file in one format. Who asks while it is built waits for it; it is not built twice."""
    return _files.get((compiled.sha256, exporter.name), partial(_build, compiled, exporter))


def known(compiled: Compiled, exporter: Exporter) -> Known | None:
    """What the last file of the room in this format tells; None while there was none."""
    sha256, last = _last.get((compiled.report.code, exporter.name), ("", None))
    return last and replace(last, ready=sha256 == compiled.sha256)


def stage(code: str, name: str) -> Stage | None:
    """What the build of a room's file in this format is at; None while none runs."""
    return _at_work.get((code, name))


def _build(compiled: Compiled, exporter: Exporter) -> bytes:
    key = compiled.report.code, exporter.name
    began = time.perf_counter()
    try:
        with progress.told_to(partial(_at_work.__setitem__, key)):
            built = exporter.render(compiled.report)
    finally:
        _at_work.pop(key, None)
    took = Known(len(built), time.perf_counter() - began)
    _last[key] = (compiled.sha256, took)
    return built


def _compiled(report: Report) -> Compiled:
    return Compiled(report, checksum(report_document.written(report)))


def _of_document(document: Document) -> Compiled:
    """The report in a document, read once: the same checksum is the same text."""
    return _frozen.get(document.sha256, lambda: Compiled(document.report, document.sha256))


def _says_the_same(one: Report, other: Report) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _CONTENT)
