"""The desk's pairs of ideas that may be the same: looked for when somebody asks, because it compares all with all."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st
from markupsafe import Markup

from workshop.services import similar
from workshop.services.access import ModeratorBadge
from workshop.ui import gate, notice, tab
from workshop.ui.buttons import button

_PAIR = Markup('<li class="rt-pair">{}{}</li>')
_IDEA = Markup('<p class="rt-idea-line"><b>#{}</b> {} <span class="rt-note">{}</span></p>')
_LIST = Markup('<ol class="rt-pairs">{}</ol>')
_NONE = "No two ideas look the same. Look again when tables have sent more."
_READ = "Opposites look alike as well: read both before you merge them."


def show(moderator: ModeratorBadge, standing: Collection[tuple[str, int]]) -> None:
    """The button, and what it found the last time: of that, the pairs whose ideas still stand as they were compared.

    ``standing`` holds id and version of every idea at a table or on the board.
    """
    with st.expander("Ideas that may be the same", icon=":material/difference:", key="similar_ideas"):
        button(moderator, "Compare all ideas now", lambda: _compare(moderator), key="compare", icon=":material/search:")
        pairs = tab.current().pairs
        if pairs is None:
            return
        there = [pair for pair in pairs if all((str(idea.id), idea.version) in standing for idea in pair.both)]
        if not there:
            notice.hint(_NONE)
            return
        notice.hint(_READ)
        lines = (
            _PAIR.format(*(_IDEA.format(idea.number, idea.title, idea.credit_line) for idea in pair.both))
            for pair in there
        )
        st.html(_LIST.format(Markup("").join(lines)))


def _compare(moderator: ModeratorBadge) -> None:
    tab.current().pairs = similar.pairs(gate.house().db, moderator)
