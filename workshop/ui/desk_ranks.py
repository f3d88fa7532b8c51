"""The desk's table of the results: a line per idea, every share with its base, what the raters say below the title."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workshop.ui import bars, ranks
from workshop.ui.bars import Body

MOST_ROWS = 50

_TABLE = Markup('<table class="rt-results"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}')
_HEADING = Markup('<th scope="col">{}</th>')
_SIDE = Markup("{}{} ballots")
_ROW = Markup('<tr><td>{place}</td><th scope="row"><b>#{number}</b> {title}{marks}</th>{figures}</tr>')
_FIGURE = Markup('<td data-name="{}">{}</td>')
_MARKS = Markup('<span class="rt-note">{}</span>')
_DOTS = Markup('{} <span class="rt-note">{}</span>')
_REST = Markup('<p class="rt-hint">{}</p>')


def table(results: Body, sides: Sequence[Body]) -> Markup:
    """By two-sided support, by dots without it, by ratings without votes; what nobody supports is one line."""
    raw = {row["number"]: row for row in results["raw"]}
    support = {row["number"]: row for row in results["two_sided"]}
    rated = {row["number"]: row for row in results["ratings"]}
    numbers = [row["number"] for row in _order(results)]
    known = [number for number in numbers if _is_known(raw[number], rated.get(number))]
    if not known:
        return _REST.format("No idea has votes or enough ratings yet. The ideas stand here as soon as one has.")
    headings = ["Place", "Idea", *(_SIDE.format(bars.shape(side), side["short"]) for side in sides), "Balanced", "Dots"]
    rows = (_row(raw[number], support.get(number), rated.get(number), results, sides) for number in known[:MOST_ROWS])
    return _TABLE.format(
        bars.joined(_HEADING.format(heading) for heading in headings),
        bars.joined(rows),
        _rest(known=len(known), of=len(numbers)),
    )


def _order(results: Body) -> Sequence[Body]:
    voted = any(results["ballots_by_side"].values())
    ranked: Sequence[Body] = results["two_sided"] or (results["raw"] if voted else results["ratings"])
    return ranked


def _is_known(row: Body, marks: Body | None) -> bool:
    """Whether somebody gave the idea a dot, or enough people rated it."""
    return bool(row["dots"] or row["by_hand"] or (marks and marks["impact"]))


def _row(row: Body, supported: Body | None, marks: Body | None, results: Body, sides: Sequence[Body]) -> Markup:
    figures = [(f"{side['short']} ballots", ranks.support(row, side, results)) for side in sides]
    balanced = "" if supported is None else f"{100 * supported['score']:.0f} %"
    below = ", ".join(filter(None, [f"place {row['rank']}", row["by_hand"]]))
    return _ROW.format(
        place="" if supported is None else supported["rank"],
        number=row["number"],
        title=row["title"],
        marks="" if marks is None else _MARKS.format(_said(marks)),
        figures=bars.joined(
            _FIGURE.format(*figure)
            for figure in (*figures, ("Balanced", balanced), ("Dots", _DOTS.format(row["dots"], below)))
        ),
    )


def _said(marks: Body) -> str:
    if not marks["impact"]:
        return f"Not enough ratings yet: {marks['raters']}"
    impact, feasibility = (
        f"{found['mean']:.1f} ({found['low']:.1f} to {found['high']:.1f})"
        for found in (marks["impact"], marks["feasibility"])
    )
    return f"Impact {impact}, feasibility {feasibility}, {marks['raters']} ratings"


def _rest(*, known: int, of: int) -> Markup:
    """What is not in the table, so that nobody looks for it."""
    fewer, nothing = max(known - MOST_ROWS, 0), of - known
    told = [
        f"{_ideas(fewer)} further down: the report lists them." if fewer else "",
        f"{_ideas(nothing)} without votes." if nothing else "",
    ]
    return _REST.format(" ".join(filter(None, told))) if any(told) else Markup("")


def _ideas(number: int) -> str:
    return "1 more idea" if number == 1 else f"{number} more ideas"
