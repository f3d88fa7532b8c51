"""Files of invented rooms: many tests look at the same ones, and each is built once in a process."""

from __future__ import annotations

import io
from functools import cache

from pypdf import PdfReader

from workshop.domain.report import Report
from workshop.reporting import exporters

_BUILT: dict[tuple[str, int], tuple[Report, bytes]] = {}


def built(name: str, report: Report) -> bytes:
    """The report in this format. It is kept with its report, so that no other report can take the same place."""
    key = name, id(report)
    if key not in _BUILT:
        _BUILT[key] = report, exporters[name].render(report)
    return _BUILT[key][1]


@cache
def text_of_pdf(content: bytes) -> str:
    """All text in reading order; where lines and pages end does not matter."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
