"""The desk's table of results, for any number of sides, with and without votes and ratings."""

from __future__ import annotations

from typing import Any

from workshop.ui import desk_ranks

SIDES = [
    {"key": "port", "short": "Port", "shape": "triangle", "colour": "#009E73"},
    {"key": "ships", "short": "Ships", "shape": "diamond", "colour": "#0072B2"},
    {"key": "town", "short": "Town", "shape": "star", "colour": "#CC79A7"},
]
MARKS = {"mean": 4.0, "low": 3.5, "high": 4.5}


def raw(number: int, dots: int = 0, by_hand: str = "") -> dict[str, Any]:
    supporters = {"port": dots, "ships": 0, "town": 0}
    return {"rank": number, "number": number, "title": f"<i>{number}</i>", "dots": dots, "by_hand": by_hand,
            "supporters_by_side": supporters}  # fmt: skip


def rated(number: int, *, raters: int) -> dict[str, Any]:
    enough = MARKS if raters >= 5 else None
    return {"number": number, "raters": raters, "impact": enough, "feasibility": enough}


def table(*rows: dict[str, Any], ratings: tuple[dict[str, Any], ...] = (), ballots: int = 4) -> str:
    results = {"raw": list(rows), "two_sided": [], "ratings": list(ratings)}
    return str(desk_ranks.table(results | {"ballots_by_side": {"port": ballots, "ships": 0, "town": 0}}, SIDES))


def test_every_side_has_its_column_and_what_is_typed_stays_text() -> None:
    text = table(raw(1, 3), raw(2), raw(3))
    for side in SIDES:
        assert f"{side['short']} ballots</th>" in text
    assert '<td data-name="Port ballots">3 of 4</td>' in text
    assert "&lt;i&gt;1&lt;/i&gt;" in text
    assert "2 more ideas without votes." in text


def test_what_was_counted_by_hand_or_rated_by_enough_people_has_a_line() -> None:
    text = table(
        raw(1, 0, "plus 2 hand-counted dots"), raw(2), raw(3), ratings=(rated(2, raters=5), rated(3, raters=4))
    )
    assert text.count('<th scope="row">') == 2
    assert "place 1, plus 2 hand-counted dots" in text
    assert "Impact 4.0 (3.5 to 4.5), feasibility 4.0 (3.5 to 4.5), 5 ratings" in text
    assert "1 more idea without votes." in text


def test_with_nothing_to_show_a_sentence_says_what_will_stand_here() -> None:
    assert "No idea has votes or enough ratings yet." in table(raw(1), ballots=0, ratings=(rated(1, raters=1),))


def test_a_thousand_ideas_are_fifty_lines_and_a_sentence() -> None:
    text = table(*(raw(number, 1) for number in range(1, 1001)))
    assert text.count('<th scope="row">') == desk_ranks.MOST_ROWS
    assert "950 more ideas further down: the report lists them." in text
