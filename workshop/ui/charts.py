"""Charts of the wall and the desk: drawn once per revision, labelled directly, no legend, no axes, no toolbar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from workshop.domain.text import for_chart, shorten

COLOURS_ON_DARK = ("#009988", "#EE3377", "#66CCEE", "#AA7744", "#9970AB", "#F0E442", "#AAAA00", "#ACD39E")
COLOURS_ON_LIGHT = ("#009988", "#EE3377", "#004488", "#AA7744", "#9970AB", "#774411", "#222255", "#882255")
"""The theme's chart colours (.streamlit/config.toml), so that a theme has one colour on wall, desk, phones and paper.

They are Tol and Okabe-Ito hues that stand out from the background; the sides' blue and orange are not among them.
"""

HEIGHT = 650
"""Pixels on a screen of 1920 x 1080; the style sheet of the wall scales a chart to the real one."""

NOT_SURE_COLOUR = "#8B8696"
PLAIN: Mapping[str, object] = {"displayModeBar": False, "staticPlot": True}


@dataclass(frozen=True, slots=True)
class MapTheme:
    """A theme as a chart needs it. ``places`` are the (x, y) of its ideas on the map, each in -1..1."""

    name: str
    colour: int
    ideas: int
    places: tuple[tuple[float, float], ...]


def theme_map(
    themes: Sequence[MapTheme], not_sure: Sequence[tuple[float, float]], *, dark: bool, pixels: int = 28
) -> go.Figure:
    """Every idea as a bubble in its theme's colour, and the theme's name above its bubbles.

    ``pixels`` is the size of the labels; names are wrapped and moved apart so that none covers another.
    """
    figure = go.Figure()
    colours = COLOURS_ON_DARK if dark else COLOURS_ON_LIGHT
    if not_sure:
        figure.add_trace(_bubbles(not_sure, NOT_SURE_COLOUR, pixels * 0.7))
    for theme in themes:
        figure.add_trace(_bubbles(theme.places, colours[theme.colour % len(colours)], pixels))
    for x, y, theme in _labels(themes):
        lines = [for_chart(line, 24) for line in wrap(shorten(theme.name, 44), 24)[:2]]  # no entity is cut in two
        figure.add_annotation(
            x=x,
            y=y,
            text="<br>".join(f"<b>{line}</b>" for line in lines),
            showarrow=False,
            yanchor="bottom",
            yshift=pixels * 0.6,
            font={"size": pixels, "color": colours[theme.colour % len(colours)]},
        )
    _make_plain(figure, dark=dark)
    every = [*not_sure, *(place for theme in themes for place in theme.places)]
    figure.update_xaxes(range=_frame([x for x, _ in every], below=0.2, above=0.2))
    figure.update_yaxes(range=_frame([y for _, y in every], below=0.08, above=0.28))
    return figure


def nothing() -> go.Figure:
    """A chart without anything: it makes a browser load the chart library before the first real chart needs it."""
    figure = go.Figure()
    _make_plain(figure, dark=True)
    return figure


def theme_sizes(themes: Sequence[MapTheme], not_sure: int, *, dark: bool, pixels: int = 28) -> go.Figure:
    """How many ideas each theme has, largest first, the name above its bar."""
    colours = COLOURS_ON_DARK if dark else COLOURS_ON_LIGHT
    rows = [
        (theme.name, theme.ideas, colours[theme.colour % len(colours)])
        for theme in sorted(themes, key=lambda theme: (-theme.ideas, theme.name))
    ]
    if not_sure:
        rows.append(("Not sure yet", not_sure, NOT_SURE_COLOUR))
    rows = rows[:8]
    figure = go.Figure(
        go.Bar(
            x=[ideas for _, ideas, _ in rows],
            y=list(range(len(rows))),
            orientation="h",
            width=0.36,
            marker={"color": [colour for _, _, colour in rows]},
            text=[f"<b>{ideas}</b>" for _, ideas, _ in rows],
            textposition="outside",
            textfont={"size": pixels},
            constraintext="none",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    for place, (name, _, _) in enumerate(rows):
        figure.add_annotation(
            x=0,
            y=place - 0.42,
            text=for_chart(name, 46),
            showarrow=False,
            xanchor="left",
            yanchor="middle",
            font={"size": pixels},
        )
    _make_plain(figure, dark=dark)
    figure.update_xaxes(range=[0, 1.12 * max((ideas for _, ideas, _ in rows), default=1)])
    figure.update_yaxes(range=[max(len(rows), 4) - 0.6, -0.75])
    return figure


def _bubbles(places: Sequence[tuple[float, float]], colour: str, size: float) -> go.Scatter:
    return go.Scatter(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="markers",
        marker={"size": size, "color": colour, "opacity": 0.85, "line": {"width": 0}},
        hoverinfo="skip",
    )


def _labels(themes: Sequence[MapTheme]) -> list[tuple[float, float, MapTheme]]:
    """A place above the highest bubble of each theme, pushed up where two labels would touch."""
    placed: list[tuple[float, float, MapTheme]] = []
    largest = sorted((theme for theme in themes if theme.places), key=lambda theme: -theme.ideas)[:8]
    for theme in sorted(largest, key=lambda theme: max(y for _, y in theme.places)):
        x = min(max(_mean(theme.places, 0), -0.85), 0.85)
        y = max(y for _, y in theme.places)
        for other_x, other_y, _ in sorted(placed, key=lambda label: label[1]):
            if abs(x - other_x) < 0.95 and abs(y - other_y) < 0.24:
                y = other_y + 0.24
        placed.append((x, min(y, 1.12), theme))
    return placed


def _frame(values: Sequence[float], *, below: float, above: float) -> list[float]:
    """The range of an axis around the values, with room on both ends as shares of their spread."""
    low, high = min(values, default=-1.0), max(values, default=1.0)
    spread = max(high - low, 0.2)
    return [low - below * spread, high + above * spread]


def _mean(places: Sequence[tuple[float, float]], axis: int) -> float:
    return sum(place[axis] for place in places) / len(places)


def _make_plain(figure: go.Figure, *, dark: bool) -> None:
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": "#F4F2F8" if dark else "#1E1B24", "family": "Source Sans, sans-serif"},
    )
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
