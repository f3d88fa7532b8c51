"""The report as PDF/UA-1: to read at 12:20, to print, to archive.

The layout is in ``report.typ``. It receives one JSON document and only lays strings out, so nothing that people typed
is ever read as markup. The moment of the report is the only clock, and the bundled fonts are the only fonts: the same
report has the same bytes on every machine.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

from workshop.domain.report import Report
from workshop.reporting import pdf_contents
from workshop.reporting.glyphs import FONTS

_TEMPLATE = Path(__file__).with_name("report.typ")
_REMEMBERED_DOCUMENTS = 11


def render(report: Report) -> bytes:
    """Return a tagged PDF; the compiler itself checks it against PDF/UA-1."""
    compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=_fonts())
    try:
        document = compiler.compile(
            format="pdf",
            sys_inputs={"report": json.dumps(pdf_contents.of(report))},
            pdf_standards=["ua-1"],
            timestamp=int(report.compiled_at.timestamp()),
        )
    finally:
        _forget()
    if not isinstance(document, bytes):
        raise TypeError("a PDF is one file")
    return document


def _forget() -> None:
    """Let the compiler drop what it keeps of its last documents: 400 MB after ten reports of 150 ideas.

    It offers no switch, but counts documents, and empty ones are quick.
    """
    empty = typst.Compiler(font_paths=_fonts())
    for _ in range(_REMEMBERED_DOCUMENTS):
        empty.compile(input=b"", format="pdf")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
