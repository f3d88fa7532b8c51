"""The report as tables, one per noun, with typed cells: for spreadsheets, for a zip of CSV files, for documents.

Every text is in its normal form. A cell without a value is ``None``: votes before Reveal, what the anonymity level
hides.
"""

from __future__ import annotations

from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import sheets_of_ideas as ideas
from workshop.reporting import sheets_of_people as room
from workshop.reporting.sheet import Cell, Sheet

_SHEETS = (
    room.about, room.people, room.origins, room.lines, room.turnout, ideas.themes, ideas.ideas, ideas.votes,
    ideas.ratings, ideas.builds, ideas.merged, room.consortia, room.members, room.commitments, room.agenda,
)  # fmt: skip


def of(report: Report) -> tuple[Sheet, ...]:
    """All tables; those of facts that do not exist yet have no rows."""
    return tuple(_cleaned(make(report)) for make in _SHEETS)


def _cleaned(sheet: Sheet) -> Sheet:
    return Sheet(
        sheet.name,
        tuple(normal(name) for name in sheet.header),
        tuple(tuple(_clean(cell) for cell in row) for row in sheet.rows),
        sheet.shares,
    )


def _clean(cell: Cell) -> Cell:
    """The normal form of a text; an empty one is no text."""
    return normal(cell, lines=True) or None if isinstance(cell, str) else cell
