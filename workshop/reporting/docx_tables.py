"""Tables of the Word document as XML: the library has no words for header rows and widths of columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workshop.reporting.blocks import Grid

_WIDTH = 9638
"""17 cm in twentieths of a point."""

_NARROWEST, _WIDEST = 5, 34
_HALF_POINTS = "18"


def table(grid: Grid) -> Any:
    """Return a table element; columns are as wide as their texts ask for."""
    widths = _widths(grid)
    made = _made("w:tbl")
    made.append(
        _made(
            "w:tblPr",
            _made("w:tblStyle", val="TableGrid"),
            _made("w:tblW", w=str(_WIDTH), type="dxa"),
            _made("w:tblLook", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="0", noVBand="1"),
        )
    )
    made.append(_made("w:tblGrid", *(_made("w:gridCol", w=str(width)) for width in widths)))
    made.append(_row(grid.header, grid.numbers, widths, header=True))
    for row in grid.rows:
        made.append(_row(row, grid.numbers, widths))
    return made


def _row(cells: Sequence[str], numbers: frozenset[int], widths: Sequence[int], *, header: bool = False) -> Any:
    rules = [_made("w:cantSplit"), *([_made("w:tblHeader")] if header else [])]
    return _made(
        "w:tr",
        _made("w:trPr", *rules),
        *(_cell(text, widths[place], number=place in numbers, header=header) for place, text in enumerate(cells)),
    )


def _cell(text: str, width: int, *, number: bool, header: bool) -> Any:
    aligned = [_made("w:jc", val="right")] if number else []
    look = [*([_made("w:b")] if header else []), _made("w:sz", val=_HALF_POINTS)]
    paragraph = _made(
        "w:p",
        _made("w:pPr", _made("w:spacing", before="20", after="20"), *aligned),
        _made("w:r", _made("w:rPr", *look), *_lines(text)),
    )
    return _made("w:tc", _made("w:tcPr", _made("w:tcW", w=str(width), type="dxa")), paragraph)


def _lines(text: str) -> Iterator[Any]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield _made("w:br")
        written = _made("w:t")
        written.text = line
        yield written


def _widths(grid: Grid) -> list[int]:
    wanted = [
        min(max(_NARROWEST, *map(len, name.split()), *(len(row[place]) for row in grid.rows)) + 2, _WIDEST)
        for place, name in enumerate(grid.header)
    ]
    return [_WIDTH * each // sum(wanted) for each in wanted]


def _made(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element
