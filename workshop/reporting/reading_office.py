"""Reading our own office files back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import pptx
from docx.oxml.ns import qn

from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import words
from workshop.reporting.found import Found, contained, dots_of, in_sheets, one_line, titled

_ON_A_SLIDE = re.compile(r"(?:\d+\. )?#(\d+) (?!\(\d+\))(.+)")


def deck(content: bytes, report: Report) -> Found:
    """Ideas on the slides of a presentation; a title that was cut off counts as the whole one."""
    titles = {idea.number: one_line(idea.title) for idea in report.ideas}
    ideas: dict[int, str] = {}
    for text in _on_slides(content):
        match = _ON_A_SLIDE.fullmatch(text)
        if match:
            number, told = int(match[1]), match[2].rstrip("….")
            whole = titles.get(number, "")
            if ideas.get(number, whole) == whole:
                ideas[number] = whole if whole.startswith(told.rstrip()) else match[2]
    return Found(ideas, every_idea=False)


def document(content: bytes, report: Report) -> Found:
    """Headings, the table of all votes and every name of a Word document."""
    opened = docx.Document(io.BytesIO(content))
    headings = [one.text for one in opened.paragraphs if one.style is not None and one.style.name == "Heading 3"]
    tables = [_rows(table) for table in opened.element.body.iter(qn("w:tbl"))]
    votes = max((table for table in tables if tuple(table[0][:2]) == words.ORDER_HEADER[:2]), key=len, default=[])
    text = " ".join(
        [paragraph.text for paragraph in opened.paragraphs]
        + [cell for table in tables for row in table for cell in row]
    )
    return Found(titled(headings), dots_of(votes[1:], report), contained(report, text))


def workbook(content: bytes, report: Report) -> Found:
    """The sheets of a workbook."""
    opened = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    sheets = {}
    for page in opened.worksheets:
        header, *rows = page.iter_rows(values_only=True)
        sheets[page.title.lower()] = [dict(zip(header, row, strict=False)) for row in rows]
    return in_sheets(sheets, report)


def _on_slides(content: bytes) -> Iterator[str]:
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            yield from _texts(shape)


def _texts(shape: Any) -> Iterator[str]:
    if shape.has_chart:
        for category in shape.chart.plots[0].categories:
            yield normal(str(category)).rpartition(" · ")[0]
    elif shape.has_text_frame:
        yield from (normal(paragraph.text) for paragraph in shape.text_frame.paragraphs)


def _rows(table: Any) -> list[list[str]]:
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]
