"""Both orders on the wall, where few ideas have votes or support."""

from __future__ import annotations

from typing import Any

import pytest

from workshop.ui import ranks

SIDES = [
    {"key": "port", "short": "Port", "shape": "triangle", "colour": "#009E73"},
    {"key": "ships", "short": "Ships", "shape": "diamond", "colour": "#0072B2"},
    {"key": "town", "short": "Town", "shape": "star", "colour": "#CC79A7"},
]


def row(number: int, score: float, dots: int = 1) -> dict[str, Any]:
    shown = {"rank": number, "number": number, "title": "An idea", "score": score, "dots": dots, "by_hand": ""}
    return shown | {"by_side": {"port": dots}, "share_by_side": {}, "supporters_by_side": {}}


def both(*rows: dict[str, Any], ballots: int = 3, silent: bool = False) -> str:
    results = {"raw": list(rows), "two_sided": [] if silent else list(rows), "by_hand": ""}
    return str(ranks.both(results | {"ballots_by_side": {"port": ballots}}, SIDES))


def test_only_what_every_side_supports_has_a_place_and_the_others_are_counted() -> None:
    text = both(row(1, 0.5), row(2, 0), row(3, 0, dots=0))
    assert "By support of all 3 sides" in text
    assert "2 more ideas, not supported by every side" in text
    assert "By dots · 2 of 3 ideas" in text
    assert text.count('class="rt-rank"') == 3


def test_a_full_list_says_nothing_of_the_others() -> None:
    assert "more ideas" not in both(*(row(number, 0.5) for number in range(1, 9)), row(9, 0))


@pytest.mark.parametrize(
    ("silent", "sentence"),
    [(False, "No idea has supporters on every side."), (True, "This order appears when every side has voted.")],
)
def test_an_order_without_ideas_says_why(*, silent: bool, sentence: str) -> None:
    assert sentence in both(row(1, 0), silent=silent)


def test_must_not_happen_something_has_a_place_before_anybody_has_voted() -> None:
    assert "rt-rank" not in both(row(1, 0, dots=0), ballots=0, silent=True)
