"""Impact x feasibility: where the raters see each idea, and how sure that is.

The small dot is the average of both marks, its cross the intervals that came with it. The number stands on the dot or,
where another number is already, at the nearest free place with a line to its dot. Ideas take their places by number and
never give way to later ones. Titles and figures stand beside the plane, in the order in which the ideas were given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import hypot

from workshop.drawing import lettering
from workshop.drawing.ground import Ground, Place
from workshop.drawing.sheet import (
    ACCENT,
    GROUND,
    HEIGHT,
    INK,
    MOST_IDEAS,
    ON_ACCENT,
    QUIET,
    WIDTH,
    Line,
    Mark,
    Sheet,
    Words,
    fitted,
)

SMALL, NORMAL = 28.0, 30.0
LEFT, RIGHT, TOP, BOTTOM = 168.0, 1072.0, 6.0, 566.0
"""The plane."""

INSIDE = 40.0
"""From the edge of the plane to the lowest and the highest mark."""

BESIDE, STEP = 1128.0, 70.0
BUBBLE, DOT, STRAY = 25.0, 7.0, 4.0
FAINT = 0.45
LOWEST, HIGHEST = 1, 5
ABOUT = "The cross: where the average would lie if everybody rated (about 95 %)."


@dataclass(frozen=True, slots=True)
class Span:
    """An average mark (1 to 5) with its interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlaneIdea:
    """An idea with enough raters."""

    number: int
    title: str
    raters: int
    impact: Span
    feasibility: Span


@dataclass(frozen=True, slots=True)
class Waiting:
    """An idea with too few raters to be drawn."""

    number: int
    raters: int


def draw(ideas: Sequence[PlaneIdea], waiting: Sequence[Waiting] = ()) -> Sheet:
    """The first eight of these ideas; those that wait are listed."""
    shown = ideas[:MOST_IDEAS]
    dots = {idea.number: (_across(idea.feasibility.mean), _down(idea.impact.mean)) for idea in shown}
    bubbles = _settled(dots)
    return Sheet(
        lines=(*_grid(), *chain.from_iterable(map(_cross, shown)), *_leaders(dots, bubbles)),
        marks=(
            *(Mark(f"{number} dot", *place, DOT, ACCENT) for number, place in dots.items()),
            *(Mark(f"{number} bubble", *place, BUBBLE, ACCENT) for number, place in bubbles.items()),
        ),
        words=(
            *_scales(),
            *(_number(number, *place) for number, place in bubbles.items()),
            *chain.from_iterable(_beside(idea, place) for place, idea in enumerate(shown)),
            *_listed(waiting),
        ),
    )


def _across(mark: float) -> float:
    return LEFT + INSIDE + (RIGHT - LEFT - 2 * INSIDE) * (mark - LOWEST) / (HIGHEST - LOWEST)


def _down(mark: float) -> float:
    return BOTTOM - INSIDE - (BOTTOM - TOP - 2 * INSIDE) * (mark - LOWEST) / (HIGHEST - LOWEST)


def _settled(dots: dict[int, Place]) -> dict[int, Place]:
    """A free place for each number, nearest to its dot; there is room for far more than eight."""
    ground = Ground(RIGHT - LEFT, BOTTOM - TOP, radii=[BUBBLE], step=2, gap=STRAY)
    found = {}
    for number in sorted(dots):
        x, y = dots[number]
        taken = ground.take((x - LEFT, y - TOP), BUBBLE)
        if taken is not None:
            found[number] = taken[0] + LEFT, taken[1] + TOP
    return found


def _leaders(dots: dict[int, Place], bubbles: dict[int, Place]) -> tuple[Line, ...]:
    both = ((number, dots[number], place) for number, place in bubbles.items())
    return tuple(
        Line(f"{number} leader", *dot, *place, ACCENT, 3)
        for number, dot, place in both
        if hypot(place[0] - dot[0], place[1] - dot[1]) > STRAY
    )


def _cross(idea: PlaneIdea) -> tuple[Line, ...]:
    x, y = _across(idea.feasibility.mean), _down(idea.impact.mean)
    left, right = _across(idea.feasibility.low), _across(idea.feasibility.high)
    high, low = _down(idea.impact.high), _down(idea.impact.low)
    return (
        Line(f"{idea.number} across", left, y, right, y, ACCENT, 4, FAINT),
        Line(f"{idea.number} down", x, high, x, low, ACCENT, 4, FAINT),
    )


def _grid() -> tuple[Line, ...]:
    corners = (LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM), (LEFT, BOTTOM), (LEFT, TOP)
    middle = (LOWEST + HIGHEST) / 2
    return (
        *(Line(f"edge {place}", *ends[0], *ends[1], GROUND, 3) for place, ends in enumerate(pairwise(corners))),
        Line("middle across", LEFT, _down(middle), RIGHT, _down(middle), GROUND, 3),
        Line("middle down", _across(middle), TOP, _across(middle), BOTTOM, GROUND, 3),
    )


def _scales() -> tuple[Words, ...]:
    beside, below, room = LEFT - 16, BOTTOM + 28, LEFT - 16
    third = (RIGHT - LEFT) / 3
    return (
        Words("impact", "Impact", beside, (TOP + BOTTOM) / 2, SMALL, room, "end", INK, bold=True),
        Words("impact high", "5 · a lot", beside, _down(HIGHEST), SMALL, room, "end", QUIET),
        Words("impact low", "1 · little", beside, _down(LOWEST), SMALL, room, "end", QUIET),
        Words("feasibility", "Feasibility", (LEFT + RIGHT) / 2, below, SMALL, third, "middle", INK, bold=True),
        Words("feasibility low", "1 · hard to do", LEFT, below, SMALL, third, "start", QUIET),
        Words("feasibility high", "5 · easy to do", RIGHT, below, SMALL, third, "end", QUIET),
        Words("about", ABOUT, LEFT, HEIGHT - 22, SMALL, RIGHT - LEFT, "start", QUIET),
    )


def _number(number: int, x: float, y: float) -> Words:
    return Words(f"{number} number", str(number), x, y, SMALL, 2 * BUBBLE - 8, "middle", ON_ACCENT, bold=True)


def _beside(idea: PlaneIdea, place: int) -> tuple[Words, Words]:
    y, room = TOP + place * STEP, WIDTH - BESIDE
    figures = f"impact {idea.impact.mean:.1f} · feasibility {idea.feasibility.mean:.1f} · {idea.raters} ratings"
    title = fitted((f"#{idea.number} {idea.title}",), NORMAL, room=room)
    return (
        Words(f"{idea.number} title", title, BESIDE, y + 16, NORMAL, room, bold=True),
        Words(f"{idea.number} figures", figures, BESIDE, y + 48, SMALL, room, paint=QUIET),
    )


def _listed(waiting: Sequence[Waiting]) -> tuple[Words, ...]:
    if not waiting:
        return ()
    room = WIDTH - BESIDE
    each = ", ".join(f"#{idea.number}\u00a0({idea.raters})" for idea in waiting)
    lines = lettering.broken(f"Not enough ratings yet: {each}", SMALL, limit=room, lines=2)
    top = TOP + MOST_IDEAS * STEP + 32
    return tuple(
        Words(f"waiting {place}", line, BESIDE, top + place * 36, SMALL, room, paint=QUIET)
        for place, line in enumerate(lines)
    )
