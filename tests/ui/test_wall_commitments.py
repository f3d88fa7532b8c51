"""The wall while people commit, however many cards and people there are."""

from __future__ import annotations

import re
from typing import Any

import pytest

from workshop.ui import wall_commitments

SIDES = [
    {"key": "port", "shape": "triangle", "colour": "#009E73"},
    {"key": "ships", "shape": "diamond", "colour": "#0072B2"},
    {"key": "town", "shape": "star", "colour": "#CC79A7"},
]


def member(
    organisation: str = "", name: str | None = None, side: str = "port", role: str = "partner"
) -> dict[str, Any]:
    return {"organisation": organisation, "name": name, "side": side, "role": role}


def card(*members: dict[str, Any], number: int = 1) -> dict[str, Any]:
    return {"number": number, "title": f"Idea {number}", "members": list(members)}


def while_open(*cards: dict[str, Any]) -> str:
    return str(wall_commitments.while_open({"cards": list(cards)}, SIDES))


def test_the_first_name_stands_among_all_that_is_still_to_be_confirmed() -> None:
    text = while_open(card(member("Bay Tugs", "Ada Ek", "ships", "lead"), member("Net Loft"), member()), card(number=2))
    assert "Thank you. <b>1 of 3</b> roles are confirmed" in text
    assert re.search(r"rt-shape-diamond.*<b>Ada Ek</b> lead, Bay Tugs", text)
    assert "Still to confirm: Net Loft and 1 more" in text
    assert "Nobody is on this card yet. Join it on your phone." in text


@pytest.mark.parametrize(("number", "layout"), [(1, "1"), (4, "4"), (5, "many"), (8, "many")])
def test_the_fewer_cards_there_are_the_more_room_each_has(number: int, layout: str) -> None:
    text = while_open(*(card(number=place) for place in range(1, number + 1)))
    assert f"rt-commitments-{layout}" in text
    assert text.count("rt-committed") == number


def test_what_fits_into_half_a_line_is_named_and_the_others_are_counted() -> None:
    long = "An organisation whose name fills the whole of the line"
    waiting = [member(long), member("Net Loft"), member("Net Loft"), member("Bay Tugs")]
    text = while_open(card(*waiting), *(card(number=place) for place in range(2, 7)))
    assert "Still to confirm: Net Loft, Bay Tugs and 1 more" in text
    text = while_open(card(member(long)), *(card(number=place) for place in range(2, 7)))
    assert "Still to confirm: 1 person" in text


def test_without_cards_or_people_a_sentence_says_so() -> None:
    assert "No idea went on to a card." in while_open()
    assert "Nobody has taken a role yet." in while_open(card())


def test_in_the_end_only_what_was_confirmed_is_left() -> None:
    confirmed = [member("Bay Tugs", f"Person {place}") for place in range(6)]
    body = {"cards": [card(*confirmed, member("Net Loft")), card(member("Net Loft"), number=2)]}
    text = str(wall_commitments.in_the_end(body, SIDES))
    assert ("and 2 more" in text, text.count("rt-person")) == (True, 4)
    assert "Net Loft" not in text
    assert "Idea 2" not in text
