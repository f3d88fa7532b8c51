"""Reading our own files back, each with the library that would open it elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

from pypdf import PdfReader

from workshop.domain.report import Report
from workshop.reporting import reading_office, take_away_of_organisation, words
from workshop.reporting.found import Found, contained, distinct, dots_of, in_sheets, meant, names_in, one_line, titled
from workshop.reporting.glyphs import printable

_NOT_A_LETTER = re.compile(r"[^0-9A-Za-z]+")


def _json(content: bytes, report: Report) -> Found:
    document = json.loads(content)
    ideas, sides = document["ideas"], [side.key for side in report.event.sides]
    credited = (*ideas, *document["offers"], *document["needs"])
    credited = (*credited, *(one for idea in ideas for one in (*idea["merged"], *idea["builds"])))
    named = (*document["participants"], *(one for card in document["consortia"] for one in card["members"]))
    names = (*(one["author"] for one in credited), *(one["name"] for one in named))
    return Found(
        ideas={idea["number"]: idea["title"] for idea in ideas},
        dots={idea["number"]: tuple(idea["votes"][side] for side in sides) for idea in ideas if idea["votes"]},
        names=frozenset(one_line(name) for name in names if name),
    )


def _csv(content: bytes, report: Report) -> Found:
    rows = _rows(content)
    sides = [f"{side.short} dots" for side in report.event.sides]
    wanted = distinct(*(idea.credit.author for idea in report.ideas))
    authors = (one_line(row["author"]) for row in rows if row["author"])
    return Found(
        ideas={int(row["number"]): row["title"] for row in rows},
        dots={int(row["number"]): tuple(int(row[side]) for side in sides) for row in rows if row["dots"]},
        names=frozenset(name for author in authors for name in meant(author, wanted)),
        wanted=wanted,
    )


def _tables(content: bytes, report: Report) -> Found:
    with ZipFile(io.BytesIO(content)) as archive:
        return in_sheets({name.removesuffix(".csv"): _rows(archive.read(name)) for name in archive.namelist()}, report)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _html(content: bytes, report: Report) -> Found:
    page = _Page()
    page.feed(content.decode())
    page.close()
    votes = page.tables.get(words.EVERY_VOTE_TITLE, [])
    return Found(titled(page.headings), dots_of(votes[1:], report), contained(report, " ".join(page.texts)))


class _Page(HTMLParser):
    """Headings of ideas, tables by caption, and all text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.texts: list[str] = []
        self._caption = self._tag = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        del attrs  # no text stands there
        self._tag = tag
        if tag == "h4":
            self.headings.append("")
        elif tag == "caption":
            self._caption = ""
        elif tag == "tr":
            self.tables.setdefault(self._caption, []).append([])
        elif tag in {"td", "th"}:
            self.tables[self._caption][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._tag = ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._tag == "h4":
            self.headings[-1] += data
        elif self._tag == "caption":
            self._caption += data
        elif self._tag in {"td", "th"}:
            self.tables[self._caption][-1][-1] += data


def _markdown(content: bytes, report: Report) -> Found:
    lines = content.decode().splitlines()
    headings = [_plain(line[5:]) for line in lines if line.startswith("#### ")]
    last = max((place for place, line in enumerate(lines) if line == f"### {words.EVERY_VOTE_TITLE}"), default=None)
    rows = []
    for line in lines[last + 4 :] if last is not None else ():
        if not line.startswith("|"):
            break
        rows.append([_plain(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return Found(titled(headings), dots_of(rows, report), contained(report, _plain(" ".join(lines))))


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _offers(content: bytes, report: Report) -> Found:
    wanted = distinct(*(line.credit.author for line in report.lines))
    names = (one_line(row["name"]) for row in _rows(content) if row["name"])
    return Found(names=frozenset(name for one in names for name in meant(one, wanted)), wanted=wanted)


def _pdf(content: bytes, report: Report) -> Found:
    text = _letters_of(content)
    ideas = {idea.number: idea.title for idea in report.ideas if _letters(printable(idea.title)) in text}
    return Found(ideas, names=_printed(names_in(report), text))


def _organisations(content: bytes, report: Report) -> Found:
    """Nobody is named but organisations, each with a page, and whoever confirmed a role."""
    owners = (member.name for card in report.cards for member in card.members if member.organisation)
    wanted = distinct(*(page.title for page in take_away_of_organisation.pages(report)), *owners)
    return Found(names=_printed(wanted, _letters_of(content)), wanted=wanted)


def _printed(names: frozenset[str], text: str) -> frozenset[str]:
    return frozenset(name for name in names if _letters(printable(name)) in text)


def _letters_of(content: bytes) -> str:
    return _letters(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", text)


READERS: dict[str, Callable[[bytes, Report], Found]] = {
    "pdf": _pdf,
    "organisations": _organisations,
    "html": _html,
    "pptx": reading_office.deck,
    "docx": reading_office.document,
    "xlsx": reading_office.workbook,
    "markdown": _markdown,
    "csv": _csv,
    "offers": _offers,
    "csv-tables": _tables,
    "json": _json,
}
"""A reader per format. Offers and pages of organisations hold names only."""
