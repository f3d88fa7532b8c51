"""The theme map in the PDF: the same picture as on the wall, placed by the same code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workshop import drawing
from workshop.domain.report import Report
from workshop.reporting import facts, words
from workshop.reporting.pdf_ideas import hue

NOT_SURE = "#8B8696"


def of(report: Report) -> dict[str, Any] | None:
    """Return the map with its colours and its text alternative; nothing before there are themes."""
    if not report.themes or not report.places:
        return None
    palette = {place: hue(theme.colour) for place, theme in enumerate(report.themes)}
    sides = {side.key: side.colour for side in report.event.sides}
    picture = drawing.draw(_on_map(report))
    return {
        **drawing.painted(picture, {**palette, drawing.NOT_SURE_COLOUR: NOT_SURE}, sides),
        "alt": _spoken(report),
        "sized": words.BUBBLES_BY_DOTS if report.votes else "",
    }


def _on_map(report: Report) -> drawing.Map:
    return drawing.Map(
        themes=tuple(
            drawing.ThemeOnMap(theme.id, theme.name, place, _spots(report, theme.ideas), facts.is_guess(theme))
            for place, theme in enumerate(report.themes)
        ),
        not_sure=_spots(report, report.without_theme),
        sides=tuple(drawing.SideMark(side.key, side.short, side.shape) for side in report.event.sides),
        note=words.DRAFT_THEMES if report.draft_themes else "",
    )


def _spots(report: Report, numbers: Iterable[int]) -> tuple[drawing.Spot, ...]:
    sides, votes = {idea.number: idea.side for idea in report.ideas}, report.votes
    revealed = report.ranking is not None
    return tuple(
        drawing.Spot(
            number,
            *report.places[number],
            sides.get(number, ""),
            (votes[number].total_dots if number in votes else 0) if revealed else None,
        )
        for number in numbers
        if number in report.places
    )


def _spoken(report: Report) -> str:
    """The picture in words; the list of ideas by theme holds the rest."""
    sides = {idea.number: idea.side for idea in report.ideas}
    parts = []
    for theme in report.themes:
        by_side = ", ".join(
            f"{side.short} {sum(sides.get(number) == side.key for number in theme.ideas)}"
            for side in report.event.sides
        )
        parts.append(words.THEME_SPOKEN.format(theme.name, words.count(len(theme.ideas), words.AN_IDEA), by_side))
    return words.MAP_SPOKEN.format("; ".join(parts))
