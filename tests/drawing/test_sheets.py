"""The bridge and impact x feasibility as geometry: everything inside, no text on another, nothing too small."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting import hostile
from workshop.domain.event import SHAPES
from workshop.domain.text import is_blank, normal
from workshop.drawing import bridge, lettering, rating_plane
from workshop.drawing.bridge import BridgeIdea, BridgeSide
from workshop.drawing.rating_plane import BUBBLE, PlaneIdea, Span, Waiting
from workshop.drawing.sheet import MOST_IDEAS, Sheet, Words, coloured

LEAST = 28

HOSTILE = [text for text in map(normal, hostile.TEXTS) if not is_blank(text)]

titles = st.sampled_from([*HOSTILE, "W" * 80, "A test site"])
marks = st.floats(1, 5)


def box(line: Words) -> tuple[float, float, float, float]:
    """What a line of text covers, as wide as it is drawn at most."""
    wide = min(lettering.width(line.text, line.size), line.room)
    left = {"start": line.x, "middle": line.x - wide / 2, "end": line.x - wide}[line.anchor]
    return left, line.y - 0.4 * line.size, left + wide, line.y + 0.4 * line.size


def check(sheet: Sheet) -> None:
    """What every chart keeps, whatever stands in it."""
    boxes = [box(line) for line in sheet.words if line.text]
    for left, top, right, bottom in boxes:
        assert left >= -0.01
        assert top >= 0
        assert right <= sheet.width + 0.01
        assert bottom <= sheet.height
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, "a text on a text"
    assert all(line.size >= LEAST for line in sheet.words)
    assert all(block.width >= 0 and 0 <= block.x <= sheet.width - block.width + 0.01 for block in sheet.blocks)
    parts = (sheet.blocks, sheet.lines, sheet.marks, sheet.words)
    assert all(len({part.key for part in kind}) == len(kind) for kind in parts)


def a_room(sides: int, ideas: list[tuple[str, int]], *, ballots: int = 13) -> tuple[list[BridgeSide], list[BridgeIdea]]:
    """So many sides, and ideas by title, each with so many percent of every side's ballots."""
    there = [BridgeSide(f"s{n}", f"Side number {n}", f"Side {n}", SHAPES[n], ballots * (n + 1)) for n in range(sides)]
    made = [
        BridgeIdea(
            number,
            title,
            {side.key: side.ballots * percent // 100 for side in there},
            percent / 100,
            number,
            3 * percent,
            number,
        )
        for number, (title, percent) in enumerate(ideas, start=1)
    ]
    return there, made


@settings(max_examples=25)
@given(
    sides=st.integers(2, 6),
    ideas=st.lists(st.tuples(titles, st.integers(0, 100)), max_size=12),
    ballots=st.sampled_from([0, 1, 13, 166]),
)
def test_a_bridge_of_any_sides_keeps_its_texts_apart(sides: int, ideas: list[tuple[str, int]], ballots: int) -> None:
    check(bridge.draw(*a_room(sides, ideas, ballots=ballots)))


def test_a_bridge_has_eight_ideas_at_most_and_every_count_with_its_base() -> None:
    for sides in range(2, 7):
        sheet = bridge.draw(*a_room(sides, [("A test site", 10 * number) for number in range(1, 11)]))
        words = {line.key: line.text for line in sheet.words}
        assert sum(key.endswith(" title") for key in words) == MOST_IDEAS
        assert all(f" of {13 * (n + 1)}" in words[f"8 s{n} count"] for n in range(sides))
        assert len(sheet.marks) == sides


def test_a_bar_is_as_long_as_its_share_and_grows_away_from_the_score() -> None:
    sides, ideas = a_room(2, [("Half", 50), ("All", 100)], ballots=20)
    blocks = {block.key: block for block in bridge.draw(sides, ideas).blocks}
    assert blocks["1 s0"].width == pytest.approx(blocks["2 s0"].width / 2)
    assert blocks["2 s0"] == replace(blocks["2 s0 all"], key="2 s0", paint="side s0")
    assert blocks["1 s0"].x + blocks["1 s0"].width == pytest.approx(blocks["2 s0"].x + blocks["2 s0"].width)
    assert blocks["1 s1"].x == pytest.approx(blocks["2 s1"].x)


def test_more_votes_move_nothing_but_bars_and_counts() -> None:
    sides, ideas = a_room(3, [("One", 40), ("Two", 30)])
    more = [replace(ideas[0], supporters={key: count + 1 for key, count in ideas[0].supporters.items()}), ideas[1]]
    before, after = bridge.draw(sides, ideas), bridge.draw(sides, more)
    assert [(line.key, line.x, line.y) for line in before.words] == [(line.key, line.x, line.y) for line in after.words]
    changed = {one.key for one, other in zip(before.blocks, after.blocks, strict=True) if one != other}
    assert changed == {"1 s0", "1 s1", "1 s2"}


def test_a_side_without_ballots_has_no_share_and_no_score() -> None:
    sides, ideas = a_room(2, [("One", 50)])
    silent = [sides[0], replace(sides[1], ballots=0)]
    sheet = bridge.draw(silent, [replace(ideas[0], balanced=None, place=None)])
    words = {line.key: line.text for line in sheet.words}
    assert (words["1 s1 count"], words["1 score"]) == ("no ballots", "–")
    check(sheet)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low, mean, high = sorted(draw(st.tuples(marks, marks, marks)))
    return Span(mean, low, high)


@settings(max_examples=25)
@given(
    ideas=st.lists(st.tuples(titles, spans(), spans()), max_size=10),
    waiting=st.integers(0, 60),
)
def test_a_plane_keeps_its_texts_and_numbers_apart(ideas: list[tuple[str, Span, Span]], waiting: int) -> None:
    made = [PlaneIdea(990 + n, title, 9, *both) for n, (title, *both) in enumerate(ideas)]
    sheet = rating_plane.draw(made, [Waiting(number, 2) for number in range(waiting)])
    check(sheet)
    bubbles = [mark for mark in sheet.marks if mark.key.endswith("bubble")]
    assert len(bubbles) == min(len(made), MOST_IDEAS)
    assert all(hypot(one.x - other.x, one.y - other.y) >= 2 * BUBBLE for one, other in combinations(bubbles, 2))


def test_equal_ideas_stand_beside_their_dot_with_a_line_to_it() -> None:
    span = Span(3.0, 2.0, 4.0)
    sheet = rating_plane.draw([PlaneIdea(number, "Same", 8, span, span) for number in range(1, 9)])
    dots = {(mark.x, mark.y) for mark in sheet.marks if mark.key.endswith("dot")}
    assert len(dots) == 1
    assert sum(line.key.endswith("leader") for line in sheet.lines) == 7


def test_the_cross_is_the_interval_and_high_impact_is_above() -> None:
    sheet = rating_plane.draw([PlaneIdea(1, "One", 9, Span(4.5, 4.0, 5.0), Span(2.0, 1.0, 3.0))])
    lines = {line.key: line for line in sheet.lines}
    dot = next(mark for mark in sheet.marks if mark.key == "1 dot")
    assert lines["1 across"].x < dot.x < lines["1 across"].to_x
    assert lines["1 down"].y < dot.y < lines["1 down"].to_y
    assert dot.y < (rating_plane.TOP + rating_plane.BOTTOM) / 2
    assert dot.x < (rating_plane.LEFT + rating_plane.RIGHT) / 2
    figures = next(line.text for line in sheet.words if line.key == "1 figures")
    assert figures == "impact 4.5 · feasibility 2.0 · 9 ratings"


def test_who_waits_is_listed_with_how_many_ratings_there_are() -> None:
    sheet = rating_plane.draw([], [Waiting(3, 4), Waiting(9, 0)])
    told = " ".join(line.text for line in sheet.words if line.key.startswith("waiting"))
    assert told == "Not enough ratings yet: #3 (4), #9 (0)"


def test_every_paint_has_its_colour() -> None:
    sides, ideas = a_room(2, [("One", 50)])
    sheet = bridge.draw(sides, ideas)
    colours = {"ink": "#000000", "quiet": "#555555", "ground": "#EEEEEE", "side s0": "#0072B2", "side s1": "#D55E00"}
    drawn = coloured(sheet, colours)
    assert {block["paint"] for block in drawn["blocks"]} == {"#EEEEEE", "#0072B2", "#D55E00"}
    with pytest.raises(KeyError):
        coloured(sheet, {})
