"""The bridge and impact x feasibility in the PDF: the wall's pictures, placed by the same code, and figures."""

from __future__ import annotations

from typing import Any

from workshop.domain import hand_count
from workshop.domain.ranking import RankedIdea
from workshop.domain.rating import FEWEST_RATERS, Estimate, RatedIdea, foremost
from workshop.domain.report import Report
from workshop.drawing import bridge, rating_plane, sheet
from workshop.drawing.sheet import Sheet
from workshop.reporting import words

_COLOURS = {
    sheet.INK: "#1E1B24",
    sheet.QUIET: "#5B5666",
    sheet.GROUND: "#E4E1EA",
    sheet.ACCENT: "#4A2D82",
    sheet.ON_ACCENT: "#FFFFFF",
}


def of_bridge(report: Report) -> dict[str, Any] | None:
    """Return the bridge with its text alternative; None while votes are hidden or nobody has voted."""
    if report.ranking is None or not report.ranking.best_first:
        return None
    titles = {idea.number: idea.title for idea in report.ideas}
    order = report.ranking.two_sided or report.ranking.by_dots
    readable = [idea for idea in order if idea.number in titles]
    ideas = ([idea for idea in readable if idea.total_dots] or readable)[: sheet.MOST_IDEAS]
    ballots = report.ranking.ballots
    drawn = bridge.draw(
        [
            bridge.BridgeSide(side.key, side.name, side.short, side.shape, ballots[side.key])
            for side in report.event.sides
        ],
        [
            bridge.BridgeIdea(
                idea.number,
                titles[idea.number],
                idea.supporters,
                idea.balanced,
                idea.two_sided_rank,
                idea.total_dots,
                idea.dots_rank,
                hand_count.label(report.ranking.by_hand.on(idea.number)),
            )
            for idea in ideas
        ],
    )
    spoken = "; ".join(f"#{idea.number} {titles[idea.number]}: {_supported(report, idea)}" for idea in ideas)
    return _picture(report, drawn, words.BRIDGE_SPOKEN.format(spoken))


def of_ratings(report: Report) -> dict[str, Any] | None:
    """Return the plane, its text alternative and the figures of every idea; None where nothing was rated."""
    if not report.ratings or report.ranking is None:
        return None
    titles = {idea.number: idea.title for idea in report.ideas}
    rated = [idea for idea in foremost(report.ratings, report.ranking.best_first) if idea.number in titles]
    enough = [(idea, idea.impact, idea.feasibility) for idea in rated]
    drawn = rating_plane.draw(
        [
            rating_plane.PlaneIdea(idea.number, titles[idea.number], idea.raters, _span(impact), _span(feasibility))
            for idea, impact, feasibility in enough
            if impact and feasibility
        ],
        [rating_plane.Waiting(idea.number, idea.raters) for idea in rated if idea.impact is None],
    )
    rows = [_row(idea, titles[idea.number]) for idea in rated]
    spoken = "; ".join(f"#{idea.number}: {_marks(idea)}" for idea in rated if idea.impact)
    return {**_picture(report, drawn, words.RATINGS_SPOKEN.format(spoken)), "rows": rows}


def _picture(report: Report, drawn: Sheet, spoken: str) -> dict[str, Any]:
    colours = _COLOURS | {sheet.of_side(side.key): side.colour for side in report.event.sides}
    return {**sheet.coloured(drawn, colours), "alt": spoken}


def _supported(report: Report, idea: RankedIdea) -> str:
    ballots = report.ranking.ballots if report.ranking else {}
    parts = [
        words.SIDE_SPOKEN.format(idea.supporters[side.key], ballots[side.key], side.short)
        for side in report.event.sides
    ]
    if idea.balanced is not None:
        parts.append(words.BALANCED_SPOKEN.format(100 * idea.balanced))
    return ", ".join(parts)


def _span(found: Estimate) -> rating_plane.Span:
    return rating_plane.Span(found.mean, found.low, found.high)


def _marks(idea: RatedIdea) -> str:
    if idea.impact is None or idea.feasibility is None:
        return words.NOT_RATED_YET
    ratings = words.count(idea.raters, words.A_RATING)
    return words.MARKS_SPOKEN.format(idea.impact.mean, idea.feasibility.mean, ratings)


def _row(idea: RatedIdea, title: str) -> dict[str, str]:
    return {
        "number": f"#{idea.number}",
        "title": title,
        "impact": _figure(idea.impact),
        "feasibility": _figure(idea.feasibility),
        "raters": str(idea.raters) if idea.impact else words.OF_BALLOTS.format(idea.raters, FEWEST_RATERS),
        "passed": str(idea.passed),
    }


def _figure(found: Estimate | None) -> str:
    return words.NOT_ENOUGH if found is None else words.INTERVAL.format(found.mean, found.low, found.high)
