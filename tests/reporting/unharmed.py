"""What a written report must never hold, whatever was typed: a formula, a link, a script, a lost text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
from docx.oxml.ns import qn
from pypdf import PdfReader

from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import as_csv
from workshop.reporting.glyphs import printable
from workshop.reporting.verifying import differences

_ASKING = {"href", "src", "srcset", "action", "style", "data", "xlink:href", "formaction", "background", "poster"}
_FORBIDDEN = {"a", "img", "iframe", "form", "object", "embed", "base", "link", "foreignobject", "image", "use"}
_LIVE = re.compile(
    rb"<(?:\w+:)?(?:hyperlink|hlinkClick|fldSimple|instrText|oleObject)\b|<f[ />]|TargetMode=\"External\""
)
_FAR = ("/OpenAction", "/AA", "/AcroForm", "/Names")
_SIGN = re.compile(r"[^0-9A-Za-z]+")
_TOWER = re.compile(r"(\w[\u0300-\u036f]+)\1+")


def harms(name: str, content: bytes, report: Report, texts: Sequence[str] = ()) -> list[str]:
    """A sentence per formula, link, script and difference in a file of this format, and per text that is not in it.

    A PDF takes long to read: with texts, which are the titles, it is read once.
    """
    different = [] if name == "pdf" and texts else differences(report, name, content)
    return [*different, *_CHECKS.get(name, _none)(content, texts)]


def _none(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    del content, texts
    return iter(())


def _lost(texts: Sequence[str], told: str, kept: Callable[[str], str]) -> Iterator[str]:
    return (f"{text!r} is lost." for text in texts if kept(text) not in told)


def _folded(text: str) -> str:
    return " ".join(normal(text).split())


def _csv(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    yield from (f"{cell!r} is a formula." for cell in cells if cell[:1] in as_csv.FORMULA_STARTS)
    yield from _lost(texts, " ".join(" ".join(cells).split()), _folded)


def _tables(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            yield from _csv(archive.read(member), texts if member == "ideas.csv" else ())


def _html(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    page = _Page()
    page.feed(content.decode())
    page.close()
    yield from page.live
    if page.scripts != 1:
        yield f"{page.scripts} scripts"
    yield from _lost(texts, " ".join(" ".join(page.texts).split()), _folded)


class _Page(HTMLParser):
    """What of a page could run or lead somewhere, and its texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.live: list[str] = []
        self.texts: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.scripts += tag == "script"
        self.live += [f"<{tag}> is live." for name, _ in attrs if name in _ASKING or name.startswith("on")]
        self.live += [f"<{tag}> is live."] * (tag in _FORBIDDEN)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _markdown(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    text = content.decode()
    yield from (f"{found[0]!r} is live." for found in re.finditer(r"(?<!\\)(?:\]\(|<)\S{0,40}", text))
    del texts  # `differences` reads the titles back; every other line has its own escapes


def _pdf(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]
    yield from (f"The PDF has {key}." for key in _FAR if key in root)
    yield from (f"Page {number} leads somewhere." for number, page in enumerate(reader.pages, 1) if "/Annots" in page)
    told = _spelt(" ".join(page.extract_text() for page in reader.pages))
    yield from _lost(texts, told, lambda text: _spelt(printable(text)))


def _spelt(text: str) -> str:
    """Letters and digits. A letter under a tower of accents is told by pypdf once for each glyph of the tower."""
    return _SIGN.sub("", _TOWER.sub(r"\1", text))


def _office(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    del texts
    with ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            inside = archive.read(member)
            if member.endswith(".xlsx"):
                yield from _office(inside, ())
            elif member.endswith((".xml", ".rels")) and not member.startswith("word/footer"):  # numbers of pages
                yield from (f"{member} holds {found[0].decode()}." for found in _LIVE.finditer(inside))
            if "vba" in member.lower() or "external" in member.lower():
                yield f"{member} is there."


def _docx(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    yield from _office(content, ())
    body = docx.Document(io.BytesIO(content)).element.body
    told = " ".join(
        "".join(node.text or "" if node.tag == qn("w:t") else " " for node in paragraph.iter(qn("w:t"), qn("w:br")))
        for paragraph in body.iter(qn("w:p"))
    )
    yield from _lost(texts, " ".join(told.split()), _folded)


def _xlsx(content: bytes, texts: Sequence[str]) -> Iterator[str]:
    yield from _office(content, ())
    cells = []
    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in page.iter_rows():
            cells += [str(cell.value or "") for cell in row]
            yield from (f"{cell.value!r} is live." for cell in row if cell.data_type == "f" or cell.hyperlink)
    yield from _lost(texts, " ".join(" ".join(cells).split()), _folded)


_CHECKS: dict[str, Callable[[bytes, Sequence[str]], Iterator[str]]] = {
    "pdf": _pdf,
    "organisations": lambda content, _: _pdf(content, ()),
    "html": _html,
    "pptx": _office,
    "docx": _docx,
    "xlsx": _xlsx,
    "markdown": _markdown,
    "csv": _csv,
    "offers": lambda content, _: _csv(content, ()),
    "csv-tables": _tables,
}
"""JSON has no syntax that runs; `differences` reads it back."""
