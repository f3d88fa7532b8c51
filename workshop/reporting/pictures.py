"""The pictures of the wall for decks and documents: the theme map, the bridge, impact x feasibility.

They are those of the PDF, with every text in its normal form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import pdf_charts, pdf_map

Picture = Mapping[str, Any] | None


def theme_map(report: Report) -> Picture:
    """The map with ``alt`` and ``sized``; None before there are themes."""
    return _normal(pdf_map.of(report))


def bridge(report: Report) -> Picture:
    """The bridge of the sides with ``alt``; None while votes are hidden."""
    return _normal(pdf_charts.of_bridge(report))


def ratings(report: Report) -> Picture:
    """Impact x feasibility with ``alt`` and the figures as ``rows``; None in a room that rates nothing."""
    return _normal(pdf_charts.of_ratings(report))


def _normal(picture: dict[str, Any] | None) -> Picture:
    return None if picture is None else {key: _clean(value) for key, value in picture.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value
