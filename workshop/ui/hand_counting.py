"""Votes counted by hand: one form per side for ballots and dots, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workshop.domain import hand_count as rules
from workshop.domain.hand_count import HandCount
from workshop.domain.room import WorkshopView
from workshop.services import hand_counts
from workshop.services.hand_counts import CounterBadge
from workshop.ui import buttons, gate, notice
from workshop.ui.plain import plain

_WHAT = (
    "For people without a phone. These dots are counted apart: they stand beside the results as “hand-counted” and "
    "move neither order."
)
_SHUT = (
    "Votes on paper are entered from the step “Vote” until the results are revealed, after that by the moderator only."
)


def show(badge: CounterBadge, view: WorkshopView) -> None:
    """The count of one side; the number of an idea stands on every screen and in the list of ideas."""
    notice.hint(_WHAT)
    if not hand_counts.is_open(view, badge):
        notice.hint(_SHUT)
        return
    counts = hand_counts.of(gate.house().db, badge)
    side = st.segmented_control(
        "Side",
        list(counts),
        default=next(iter(counts)),
        required=True,
        format_func=lambda key: plain(view.event.side(key).name),
    )
    _form(badge, view, counts[side])
    _told(view, counts)


def _form(badge: CounterBadge, view: WorkshopView, count: HandCount) -> None:
    limits, key = view.event.limits, f"{count.side}_{count.version}"
    with st.form(f"count_{key}", border=False):
        st.number_input(
            plain(f"Ballots of {view.event.side(count.side).name}"),
            0,
            rules.MOST_BALLOTS,
            count.ballots,
            key=f"ballots_{key}",
            help=f"Each has {limits.dots} dots, at most {limits.dots_per_idea} on one idea.",
        )
        st.text_area(
            "Dots: one idea per line, its number and its dots",
            rules.written(count.dots),
            key=f"dots_{key}",
            placeholder="14 3\n7 2",
        )
        st.form_submit_button(
            "Save this count",
            type="primary",
            on_click=buttons.press,
            args=(badge, lambda: _enter(badge, count), "Saved."),
        )


def _enter(badge: CounterBadge, count: HandCount) -> None:
    key = f"{count.side}_{count.version}"
    dots = rules.read_lines(st.session_state[f"dots_{key}"])
    ballots = st.session_state[f"ballots_{key}"]
    hand_counts.enter(gate.house().db, badge, count.side, ballots=ballots, dots=dots, seen=count.version)


def _told(view: WorkshopView, counts: Mapping[str, HandCount]) -> None:
    """What stands there now, in the words in which the room reads it."""
    lines = [
        f"{view.event.side(count.side).name}: {rules.ballots_label(count.ballots).removeprefix('plus ')}, "
        f"with {sum(count.dots.values())} dots, on "
        + (", ".join(f"#{number}" for number in sorted(count.dots)) or "no idea")
        for count in counts.values()
        if count.ballots
    ]
    notice.hint("\n".join(lines) or "Nothing is counted by hand yet.")
