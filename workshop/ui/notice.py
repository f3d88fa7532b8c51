"""Sentences for the person at the screen. Everything is escaped: a sentence may carry what somebody typed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from workshop.errors import WorkshopError

log = logging.getLogger(__name__)

_T = TypeVar("_T")

_PROBLEM = Markup('<p class="rt-notice rt-problem" role="alert">{}</p>')
_SAVED = Markup('<p class="rt-notice rt-saved" role="status">{}</p>')
_SUGGESTION = Markup('<p class="rt-notice rt-suggestion" role="status">{}</p>')
_HINT = Markup('<p class="rt-hint">{}</p>')
_WAY_HOME = '<p class="rt-hint"><a href="/" target="_self">Go to the start page</a></p>'


def problem(sentence: str) -> None:
    """Something did not work: what happened, what to do."""
    st.html(_PROBLEM.format(sentence))


def saved(sentence: str) -> None:
    """Something was kept: what, where it went, what is next."""
    st.html(_SAVED.format(sentence))


def suggestion(sentence: str) -> None:
    """Something that a person could do now, and need not."""
    st.html(_SUGGESTION.format(sentence))


def hint(sentence: str) -> None:
    """A quiet sentence beside the task."""
    st.html(_HINT.format(sentence))


def way_home() -> None:
    """A link to the start page."""
    st.html(_WAY_HOME)


def attempt(act: Callable[[], _T]) -> _T | None:
    """Do what a button asks; a sentence for the reader is shown, and nothing else changes."""
    try:
        return act()
    except WorkshopError as error:
        problem(str(error))
        return None


def unexpected(error: Exception) -> bool:
    """Our own mistake: one neutral sentence on the screen, the rest in the log."""
    log.error("a page failed", exc_info=error)
    problem("Something went wrong on our side. What you sent before is kept. Reload this page and go on.")
    return True
