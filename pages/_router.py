"""The router: which pages this browser may open. A page of another role exists, but only says whose it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from workshop.services.access import Role
from workshop.ui import gate, look, runs, turns

PAGES = Path(__file__).resolve().parent


def _for(role: Role, name: str, title: str) -> st.Page:
    if gate.holds(role):
        return st.Page(PAGES / f"{name}.py", title=title, url_path=name)
    return st.Page(partial(gate.not_yours, role), title=title, url_path=name)


st.set_page_config(page_title="Roundtable", page_icon=look.ICON, layout="wide")
with turns.page(), runs.of_a_page() as run:
    page = st.navigation(
        [
            st.Page(PAGES / "join.py", title="Join", default=True),
            st.Page(PAGES / "participate.py", title="Workshop", url_path="participate"),
            st.Page(PAGES / "wall.py", title="Wall", url_path="wall"),
            _for("moderator", "desk", "Desk"),
            _for("organiser", "prepare", "Prepare"),
            st.Page(PAGES / "people.py", title="People", url_path="people"),
            _for("organiser", "report", "Report"),
        ],
        position="hidden",
    )
    run.page = page.url_path or "join"
    page.run()
