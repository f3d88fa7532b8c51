"""Buttons that act before the page is drawn again, so that the page shows what is true after them.

Labels are ours; what people typed stands beside a button, never in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

import streamlit as st

from workshop.errors import WorkshopError
from workshop.services.access import Badge
from workshop.ui import gate, notice, tab

Act = Callable[[], object]

READING_SECONDS = 8.0


def button(  # noqa: PLR0913  what differs from button to button, each named at the call
    badge: Badge,
    label: str,
    act: Act,
    *,
    key: str,
    done: str = "",
    icon: str | None = None,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """A button of whoever holds this badge. ``key`` names what it acts on; ``done`` is the sentence for success.

    Where two people may press at once, the key carries the version that was seen.
    """
    st.button(
        label,
        key=key,
        icon=icon,
        type=kind,
        width="stretch" if kind == "primary" else "content",
        on_click=press,
        args=(badge, act, done),
    )


def press(badge: Badge, act: Act, done: str = "") -> None:
    """Do what a button says, for one that `button` does not draw; `outcome` tells what came of it."""
    memory = tab.current()
    memory.problem = memory.done = ""
    memory.told_until = time.monotonic() + READING_SECONDS
    try:
        gate.check(badge)
        act()
    except WorkshopError as error:
        memory.problem = str(error)
    else:
        memory.done = done


def outcome() -> None:
    """What the last button did: long enough to be read, though the change itself draws the page again at once."""
    memory = tab.current()
    with st.container(key="outcome"):
        if memory.problem:
            notice.problem(memory.problem)
        elif memory.done:
            notice.saved(memory.done)
    if time.monotonic() > memory.told_until:
        memory.problem = memory.done = ""
