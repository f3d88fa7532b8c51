"""Tables of the Word document as XML: the library has no words for header rows and widths of columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.reporting.blocks import Grid
from workshop.reporting.docx_text import lines, made

_WIDTH = 9638
"""17 cm in twentieths of a point."""

_HALF_POINTS = "18"
_RULE, _HEAD_GROUND = "D9D6E0", "F5F4F8"
_EDGES = ("top", "bottom", "insideH")


def table(grid: Grid) -> Any:
    """Return a table element; columns are as wide as their texts ask for."""
    widths = _widths(grid)
    drawn = made("w:tbl")
    drawn.append(
        made(
            "w:tblPr",
            made("w:tblW", w=str(_WIDTH), type="dxa"),
            made("w:tblBorders", *(made(f"w:{edge}", val="single", sz="4", color=_RULE) for edge in _EDGES)),
            made("w:tblLayout", type="fixed"),
            made("w:tblCellMar", *(made(f"w:{edge}", w="60", type="dxa") for edge in ("left", "right"))),
            made("w:tblLook", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="0", noVBand="1"),
        )
    )
    drawn.append(made("w:tblGrid", *(made("w:gridCol", w=str(width)) for width in widths)))
    drawn.append(_row(grid.header, grid.numbers, widths, header=True))
    for row in grid.rows:
        drawn.append(_row(row, grid.numbers, widths))
    return drawn


def _row(cells: Sequence[str], numbers: frozenset[int], widths: Sequence[int], *, header: bool = False) -> Any:
    rules = [made("w:cantSplit"), *([made("w:tblHeader")] if header else [])]
    return made(
        "w:tr",
        made("w:trPr", *rules),
        *(_cell(text, widths[place], number=place in numbers, header=header) for place, text in enumerate(cells)),
    )


def _cell(text: str, width: int, *, number: bool, header: bool) -> Any:
    aligned = [made("w:jc", val="right")] if number else []
    look = [*([made("w:b")] if header else []), made("w:sz", val=_HALF_POINTS)]
    paragraph = made(
        "w:p",
        made("w:pPr", made("w:spacing", before="20", after="20"), *aligned),
        made("w:r", made("w:rPr", *look), *lines(text)),
    )
    ground = [made("w:shd", val="clear", fill=_HEAD_GROUND)] if header else []
    return made("w:tc", made("w:tcPr", made("w:tcW", w=str(width), type="dxa"), *ground), paragraph)


def _widths(grid: Grid) -> list[int]:
    wanted = grid.widths
    return [_WIDTH * each // sum(wanted) for each in wanted]
