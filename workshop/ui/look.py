"""The look of a page where no theme token exists: one style sheet for all pages, one per audience."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ICON = Path(__file__).parent / "images" / "icon.png"
"""The icon of every tab: a file of ours, because Streamlit fetches the icons it knows by name from a foreign host."""

_STYLES = Path(__file__).parent / "styles"


def phone() -> None:
    """A narrow column, large targets, no Streamlit chrome."""
    _apply("shared", "phone")


def desk() -> None:
    """A wide page for somebody who sits in front of it."""
    _apply("shared", "desk")


def wall() -> None:
    """A picture without controls that is read at 15 m."""
    _apply("shared", "wall")


def is_dark() -> bool:
    """Whether this browser shows the dark theme."""
    return st.context.theme.type == "dark"


def _apply(*names: str) -> None:
    for name in names:
        st.html(_STYLES / f"{name}.css")
