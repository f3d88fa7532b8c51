"""Typesetting: a template and strings in, a tagged PDF out, the same bytes on every machine.

Templates only lay strings out, so nothing that people typed is ever read as markup. The moment that is passed is the
only clock, and the bundled fonts are the only fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from workshop.reporting import progress, words
from workshop.reporting.glyphs import FONTS

_REMEMBERED_DOCUMENTS = 11


def pdf(template: Path, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """Return a PDF; the compiler itself checks it against PDF/UA-1."""
    progress.tell(words.TYPESETTING)
    compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts())
    try:
        document = compiler.compile(
            format="pdf", sys_inputs=dict(inputs), pdf_standards=["ua-1"], timestamp=int(at.timestamp())
        )
    finally:
        _forget()
    if not isinstance(document, bytes):
        raise TypeError("a PDF is one file")
    return document


def png(template: Path, inputs: Mapping[str, str], *, dots_per_inch: float) -> bytes:
    """Return a picture of a template that has one page."""
    compiler = typst.Compiler(template, root=template.parent, font_paths=_fonts())
    try:
        drawn = compiler.compile(format="png", ppi=dots_per_inch, sys_inputs=dict(inputs))
    finally:
        _forget()
    if not isinstance(drawn, bytes):
        raise TypeError("a picture is one page")
    return drawn


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
