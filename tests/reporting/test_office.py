"""Office files: charts, cells, headings and notes are what a colleague can go on working with."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn

from tests.reporting.files import built
from tests.reporting.rooms import a_report, with_consortia
from workshop.domain.report import Report
from workshop.reporting import closing_text, sheets

ROOM = with_consortia(a_report(20, 24))


def deck(report: Report) -> Any:
    return pptx.Presentation(io.BytesIO(built("pptx", report)))


def book(report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(built("xlsx", report)))


def test_the_charts_of_the_deck_are_native_and_their_figures_can_be_edited() -> None:
    charts = [shape.chart for slide in deck(ROOM).slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 3
    for chart in charts:
        figures = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert [cell.value for cell in figures[1]][1:] == ["EU", "US"]
        first = next(iter(chart.plots[0].series))
        assert tuple(first.values) == pytest.approx([row[1].value for row in list(figures.rows)[1:]])


def test_the_deck_has_five_to_eight_slides_with_the_closing_text_as_notes() -> None:
    slides = list(deck(ROOM).slides)
    assert 5 <= len(slides) <= 8
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert notes == ["\n".join(part) for key, part in closing_text.of(ROOM).items()]


def test_a_workbook_holds_numbers_as_numbers_and_dates_as_dates() -> None:
    votes, cards = book(ROOM)["Votes"], book(ROOM)["Consortia"]
    columns = {cell.value: place for place, cell in enumerate(votes[1])}
    best = votes[2]
    assert all(isinstance(best[columns[name]].value, int) for name in ("number", "EU dots", "dots", "US ballots"))
    assert best[columns["EU share"]].number_format == "0.0%"
    assert cards[2][6].value == datetime(2018, 12, 3)  # noqa: DTZ001  a day, as spreadsheets keep it


def test_a_document_has_real_headings_and_tables_with_header_rows() -> None:
    opened = docx.Document(io.BytesIO(built("docx", ROOM)))
    headings = [one.text for one in opened.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings[0] == "What happened in this room"
    assert "Who goes on together" in headings
    tables = list(opened.element.body.iter(qn("w:tbl")))
    assert tables
    assert all(next(table.iter(qn("w:tr"))).find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for table in tables)


def test_the_pictures_of_a_document_have_text_alternatives() -> None:
    opened = docx.Document(io.BytesIO(built("docx", ROOM)))
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert [words.split(". ")[0].split(".")[0] for words in told] == [
        "Map of the ideas, near means alike",
        "Support of each side as a share of its ballots",
        "Impact and feasibility from 1 to 5",
    ]


def test_the_zip_of_tables_has_a_file_per_noun() -> None:
    with ZipFile(io.BytesIO(built("csv-tables", ROOM))) as archive:
        files = archive.namelist()
    assert files == [f"{sheet.name.replace(' ', '-')}.csv" for sheet in sheets.of(ROOM)]
    assert "offers-and-needs.csv" in files


def test_every_member_of_an_office_file_has_the_moment_of_the_report() -> None:
    for name in ("docx", "pptx", "xlsx", "csv-tables"):
        with ZipFile(io.BytesIO(built(name, ROOM))) as archive:
            assert {member.date_time for member in archive.infolist()} == {(2018, 11, 7, 11, 17, 8)}
