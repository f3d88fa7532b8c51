"""The report as PDF/UA-1: to read at 12:20, to print, to archive.

The layout is in ``report.typ``. It receives one JSON document; the moment of the report is the only clock.
"""

from __future__ import annotations

import json
from pathlib import Path

from workshop.domain.report import Report
from workshop.reporting import pdf_contents, progress, typesetting, words

_TEMPLATE = Path(__file__).with_name("report.typ")


def render(report: Report) -> bytes:
    """Return a tagged PDF; the compiler itself checks it against PDF/UA-1."""
    progress.tell(words.ARRANGING)
    return typesetting.pdf(_TEMPLATE, {"report": json.dumps(pdf_contents.of(report))}, at=report.compiled_at)
