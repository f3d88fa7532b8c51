"""What people say in the warm-up: short, each line once, nothing cut off silently."""

from __future__ import annotations

import pytest

from workshop.domain.introduction import LINE, Introduction, LineKind, checked, introduction_of
from workshop.errors import Invalid


def test_empty_and_repeated_lines_are_left_out_and_the_order_stays() -> None:
    said = Introduction(("  A test site ", "", "\u200b", "a  TEST site", "Data"), ("Money",), "  Texas ")
    assert checked(said, most=3) == Introduction(("A test site", "Data"), ("Money",), "Texas")


def test_too_long_and_too_many_lines_are_refused_with_a_sentence() -> None:
    with pytest.raises(Invalid, match="The offer has 121 characters; 120 fit"):
        checked(Introduction(("x" * (LINE + 1),)), most=3)
    with pytest.raises(Invalid, match="You have 2 needs; 1 fit"):
        checked(Introduction((), ("One", "Two")), most=1)
    with pytest.raises(Invalid, match="The place has"):
        checked(Introduction(place="x" * 61), most=1)


def test_lines_and_introduction_are_two_forms_of_the_same() -> None:
    said = Introduction(("One", "Two"), ("Three",), "Maine")
    assert introduction_of(said.lines) == said
    assert [kind for kind, _ in said.lines] == [LineKind.OFFER, LineKind.OFFER, LineKind.NEED, LineKind.PLACE]
    assert introduction_of([]) == Introduction()
