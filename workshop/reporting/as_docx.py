"""The report as a Word document: real headings, lists and tables with header rows, to edit and send on."""

from __future__ import annotations

import io
from datetime import UTC

import docx
from docx.document import Document
from docx.shared import Cm, Pt, RGBColor

from workshop.domain.report import Report
from workshop.domain.text import shorten
from workshop.reporting import chapters, docx_tables, packing, picture_files, progress, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text

_PICTURE = Cm(17)
_ACCENT = RGBColor(0x4A, 0x2D, 0x82)


def render(report: Report) -> bytes:
    """Return the document on A4."""
    document = docx.Document()
    _page(document, report)
    document.add_heading(chapters.title(report), 0)
    for line in chapters.facts_line(report):
        document.add_paragraph(line)
    progress.tell(words.ARRANGING)
    blocks = chapters.of(report)
    for place, block in enumerate(blocks):
        progress.tell(words.WRITING_CHAPTERS, place, len(blocks))
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return packing.steady(written.getvalue(), at=report.compiled_at)


def _page(document: Document, report: Report) -> None:
    section, properties = document.sections[0], document.core_properties
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    properties.title = shorten(chapters.title(report), packing.LONGEST_PROPERTY)
    properties.author = properties.comments = ""
    properties.created = properties.modified = report.compiled_at.astimezone(UTC)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.color.rgb = _ACCENT


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level)
        case Text():
            _text(document, block)
        case Items(texts):
            for text in texts:
                document.add_paragraph(text, style="List Bullet")
        case Grid():
            _grid(document, block)
        case Picture():
            _picture(document, block)


def _picture(document: Document, picture: Picture) -> None:
    shape = document.add_picture(io.BytesIO(picture_files.png(picture)), width=_PICTURE)
    shape._inline.docPr.set("descr", picture.alt)  # noqa: SLF001  the library has no word for a text alternative


def _text(document: Document, block: Text) -> None:
    paragraph = document.add_paragraph()
    if block.head:
        paragraph.add_run(f"{block.head}. ").bold = True
    paragraph.add_run(block.text)


def _grid(document: Document, grid: Grid) -> None:
    """A table whose first row is repeated on every page and read as its header."""
    document.add_paragraph(grid.caption, style="Caption")
    document.element.body.insert_element_before(docx_tables.table(grid), "w:sectPr")
    document.add_paragraph()
