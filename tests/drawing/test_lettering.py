"""Lines of text before they are drawn: never wider than allowed, and no letter torn apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop.drawing import lettering


@given(st.text(max_size=120), st.integers(28, 60), st.integers(120, 600), st.integers(1, 3))
def test_no_line_is_wider_than_its_limit(text: str, size: int, limit: int, lines: int) -> None:
    broken = lettering.broken(text, size, limit=limit, lines=lines)
    assert 1 <= len(broken) <= lines
    assert all(lettering.width(line, size) <= limit for line in broken)


def test_a_name_is_broken_into_lines_of_about_the_same_length() -> None:
    assert lettering.broken("Energy efficiency of buildings", 40, limit=450, lines=3) == (
        "Energy efficiency",
        "of buildings",
    )


def test_no_line_begins_with_the_dash_between_two_phrases() -> None:
    assert lettering.broken("Recycling - mills", 40, limit=260, lines=3) == ("Recycling -", "mills")


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert lettering.broken("Donaudampfschifffahrt", 40, limit=200, lines=2)[0].endswith("…")
    assert lettering.broken("one two three four five six", 40, limit=120, lines=2)[-1].endswith("…")


def test_a_narrow_sign_counts_less_than_a_wide_one_and_an_unknown_one_most() -> None:
    assert lettering.width("iii", 40) < lettering.width("WWW", 40) < lettering.width("漢漢漢", 40)
