"""The themes on the wall: one picture for who looks, a list with the same content for who listens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop import drawing
from workshop.services.shown_themes import ThemesView
from workshop.themes.board import FEWEST_IDEAS
from workshop.ui import colours, components, look, pictures, shared

Body = Mapping[str, Any]


def show(view: ThemesView | None, room: Body, *, ideas: int, results: Body | None) -> None:
    """The map of the applied themes, or what the room is waiting for. ``results`` once they may be seen."""
    if view is None or not view.themes:
        st.html(pictures.empty(waiting(ideas)))
        return
    dots = None if results is None else {row["number"]: row["dots"] for row in results["raw"]}
    dark = look.is_dark()
    # An idea may be reworded while the board stays as it is, and a theme may be called by the words of an idea.
    names = tuple(theme.name for theme in view.themes)
    key = ("map", view.key, names, dark, None if dots is None else tuple(sorted(dots.items())))
    drawn = shared.once(key, lambda: picture(view, room["sides"], dots=dots, dark=dark))
    components.theme_map(drawn, key="theme_map")
    st.html(listed(view, room["sides"]))


def waiting(ideas: int) -> str:
    """Why there is no map yet."""
    if ideas < FEWEST_IDEAS:
        return f"Waiting for ideas: {ideas} of {FEWEST_IDEAS} that themes need are on the board."
    return "The ideas are on the board. Their themes appear here in a moment."


def picture(view: ThemesView, sides: Sequence[Body], *, dots: Mapping[int, int] | None, dark: bool) -> dict[str, Any]:
    """The map with its colours, as the component draws it."""
    shades = colours.of_themes(dark=dark)
    palette = {drawing.NOT_SURE_COLOUR: colours.NOT_SURE, **dict(enumerate(shades))}
    of_side = {side["key"]: side["colour"] for side in sides}
    drawn = drawing.draw(_on_map(view, sides, dots, len(shades)))
    return {**drawing.painted(drawn, palette, of_side), "spoken": spoken(view)}


def spoken(view: ThemesView) -> str:
    """The picture in a sentence."""
    draft = "Draft themes. " if view.draft else ""
    themes = "; ".join(f"{theme.name}: {len(theme.ideas)}" for theme in view.themes)
    unsure = f"; not sure yet: {len(view.not_sure)}" if view.not_sure else ""
    return f"{draft}Map of themes and their ideas: {themes}{unsure}. The list after this picture names every idea."


def listed(view: ThemesView, sides: Sequence[Body]) -> Markup:
    """Every theme with its balance of sides and its ideas, as a list that only a screen reader meets."""
    short = {side["key"]: side["short"] for side in sides}
    groups = [(theme.name, theme.ideas) for theme in view.themes]
    groups += [("Not sure yet", view.not_sure)] if view.not_sure else []
    rows = Markup("").join(
        Markup("<li>{} ({}): {}<ol>{}</ol></li>").format(
            name,
            f"{len(ideas)} idea{'' if len(ideas) == 1 else 's'}",
            ", ".join(f"{short[key]} {sum(idea.side == key for idea in ideas)}" for key in short),
            Markup("").join(
                Markup("<li>#{} {}{}</li>").format(
                    idea.number, idea.title, f" ({short[idea.side]})" if idea.side in short else ""
                )
                for idea in ideas
            ),
        )
        for name, ideas in groups
    )
    return Markup('<div class="rt-spoken"><h2>Themes and their ideas</h2><ul>{}</ul></div>').format(rows)


def _on_map(view: ThemesView, sides: Sequence[Body], dots: Mapping[int, int] | None, shades: int) -> drawing.Map:
    def spots(ideas: Sequence[Any]) -> tuple[drawing.Spot, ...]:
        return tuple(
            drawing.Spot(
                idea.number, *view.places[idea.number], idea.side, None if dots is None else dots.get(idea.number, 0)
            )
            for idea in ideas
            if idea.number in view.places
        )

    return drawing.Map(
        themes=tuple(
            drawing.ThemeOnMap(theme.id, theme.name, theme.colour % shades, spots(theme.ideas), theme.please_name)
            for theme in view.themes
        ),
        not_sure=spots(view.not_sure),
        sides=tuple(drawing.SideMark(side["key"], side["short"], side["shape"]) for side in sides),
        note="Draft themes" if view.draft else "",
    )
