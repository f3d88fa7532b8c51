"""The report as a zip of CSV files, one per noun, each made for a double click in a spreadsheet program."""

from __future__ import annotations

from datetime import date

from workshop.domain.report import Report
from workshop.reporting import as_csv, packing, sheets
from workshop.reporting.sheet import Cell, Sheet


def render(report: Report) -> bytes:
    """Return the zip; a table without rows is there too, with its header."""
    files = ((f"{sheet.name.replace(' ', '-')}.csv", _written(sheet)) for sheet in sheets.of(report))
    return packing.packed(files, at=report.compiled_at)


def _written(sheet: Sheet) -> bytes:
    return as_csv.sheet([list(sheet.header), *([_text(cell) for cell in row] for row in sheet.rows)])


def _text(cell: Cell) -> str:
    """A cell in a form that every program reads: dates as YYYY-MM-DD, numbers with a point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
