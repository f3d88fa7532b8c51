"""The map as geometry: everything inside, nothing on anything else, and the same picture every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from math import hypot
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reporting import hostile
from workshop.domain.text import is_blank, normal
from workshop.drawing import Map, Picture, SideMark, Spot, ThemeOnMap, draw, lettering
from workshop.drawing.labels import LEAST
from workshop.drawing.theme_map import NARROW

SIDES = (SideMark("eu", "EU", "circle"), SideMark("us", "US", "square"), SideMark("ch", "Switzerland", "star"))
NAMES = ("Energy efficiency - building", "Hydrogen", "Ports - offshore wind", "Skills", "Recycling - mills")

hostile_names = st.one_of(
    st.sampled_from(NAMES),
    st.text(min_size=1, max_size=80),
    st.sampled_from(("W" * 80, "<b>bold</b> & co", "نص طويل جدا " * 6, "漢字" * 30, "👩‍👩‍👧‍👦" * 9, "a b " * 20)),
)


def a_room(ideas: int, themes: int, *, seed: int = 0, names: tuple[str, ...] = NAMES, dots: bool = False) -> Map:
    """Ideas scattered around the middles of their themes; one of twenty is not sure."""
    chance = Random(f"{ideas} {themes} {seed}")
    middles = [(chance.uniform(-0.8, 0.8), chance.uniform(-0.8, 0.8)) for _ in range(themes)]
    spots: list[list[Spot]] = [[] for _ in range(themes + 1)]
    for number in range(1, ideas + 1):
        theme = themes if number % 20 == 0 else chance.randrange(themes)
        x, y = middles[theme % themes]
        place = (max(-1, min(1, chance.gauss(x, 0.2))), max(-1, min(1, chance.gauss(y, 0.2))))
        given_dots = chance.choice((0, 0, 1, 2, 9)) if dots else None
        spots[theme].append(Spot(number, *place, chance.choice(("eu", "eu", "us", "ch")), given_dots))
    return Map(
        themes=tuple(
            ThemeOnMap(f"theme-{place}", names[place % len(names)], place % 8, tuple(spots[place]))
            for place in range(themes)
        ),
        not_sure=tuple(spots[themes]),
        sides=SIDES,
        note="Draft themes" if ideas < 30 else "",
    )


def check(picture: Picture, wanted: Map) -> None:
    """What every picture keeps, whatever stands in it."""
    boxes = [(name.x, name.y, name.x + name.width, name.y + name.height) for name in picture.names]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= picture.width
        assert bottom <= picture.height
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], "a name on a name"
    for name in picture.names:
        assert name.size >= LEAST
        assert all(lettering.width(line, name.size) <= name.width + 1e-6 for line in name.lines)
        assert name.bar_y + name.bar_height <= name.height + 1e-6
        assert all(lettering.width(piece.text, name.bar_size) <= piece.width + 1e-6 for piece in name.bar)
        ends = [piece.x + piece.width for piece in name.bar]
        assert ends == sorted(ends)
        assert max(ends, default=0) <= name.width + 1e-6
    for bubble in picture.bubbles:
        assert bubble.radius <= bubble.x <= picture.width - bubble.radius
        assert bubble.radius <= bubble.y <= picture.height - bubble.radius
        assert not bubble.text or bubble.size >= LEAST
        assert NARROW * lettering.width(bubble.text, bubble.size) <= bubble.room <= 2 * bubble.radius
        for left, top, right, bottom in boxes:
            away = hypot(
                max(left - bubble.x, 0, bubble.x - right),
                max(top - bubble.y, 0, bubble.y - bottom),
            )
            assert away >= bubble.radius, "a bubble under a name"
    for one, other in combinations(picture.bubbles, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius, "a bubble on a bubble"
    every = [*wanted.not_sure, *(spot for theme in wanted.themes for spot in theme.spots)]
    assert [bubble.number for bubble in picture.bubbles] == sorted(spot.number for spot in every)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ideas=st.integers(8, 150),
    themes=st.integers(1, 15),
    seed=st.integers(0, 9),
    names=st.lists(hostile_names, min_size=1, max_size=15),
    dots=st.booleans(),
)
def test_no_label_lies_on_another_and_all_are_inside(
    ideas: int, themes: int, seed: int, names: list[str], dots: bool
) -> None:
    room = a_room(ideas, themes, seed=seed, names=tuple(names), dots=dots)
    check(draw(room), room)


def test_hostile_texts_are_names_like_any_other() -> None:
    texts = [text for text in map(normal, hostile.TEXTS) if not is_blank(text)]
    for start in range(0, len(texts), 12):
        room = a_room(60, 12, names=tuple(texts[start : start + 12]))
        check(draw(room), room)


@pytest.mark.parametrize("places", ["all in one", "on a line"])
def test_ideas_in_the_same_place_are_drawn_beside_each_other(places: str) -> None:
    spots = tuple(Spot(number, 0.0 if places == "all in one" else number / 40, 0.0, "eu") for number in range(1, 41))
    room = Map(themes=(ThemeOnMap("one", "One theme", 0, spots),), sides=SIDES)
    check(draw(room), room)


def test_a_thousand_ideas_find_their_places() -> None:
    room = a_room(1000, 15)
    picture = draw(room)
    assert len(picture.bubbles) == 1000
    names = {name.theme_id for name in picture.names}
    assert {theme.id for theme in sorted(room.themes, key=lambda theme: -len(theme.spots))[:8]} <= names


def test_a_room_of_ordinary_size_shows_every_name_and_number() -> None:
    picture = draw(a_room(99, 8))
    assert {name.theme_id for name in picture.names if name.theme_id} == {f"theme-{place}" for place in range(8)}
    circles_and_squares = [bubble for bubble in picture.bubbles if bubble.shape != "star"]
    assert all(bubble.text == str(bubble.number) for bubble in circles_and_squares)


def test_an_empty_map_is_a_picture() -> None:
    assert draw(Map(themes=())).bubbles == ()
    assert draw(Map(themes=(ThemeOnMap("one", "Locked and empty", 0, ()),))).names == ()


def test_the_same_map_is_the_same_picture_in_another_process() -> None:
    program = (
        "import hashlib; from tests.drawing.test_theme_map import a_room, draw;"
        "print(hashlib.sha256(repr(draw(a_room(120, 7, dots=True))).encode()).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    here = hashlib.sha256(repr(draw(a_room(120, 7, dots=True))).encode()).hexdigest()
    assert elsewhere.strip() == here


def test_the_order_in_which_ideas_are_given_does_not_matter() -> None:
    room = a_room(60, 5)
    turned = replace(room, themes=tuple(replace(theme, spots=theme.spots[::-1]) for theme in room.themes))
    assert draw(turned) == draw(room)


def test_a_newcomer_moves_nobody_but_who_stands_where_a_name_moves() -> None:
    room = a_room(97, 6)
    first = room.themes[0]
    newcomer = Spot(98, first.spots[0].x, first.spots[0].y, "us")
    grown = replace(room, themes=(replace(first, spots=(*first.spots, newcomer)), *room.themes[1:]))
    before, after = draw(room), draw(grown)
    places = {bubble.number: (bubble.x, bubble.y, bubble.radius) for bubble in after.bubbles}
    names_stay = [(name.x, name.y) for name in before.names] == [(name.x, name.y) for name in after.names]
    assert names_stay, "choose another room: here a name moves"
    assert all(places[bubble.number] == (bubble.x, bubble.y, bubble.radius) for bubble in before.bubbles)
    x, y, radius = places[98]
    old_x, old_y, _ = places[first.spots[0].number]
    assert hypot(x - old_x, y - old_y) < 6 * radius


def test_bubbles_are_equal_until_every_idea_has_dots() -> None:
    room = a_room(40, 4, dots=True)
    first = room.themes[0]
    one_unknown = replace(first, spots=(replace(first.spots[0], dots=None), *first.spots[1:]))
    hidden = replace(room, themes=(one_unknown, *room.themes[1:]))
    assert len({bubble.radius for bubble in draw(hidden).bubbles}) == 1
    radius = {bubble.number: bubble.radius for bubble in draw(room).bubbles}
    dots = {spot.number: spot.dots for theme in room.themes for spot in theme.spots}
    assert min(radius[idea] for idea, given in dots.items() if given == 9) > max(
        radius[idea] for idea, given in dots.items() if given == 0
    )


def test_a_name_that_is_a_guess_is_written_small_and_leaves_the_others_their_size() -> None:
    room = a_room(40, 3)
    guessed = replace(room, themes=(replace(room.themes[0], guess=True), *room.themes[1:]))
    sizes = {name.theme_id: name.size for name in draw(guessed).names}
    own = {name.theme_id: name.size for name in draw(room).names}
    assert sizes["theme-0"] == LEAST < own["theme-0"] <= sizes["theme-1"] == sizes["theme-2"]


def test_the_bar_of_a_theme_tells_how_many_ideas_each_side_has() -> None:
    spots = tuple(Spot(number, number / 30, 0.1, "eu" if number % 4 else "us") for number in range(1, 21))
    (name,) = draw(Map(themes=(ThemeOnMap("one", "A theme with a long enough name", 0, spots),), sides=SIDES)).names
    assert [(piece.side, piece.text) for piece in name.bar] == [("eu", "EU 15"), ("us", "US 5")]
    eu, us = name.bar
    assert eu.width == pytest.approx(3 * us.width)


def test_a_name_says_how_many_ideas_its_theme_has() -> None:
    wanted = a_room(40, 3)
    labels = {name.theme_id: name.lines[-1] for name in draw(wanted).names}
    for theme in wanted.themes:
        assert labels[theme.id].endswith(f" · {len(theme.spots)}")
