"""Pages run one at a time: all of them share one processor, so runs that overlap only make each other late.

Somebody who has tapped comes first, then wall and desk, which show it to everybody, then tabs that open: a whole room
may do that in the same minute.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import IntEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from workshop.live import Admission
from workshop.services.access import Badge
from workshop.ui import components, gate, tab

P = ParamSpec("P")
B = TypeVar("B", bound=Badge)


class Rank(IntEnum):
    """Who comes first."""

    TAP = 0
    FOLLOWING = 1
    OPENING = 2


queue = Admission()


def page() -> AbstractContextManager[None]:
    """The turn of a whole page: its first run in a tab is its opening, every later one is somebody's tap."""
    rank = Rank.OPENING if tab.is_new() else Rank.TAP
    tab.current()
    return queue.turn(rank)


def fragment(show: Callable[Concatenate[B, P], None]) -> Callable[Concatenate[B, P], None]:
    """Make a part of wall or desk a fragment that takes turns when it follows the room by itself.

    Its first argument is the badge of whoever looks. A fragment runs again without its page, for hours: a role that was
    taken away meanwhile is noticed by the fragment itself.
    """

    @st.fragment
    @wraps(show)
    def in_turn(badge: B, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with queue.turn(Rank.FOLLOWING):
            gate.let_in(lambda: gate.check(badge))
            show(badge, *args, **kwargs)

    @wraps(show)
    def on_the_page(badge: B, /, *args: P.args, **kwargs: P.kwargs) -> None:
        components.comeback(show.__module__.rpartition(".")[2])
        in_turn(badge, *args, **kwargs)

    return on_the_page
