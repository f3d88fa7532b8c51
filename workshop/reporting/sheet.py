"""A table of typed cells, and what cells are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workshop.domain.credit import Credit
from workshop.domain.report import Report
from workshop.reporting import facts

Cell = str | int | float | date | None

CREDIT = ("table", "author", "organisation")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and rows of the same length. ``name`` is a plain word, used as the name of a sheet and of a file.

    ``shares`` are the columns whose numbers are 0 to 1 and read best in percent.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: frozenset[str] = frozenset()


def side_of(report: Report, key: str) -> str:
    """The short name of a side."""
    return facts.shorts(report).get(key, key)


def credit_of(credit: Credit) -> tuple[Cell, ...]:
    """The cells of `CREDIT`."""
    return credit.table, credit.author, credit.organisation
