"""The report as a workbook: one sheet per noun, numbers as numbers, dates as dates, texts as texts and nothing else.

Every text is written as a string and marked as one, so it never runs as a formula or becomes a link, not even after
somebody edits its cell.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

import xlsxwriter

from workshop.domain.event import Paper
from workshop.domain.report import Report
from workshop.reporting import packing, progress, sheets, words
from workshop.reporting.sheet import Cell, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST, _NARROWEST = 60, 8
_LONGEST_CELL = 32_767
_LINE, _MOST_LINES = 15, 27
"""A line in points, and how many of them a row can be high."""

_PAPER = {Paper.A4: 9, Paper.LETTER: 1}

Formats = Mapping[str, Any]


def render(report: Report) -> bytes:
    """Return the workbook."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, _OPTIONS)
    moment = report.compiled_at.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": words.WORKBOOK_TITLE.format(report.code), "created": moment})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#ECE9F3", "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "whole": book.add_format({"num_format": "0", "valign": "top"}),
        "number": book.add_format({"num_format": "0.00", "valign": "top"}),
        "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    progress.tell(words.ARRANGING)
    tables = sheets.of(report)
    for place, sheet in enumerate(tables):
        progress.tell(words.WRITING_TABLES, place, len(tables))
        _add(book.add_worksheet(sheet.name.capitalize()), sheet, formats, _PAPER[report.event.paper])
    book.close()
    return packing.steady(written.getvalue(), at=report.compiled_at)


def _add(page: Any, sheet: Sheet, formats: Formats, paper: int) -> None:
    widths = [_width(sheet, column) for column in range(len(sheet.header))]
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, name, formats["head"])
        page.set_column(column, column, widths[column])
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _LINE * max(map(_lines, row, widths)))
        for column, cell in enumerate(row):
            _write(page, (number, column), cell, formats, share=sheet.header[column] in sheet.shares)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.header) - 1)


def _write(page: Any, place: tuple[int, int], cell: Cell, formats: Formats, *, share: bool) -> None:
    if isinstance(cell, str):
        page.write_string(*place, cell[:_LONGEST_CELL], formats["text"])
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, formats["date"])
    elif cell is not None:
        page.write_number(*place, cell, formats["share" if share else "whole" if isinstance(cell, int) else "number"])


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell fills; programs that lay out on paper do not count them."""
    lines = cell.split("\n") if isinstance(cell, str) else ()
    return min(max(1, sum(-(-len(line) // int(1.1 * width)) or 1 for line in lines)), _MOST_LINES)


def _width(sheet: Sheet, column: int) -> int:
    """Wide enough for most cells; long texts wrap."""
    texts = (str(row[column] or "") for row in sheet.rows)
    longest = max((max(map(len, text.split("\n"))) for text in (sheet.header[column], *texts)), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
