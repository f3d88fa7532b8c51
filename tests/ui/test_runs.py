"""Runs are told once: a fragment within a run of the page belongs to that run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from workshop.ui import runs


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    heard: list[tuple[str, str]] = []
    stop = runs.on_run(lambda page, kind, seconds: heard.append((page, kind)) if seconds >= 0 else None)
    yield heard
    stop()


@runs.of_a_fragment("wall")
def fragment(answer: int) -> int:
    """Says what it is given."""
    return answer // 1


def test_a_fragment_within_a_run_of_its_page_is_not_told_a_second_time(told: list[tuple[str, str]]) -> None:
    with runs.of_a_page() as run:
        run.page = "wall"
        assert fragment(7) == 7
    assert told == [("wall", "page")]


def test_a_fragment_alone_is_told_also_after_its_page_ran_in_the_same_thread(told: list[tuple[str, str]]) -> None:
    with runs.of_a_page():
        pass
    assert fragment(7) == 7
    assert told == [("other", "page"), ("wall", "fragment")]


def test_a_run_that_ends_early_is_told_as_well(told: list[tuple[str, str]]) -> None:
    with suppress(ZeroDivisionError), runs.of_a_page() as run:
        run.page = "desk"
        raise ZeroDivisionError
    with pytest.raises(TypeError):
        fragment("seven")  # type: ignore[arg-type]
    assert told == [("desk", "page"), ("wall", "fragment")]


def test_a_fragment_stays_the_same_function_for_streamlit() -> None:
    assert (fragment.__name__, fragment.__module__, fragment.__doc__) == (
        "fragment",
        __name__,
        "Says what it is given.",
    )
