"""What a report to read is made of, whatever the syntax of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NARROWEST, _WIDEST = 5, 34


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of level 1 to 3; 1 is a chapter."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``head`` stands in bold before it. Texts may hold line ends."""

    text: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list without an order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts with a header row. ``numbers`` are the places of columns that hold figures."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()

    @property
    def widths(self) -> tuple[int, ...]:
        """How much room each column asks for, in letters."""
        return tuple(
            min(max(_NARROWEST, *map(len, name.split()), *(len(row[place]) for row in self.rows)) + 2, _WIDEST)
            for place, name in enumerate(self.header)
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of `workshop.drawing` with its colours; ``alt`` says the same in words.

    ``sheet`` is True for a chart of blocks, lines, marks and words, False for the theme map.
    """

    painted: Mapping[str, Any]
    alt: str
    sheet: bool = False


Block = Heading | Text | Items | Grid | Picture
