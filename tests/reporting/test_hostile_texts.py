"""Hostile texts in every field: each format holds all of them, and none of them does anything.

`python -m tests.bench.hostile_reports` plays the long form.
"""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from tests.reporting import hostile
from tests.reporting.rooms import a_report, with_texts
from tests.reporting.unharmed import harms
from workshop.reporting import exporters

ROOM = with_texts(hostile.TEXTS)


@pytest.mark.parametrize("name", exporters)
def test_every_text_is_in_the_file_and_none_is_alive(name: str) -> None:
    assert harms(name, exporters[name].render(ROOM), ROOM, hostile.TEXTS) == []


def planted() -> dict[str, bytes]:
    """Files in which one text is alive."""
    book, workbook, document, written = openpyxl.Workbook(), io.BytesIO(), docx.Document(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.save(workbook)
    document.part.relate_to("http://example.org", "hyperlink", is_external=True)
    document.save(written)
    return {
        "csv": b"number,title\n1,=1+1\n",
        "html": b"<p onclick=x>1</p><a href=http://example.org>x</a>",
        "markdown": b"[x](http://example.org)",
        "xlsx": workbook.getvalue(),
        "docx": written.getvalue(),
    }


def test_what_is_alive_in_a_file_or_lost_from_it_is_told() -> None:
    for name, content in planted().items():
        told = harms(name, content, a_report(0, 0), ("a lost text",))
        assert [sentence for sentence in told if any(word in sentence for word in ("formula", "live", "External"))]
        assert ("'a lost text' is lost." in told) is (name != "markdown")
