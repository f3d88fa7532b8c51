"""The report as a Word document: real headings, lists and tables with header rows, to edit and send on."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any

import docx
from docx.document import Document
from docx.shared import Cm, Emu, Mm, Pt, RGBColor

from workshop.domain.report import Report
from workshop.domain.text import shorten
from workshop.reporting import chapters, docx_tables, docx_text, packing, picture_files, progress, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text

_WIDE = Cm(17)
"""Of every line, table and picture, whatever the paper."""

_ACCENT, _QUIET = RGBColor(0x4A, 0x2D, 0x82), RGBColor(0x5B, 0x56, 0x66)


def render(report: Report) -> bytes:
    """Return the document on the paper of the event."""
    document = docx.Document()
    _page(document, report)
    _footer(document, report)
    document.add_heading(chapters.title(report), 0)
    for line in chapters.facts_line(report):
        document.add_paragraph(line)
    progress.tell(words.ARRANGING)
    blocks, end = chapters.of(report), document.element.body.sectPr
    for place, block in enumerate(blocks):
        progress.tell(words.WRITING_CHAPTERS, place, len(blocks))
        _add(document, end, block)
    written = io.BytesIO()
    document.save(written)
    return packing.steady(written.getvalue(), at=report.compiled_at)


def _page(document: Document, report: Report) -> None:
    section, properties = document.sections[0], document.core_properties
    section.page_width, section.page_height = map(Mm, report.event.paper.millimetres)
    section.left_margin = section.right_margin = Emu((section.page_width - _WIDE) // 2)
    section.top_margin = section.bottom_margin = Cm(2)
    properties.title = shorten(chapters.title(report), packing.LONGEST_PROPERTY)
    properties.author = properties.comments = ""
    properties.created = properties.modified = report.compiled_at.astimezone(UTC)
    document.styles["Caption"].font.color.rgb = _QUIET
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.color.rgb = _ACCENT


def _footer(document: Document, report: Report) -> None:
    """The room, and which page this is of how many: the only fields of the document."""
    paragraph = document.sections[0].footer.paragraphs[0]._p  # noqa: SLF001  the library has no word for fields
    paragraph.append(docx_text.made("w:r", *docx_text.lines(f"{words.WORKBOOK_TITLE.format(report.code)} · ")))
    before, between, after = words.PAGE_OF.split("{}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            paragraph.append(docx_text.made("w:r", *docx_text.lines(text)))
        if field:
            paragraph.append(docx_text.made("w:fldSimple", docx_text.made("w:r", *docx_text.lines("1")), instr=field))


def _add(document: Document, end: Any, block: Block) -> None:
    """Add a block before the end, in the same time however long the document is."""
    match block:
        case Heading(text, level):
            end.addprevious(docx_text.paragraph(text, docx_text.HEADINGS[level]))
        case Text(text, head):
            end.addprevious(docx_text.paragraph(text, head=head))
        case Items(texts):
            for text in texts:
                end.addprevious(docx_text.paragraph(text, docx_text.ITEM))
        case Grid():
            end.addprevious(docx_text.paragraph(block.caption, docx_text.CAPTION))
            end.addprevious(docx_tables.table(block))
            end.addprevious(docx_text.paragraph(""))
        case Picture():
            _picture(document, block)


def _picture(document: Document, picture: Picture) -> None:
    shape = document.add_picture(io.BytesIO(picture_files.png(picture)), width=_WIDE)
    shape._inline.docPr.set("descr", picture.alt)  # noqa: SLF001  the library has no word for a text alternative
