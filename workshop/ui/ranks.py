"""Both orders of the votes side by side: raw dots, and the support of each side with the balanced score.

The counts stand in every row: dots by side in the one order, supporters of ballots in the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workshop.ui import bars, pictures
from workshop.ui.bars import Body

MOST_ITEMS = 8
_WIDE_LANES = 3
"""With more sides than these a lane has no room for the side's name beside its shape; the heading has both."""

_ROW = Markup(
    '<li class="rt-rank"><span class="rt-place">{}</span><span class="rt-name">#{} {}</span>'
    '<span class="rt-number">{}</span>{}</li>'
)
_LIST = Markup('<div><h2>{}</h2><ol class="rt-ranks">{}</ol></div>')
_LANES = Markup('<div class="rt-lanes" style="grid-template-columns:repeat({},1fr)">{}</div>')
_LANE = Markup('<div class="rt-lane">{}<span>{}</span>{}</div>')
_DOTS = Markup('<div class="rt-lane">{}{}</div>')
_COUNT = Markup('<span class="rt-count">{}{}</span>')
_MORE = Markup('<li class="rt-more">{}</li>')


def both(results: Body, sides: Sequence[Body]) -> Markup:
    """The top of both orders, once somebody has voted."""
    if not has_votes(results):
        return pictures.empty("Nobody has voted. Both orders of the ideas stand here as soon as there are votes.")
    most = max((row["dots"] for row in results["raw"]), default=0)
    voted = [row for row in results["raw"] if row["dots"] or row["by_hand"]][:MOST_ITEMS]
    raw = bars.joined(_raw_row(row, sides, most) for row in voted)
    supported = [row for row in results["two_sided"] if row["score"]]
    two = bars.joined(_two_sided_row(row, sides, results) for row in supported[:MOST_ITEMS])
    rest = _rest(results["two_sided"], supported)
    return Markup('<div class="rt-picture rt-two rt-orders">{}{}</div>').format(
        _LIST.format(f"By dots{_of(len(voted), len(results['raw']))}", raw),
        _LIST.format(
            Markup("{} {}").format(heading(sides), _legend(sides)), two + (_MORE.format(rest) if rest else "")
        ),
    )


def has_votes(results: Body) -> bool:
    """Whether somebody voted, on a device or on paper."""
    return bool(results["by_hand"] or any(results["ballots_by_side"].values()))


def heading(sides: Sequence[Body]) -> str:
    """What the two-sided order is called, however many sides there are."""
    if len(sides) > _WIDE_LANES:
        return f"All {len(sides)} sides"
    return "By support of both sides" if len(sides) == 2 else f"By support of all {len(sides)} sides"


def support(row: Body, side: Body, results: Body) -> str:
    """Supporters of ballots: the share with its base."""
    return f"{row['supporters_by_side'].get(side['key'], 0)} of {results['ballots_by_side'].get(side['key'], 0)}"


def _of(shown: int, of: int) -> str:
    return f" · {shown} of {of} ideas" if of > shown else ""


def _rest(ranked: Sequence[Body], supported: Sequence[Body]) -> str:
    """Of ideas that a side gave nothing no place is shown: they would all have the same."""
    if not ranked:
        return "This order appears when every side has voted."
    if not supported:
        return "No idea has supporters on every side."
    left = len(ranked) - len(supported)
    if not left or len(supported) >= MOST_ITEMS:
        return ""
    return f"{left} more {'idea' if left == 1 else 'ideas'}, not supported by every side"


def _legend(sides: Sequence[Body]) -> Markup:
    return bars.joined(Markup(" {}{}").format(bars.shape(side), side["short"]) for side in sides)


def _raw_row(row: Body, sides: Sequence[Body], most: int) -> Markup:
    counts = bars.joined(_COUNT.format(bars.shape(side), row["by_side"].get(side["key"], 0)) for side in sides)
    by_hand = Markup(" <small>{}</small>").format(row["by_hand"]) if row["by_hand"] else ""
    return _row(
        row,
        Markup("{}{}").format(row["dots"], by_hand),
        _DOTS.format(bars.by_side(row["by_side"], sides, most), counts),
    )


def _two_sided_row(row: Body, sides: Sequence[Body], results: Body) -> Markup:
    named = len(sides) <= _WIDE_LANES
    lanes = bars.joined(
        _LANE.format(
            bars.shape(side),
            f"{side['short']} {support(row, side, results)}" if named else support(row, side, results),
            bars.track(bars.part(row["share_by_side"].get(side["key"]) or 0, 1, side["colour"])),
        )
        for side in sides
    )
    return _row(row, f"{100 * row['score']:.0f} %", _LANES.format(len(sides), lanes))


def _row(row: Body, number: str, below: Markup) -> Markup:
    return _ROW.format(row["rank"], row["number"], row["title"], number, below)
