"""What a file was found to say of ideas, votes and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.domain.report import Report
from workshop.domain.text import normal

_IDEA = re.compile(r"#(\d+)(?: (.*))?", re.DOTALL)
_DOTS_FROM = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Titles by number, dots by number in the order of the sides, names. None: the format does not hold it.

    ``every_idea`` is False where only some ideas are shown; ``wanted`` are the names that the format has to hold, where
    these are not all of the report.
    """

    ideas: dict[int, str] | None = None
    dots: dict[int, tuple[int, ...]] | None = None
    names: frozenset[str] | None = None
    every_idea: bool = True
    wanted: frozenset[str] | None = None


def names_in(report: Report) -> frozenset[str]:
    """Every name that the report shows: of people, of authors, and beside commitments."""
    return distinct(
        *(person.name for person in report.participants),
        *(idea.credit.author for idea in report.ideas),
        *(one.credit.author for idea in report.ideas for one in idea.merged),
        *(one.credit.author for idea in report.ideas for one in idea.builds),
        *(line.credit.author for line in report.lines),
        *(member.name for card in report.cards for member in card.members),
    )


def distinct(*names: str | None) -> frozenset[str]:
    """These names, each once and on one line; what is no name is left out."""
    return frozenset(filter(None, (one_line(name) for name in names if name)))


def one_line(text: Any) -> str:
    return " ".join(normal(str(text)).split())


def contained(report: Report, text: str) -> frozenset[str]:
    """The names of the report that stand in a text."""
    line = one_line(text)
    return frozenset(name for name in names_in(report) if name in line)


def titled(headings: Iterable[str]) -> dict[int, str]:
    """Ideas from headings like "#14 A title"."""
    matches = (_IDEA.fullmatch(heading.strip()) for heading in headings)
    return {int(match[1]): match[2] or "" for match in matches if match}


def dots_of(rows: Sequence[Sequence[str]], report: Report) -> dict[int, tuple[int, ...]]:
    """Dots from the rows of a table of votes: number, title, then the dots of each side."""
    until = _DOTS_FROM + len(report.event.sides)
    return {int(row[0].lstrip("#")): tuple(map(int, row[_DOTS_FROM:until])) for row in rows}


def in_sheets(sheets: Mapping[str, Sequence[Mapping[str, Any]]], report: Report) -> Found:
    """What tables by noun say, each row by the names of its columns."""
    sides = [f"{normal(side.short)} dots" for side in report.event.sides]
    return Found(
        ideas={int(row["number"]): row["title"] or "" for row in sheets["ideas"]},
        dots={int(row["number"]): tuple(int(row[side]) for side in sides) for row in sheets["votes"]},
        names=frozenset(_named(sheets, names_in(report))),
    )


def _named(sheets: Mapping[str, Sequence[Mapping[str, Any]]], wanted: frozenset[str]) -> Iterator[str]:
    for rows in sheets.values():
        for row in rows:
            for column in ("name", "author"):
                if row.get(column):
                    yield from meant(one_line(row[column]), wanted)


def meant(name: str, wanted: frozenset[str]) -> Iterator[str]:
    """The names that a cell may stand for: an apostrophe in front may be ours."""
    if name in wanted or name[1:] not in wanted:
        yield name
    if name.startswith("'") and name[1:] in wanted:
        yield name[1:]
