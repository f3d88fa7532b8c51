"""What one browser tab remembers between two reruns: a few choices, never anything that must survive a reload."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import streamlit as st

from workshop.domain.consortium import Plan
from workshop.domain.event import Step
from workshop.services.similar import Alike

_KEY = "tab"


@dataclass(slots=True)
class RunDraft:
    """A run of show that is being changed and not saved yet.

    ``version`` is that of the event it began with, ``taken`` counts the ready-made runs that were taken over.
    """

    version: str
    steps: list[Step]
    ends: str
    taken: int = 0


@dataclass(slots=True)
class Tab:
    """``problem`` and ``done`` are the sentences of the last button, shown once.

    ``theme`` is the one that is open on the desk, ``pairs`` are the ideas that looked the same when they were compared.
    ``dismissed`` is what the desk shall not suggest again, ``link`` the one to a role that was made just now, ``share``
    the one to the closing deck, ``run`` the run of show that is being changed, ``event_seen`` the version of the event
    that was shown last, ``plans`` are next steps of cards as they stood when their form was opened.
    """

    problem: str = ""
    done: str = ""
    told_until: float = 0.0
    theme: str | None = None
    pairs: tuple[Alike, ...] | None = None
    run: RunDraft | None = None
    link: str = ""
    share: str = ""
    event_seen: str = ""
    dismissed: set[str] = field(default_factory=set)
    plans: dict[UUID, Plan] = field(default_factory=dict)


def is_new() -> bool:
    """Whether nothing has run in this tab yet."""
    return _KEY not in st.session_state


def current() -> Tab:
    """The memory of this tab."""
    if is_new():
        st.session_state[_KEY] = Tab()
    memory: Tab = st.session_state[_KEY]
    return memory
