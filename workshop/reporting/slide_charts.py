"""The charts of the deck as values: categories with one series per side, the same for HTML and for native charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report
from workshop.domain.text import normal, shorten
from workshop.reporting import facts, words
from workshop.reporting.pdf_ideas import hue
from workshop.reporting.words import NOT_SURE_YET

IN_ORDER, _MANY_SIDES = 5, 3
_MOST_THEMES = 8
_TITLE = 64


@dataclass(frozen=True, slots=True)
class Series:
    """One side in a chart, one value and one label per category."""

    name: str
    colour: str
    values: tuple[float, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, best first. ``scores`` stand at the end of each category; ``stacked`` bars add up to them.

    Shares are 0 to 1 and shown in percent; otherwise values are counts.
    """

    title: str
    how: str
    categories: tuple[str, ...]
    scores: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    shares: bool = False

    @property
    def longest(self) -> float:
        """The value that fills the width."""
        if self.shares:
            return 1.0
        return max(1.0, *(sum(one.values[place] for one in self.series) for place in range(len(self.categories))))


def themes(report: Report) -> tuple[Chart, ...]:
    """The largest themes with the ideas of each side; none before there are themes."""
    if not report.themes:
        return ()
    shown = facts.themes_by_size(report)[:_MOST_THEMES]
    counted = [facts.ideas_by_side(report, theme) for theme in shown]
    names = [theme.name for theme in shown]
    alone = facts.alone(report)
    if alone:
        names.append(NOT_SURE_YET)
        sides = [idea.side for idea in alone]
        counted.append({side.key: sides.count(side.key) for side in report.event.sides})
    series = tuple(
        Series(
            normal(side.short),
            hue(side.colour),
            tuple(float(each[side.key]) for each in counted),
            tuple(f"{normal(side.short)} {each[side.key]}" for each in counted),
        )
        for side in report.event.sides
    )
    scores = tuple(words.count(sum(each.values()), words.AN_IDEA) for each in counted)
    categories = tuple(shorten(normal(name), _TITLE) for name in names)
    return (Chart("", words.THEMES_HOW, categories, scores, series, stacked=True),)


def orders(report: Report) -> tuple[Chart, ...]:
    """The first five of each order, two-sided first; of that only ideas that every side supports."""
    if report.ranking is None:
        return ()
    titles = facts.titles(report)
    most = IN_ORDER if len(report.event.sides) <= _MANY_SIDES else IN_ORDER - 1
    both = [idea for idea in report.ranking.two_sided if idea.balanced and idea.number in titles][:most]
    dots = [idea for idea in report.ranking.by_dots if idea.total_dots and idea.number in titles][:most]
    charts = (_two_sided(report, both, titles) if both else None, _by_dots(report, dots, titles) if dots else None)
    return tuple(chart for chart in charts if chart)


def _two_sided(report: Report, ideas: Sequence[RankedIdea], titles: dict[int, str]) -> Chart:
    ballots = report.ranking.ballots if report.ranking else {}
    return Chart(
        words.TWO_SIDED,
        words.TWO_SIDED_HOW,
        tuple(_named(idea.two_sided_rank or 0, idea.number, titles) for idea in ideas),
        tuple(f"{100 * (idea.balanced or 0):.0f}%" for idea in ideas),
        tuple(
            Series(
                normal(side.short),
                hue(side.colour),
                tuple(idea.shares[side.key] or 0.0 for idea in ideas),
                tuple(f"{normal(side.short)} {idea.supporters[side.key]} of {ballots[side.key]}" for idea in ideas),
            )
            for side in report.event.sides
        ),
        shares=True,
    )


def _by_dots(report: Report, ideas: Sequence[RankedIdea], titles: dict[int, str]) -> Chart:
    return Chart(
        words.BY_DOTS,
        words.BY_DOTS_HOW,
        tuple(_named(idea.dots_rank, idea.number, titles) for idea in ideas),
        tuple(words.count(idea.total_dots, words.A_DOT) for idea in ideas),
        tuple(
            Series(
                normal(side.short),
                hue(side.colour),
                tuple(float(idea.dots[side.key]) for idea in ideas),
                tuple(f"{normal(side.short)} {idea.dots[side.key]}" for idea in ideas),
            )
            for side in report.event.sides
        ),
        stacked=True,
    )


def _named(place: int, number: int, titles: dict[int, str]) -> str:
    return f"{place}. #{number} {shorten(normal(titles[number]), _TITLE)}"
