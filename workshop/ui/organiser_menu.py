"""The organiser's three pages, one tap from each other."""

from __future__ import annotations

import streamlit as st

from workshop.settings import PROJECT

_PAGES = {
    "prepare": ("Event and links", ":material/event:"),
    "people": ("People", ":material/groups:"),
    "report": ("Report", ":material/description:"),
}


def show() -> None:
    """Links to the pages; Streamlit sets the present one in bold. A disabled link would be too pale to read."""
    with st.container(horizontal=True, key="menu"):
        for name, (label, icon) in _PAGES.items():
            st.page_link(PROJECT / "pages" / f"{name}.py", label=label, icon=icon)
