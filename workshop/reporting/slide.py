"""One slide as values, and what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.reporting.slide_charts import Chart


@dataclass(frozen=True, slots=True)
class Figure:
    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SlideCard:
    """A consortium on a slide: organisations by side key, and a line that says whether it is ready."""

    number: int
    title: str
    sides: Mapping[str, str]
    state: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Line:
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: some of figures, charts, cards, lines and a picture. ``lead`` stands under the title.

    ``picture`` is the theme map, or ``sheet`` a chart of `workshop.drawing`, coloured, each with its ``alt``.
    Every text is in its normal form, on one line.
    """

    key: str
    title: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    cards: tuple[SlideCard, ...] = ()
    lines: tuple[Line, ...] = ()
    picture: Mapping[str, Any] | None = None
    sheet: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
