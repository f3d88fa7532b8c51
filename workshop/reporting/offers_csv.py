"""Offers and needs of the warm-up as CSV: one row per line, offers first, ready to be sorted and filtered."""

from __future__ import annotations

from workshop.domain.report import Report
from workshop.reporting.as_csv import sheet

HEADER = ("kind", "text", "side", "table", "name", "organisation")


def render(report: Report) -> bytes:
    """Return one header row and one row per offer and need, written as `as_csv` writes them."""
    sides = {side.key: side.short for side in report.event.sides}
    rows = (
        [
            *(str(line.kind), line.text, sides.get(line.side, line.side)),
            *(line.credit.table or "", line.credit.author or "", line.credit.organisation or ""),
        ]
        for line in sorted(report.lines, key=lambda line: line.kind == "need")
    )
    return sheet([list(HEADER), *rows])
