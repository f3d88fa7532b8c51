"""The results on the wall: both orders, the bridge of the sides, or impact x feasibility, as the desk has chosen.

Each picture has a list with the same content for who listens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.drawing import bridge, rating_plane, sheet
from workshop.drawing.sheet import Sheet
from workshop.services.wall_pictures import Picture
from workshop.ui import components, pictures, ranks

Body = Mapping[str, Any]

_COLOURS = {
    sheet.INK: "var(--st-text-color)",
    sheet.QUIET: "var(--st-gray-text-color)",
    sheet.GROUND: "color-mix(in srgb, var(--st-text-color) 16%, transparent)",
    sheet.ACCENT: "var(--st-primary-color)",
    sheet.ON_ACCENT: "#FFFFFF",
}
_SPOKEN = Markup('<div class="rt-spoken"><h2>{}</h2><ul>{}</ul></div>')
_LINE = Markup("<li>#{} {}: {}</li>")


def show(picture: str, results: Body, sides: Sequence[Body]) -> None:
    """The chosen picture."""
    if picture == Picture.BRIDGE:
        _bridge(results, sides)
    elif picture == Picture.RATINGS:
        _ratings(results, sides)
    else:
        st.html(ranks.both(results, sides))


def drawn_bridge(results: Body, sides: Sequence[Body]) -> Sheet:
    """The bridge of the best ideas: by two-sided support, by dots while there is no such order."""
    rows = results["two_sided"] or results["raw"]
    rows = [row for row in rows if row["dots"]] or rows  # what nobody supports would fill the picture with nothing
    return bridge.draw(
        [
            bridge.BridgeSide(
                side["key"], side["name"], side["short"], side["shape"], results["ballots_by_side"].get(side["key"], 0)
            )
            for side in sides
        ],
        [
            bridge.BridgeIdea(
                number=row["number"],
                title=row["title"],
                supporters=row["supporters_by_side"],
                balanced=row.get("score"),
                place=row["rank"] if "score" in row else None,
                dots=row["dots"],
                dots_place=row["dots_rank"] if "score" in row else row["rank"],
                by_hand=row["by_hand"],
            )
            for row in rows
        ],
    )


def drawn_ratings(results: Body) -> Sheet:
    """The plane of the first ideas that have enough raters, and which have not."""
    rated = [row for row in results["ratings"] if row["impact"]]
    return rating_plane.draw(
        [
            rating_plane.PlaneIdea(
                row["number"],
                row["title"],
                row["raters"],
                rating_plane.Span(**row["impact"]),
                rating_plane.Span(**row["feasibility"]),
            )
            for row in rated
        ],
        [rating_plane.Waiting(row["number"], row["raters"]) for row in results["ratings"] if not row["impact"]],
    )


def _bridge(results: Body, sides: Sequence[Body]) -> None:
    rows = (results["two_sided"] or results["raw"])[: sheet.MOST_IDEAS]
    if not rows or not ranks.has_votes(results):
        st.html(pictures.empty("Nobody has voted. The support of each side stands here as soon as there are votes."))
        return
    _draw(drawn_bridge(results, sides), sides, "Support of each side, and the balanced score between them.", "bridge")
    lines = Markup("").join(_LINE.format(row["number"], row["title"], _supported(row, sides, results)) for row in rows)
    st.html(_SPOKEN.format("Support of each side", lines))


def _ratings(results: Body, sides: Sequence[Body]) -> None:
    rated = [row for row in results["ratings"] if row["impact"]][: sheet.MOST_IDEAS]
    if not rated:
        st.html(pictures.empty(f"Not enough ratings yet: an idea needs {results['fewest_raters']} raters."))
        return
    _draw(drawn_ratings(results), sides, "Impact and feasibility of the ideas, as their raters see them.", "ratings")
    lines = Markup("").join(_LINE.format(row["number"], row["title"], _rated(row)) for row in rated)
    st.html(_SPOKEN.format("Impact and feasibility", lines))


def _draw(drawn: Sheet, sides: Sequence[Body], spoken: str, name: str) -> None:
    colours = _COLOURS | {sheet.of_side(side["key"]): side["colour"] for side in sides}
    told = {**sheet.coloured(drawn, colours), "spoken": f"{spoken} The list after this picture says the same."}
    components.sheet(told, key=f"results_{name}")


def _supported(row: Body, sides: Sequence[Body], results: Body) -> str:
    parts = [f"{ranks.support(row, side, results)} {side['short']} ballots" for side in sides]
    balanced = f"balanced {100 * row['score']:.0f} %" if "score" in row else "no balanced score yet"
    return f"{', '.join(parts)}; {balanced}; {row['dots']} dots {row['by_hand']}".rstrip()


def _rated(row: Body) -> str:
    figures = ", ".join(
        f"{name} {row[name]['mean']:.1f} ({row[name]['low']:.1f} to {row[name]['high']:.1f})"
        for name in ("impact", "feasibility")
    )
    return f"{figures}; {row['raters']} ratings"
