"""What is printed has the paper of the event: A4 unless the event says Letter."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from tests.reporting.rooms import a_report
from workshop.domain.event import Paper
from workshop.domain.report import Report
from workshop.reporting import exporters, table_cards
from workshop.reporting.table_cards import TableCard

LETTER, A4 = (612, 792), (595, 842)
"""In points."""

ROOMS = pytest.mark.parametrize(("paper", "points"), [(Paper.LETTER, LETTER), (Paper.A4, A4)])


def on(paper: Paper) -> Report:
    report = a_report(3, 6)
    return replace(report, event=replace(report.event, paper=paper))


def pages(content: bytes) -> set[tuple[int, ...]]:
    return {tuple(map(round, page.mediabox)) for page in PdfReader(io.BytesIO(content)).pages}


@ROOMS
def test_every_page_of_a_pdf_has_it(paper: Paper, points: tuple[int, int]) -> None:
    for name in ("pdf", "organisations"):
        assert pages(exporters[name].render(on(paper))) == {(0, 0, *points)}


@ROOMS
def test_the_document_has_it_and_its_lines_keep_their_length(paper: Paper, points: tuple[int, int]) -> None:
    section: Any = docx.Document(io.BytesIO(exporters["docx"].render(on(paper)))).sections[0]
    assert (round(section.page_width.pt), round(section.page_height.pt)) == points
    assert section.page_width.cm - 2 * section.left_margin.cm == pytest.approx(17, abs=0.01)


@ROOMS
def test_the_workbook_and_the_deck_are_printed_on_it(paper: Paper, points: tuple[int, int]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exporters["xlsx"].render(on(paper))))
    assert {page.page_setup.paperSize for page in book.worksheets} == {1 if points == LETTER else 9}
    width, height = paper.millimetres
    assert f"@page {{ size: {width}mm {height}mm;" in exporters["html"].render(on(paper)).decode()


@ROOMS
def test_four_cards_for_the_tables_fill_a_sheet_of_it(paper: Paper, points: tuple[int, int]) -> None:
    cards = [TableCard(f"Table {number}", f"https://room.example/{number}") for number in range(4)]
    noon = datetime(2027, 5, 4, 12, tzinfo=UTC)
    printed = table_cards.render("Quiet nights", "K7QF3M", cards, place="room.example", at=noon, paper=paper)
    assert pages(printed) == {(0, 0, *points)}
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1
