"""The bridge: how far each side supports an idea, and between the sides the balanced score.

Two sides stand left and right of the score; three and more have a lane each, the score at the end. The length of a bar
is the share of that side's ballots, on a ground that stands for all of them, and its counts stand beside it. An idea
has its row by its order alone, so one whose counts change moves nothing but its bars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from workshop.drawing import lettering
from workshop.drawing.sheet import (
    GROUND,
    HEIGHT,
    MOST_IDEAS,
    QUIET,
    WIDTH,
    Anchor,
    Block,
    Mark,
    Sheet,
    Words,
    fitted,
    of_side,
)

SMALL, NORMAL, SCORE = 28.0, 30.0, 34.0
HEAD, ROW, HIGHEST_ROW = 62.0, 75.0, 96.0
TITLE, BAR, BAR_HEIGHT = 17.0, 48.0, 26.0
GAP = 14.0
MIDDLE = 176.0
"""Room for the score between two sides, or at the end of the lanes."""

SHAPE = 12.0
LONGEST_LABEL = 340.0


@dataclass(frozen=True, slots=True)
class BridgeSide:
    """A side with the number of its ballots: the base of every share."""

    key: str
    name: str
    short: str
    shape: str
    ballots: int


@dataclass(frozen=True, slots=True)
class BridgeIdea:
    """An idea with its supporters by side, and its places in both orders; ``balanced`` from 0 to 1.

    Without a two-sided order ``balanced`` and ``place`` are None. ``by_hand`` is said beside the dots.
    """

    number: int
    title: str
    supporters: Mapping[str, int]
    balanced: float | None
    place: int | None
    dots: int
    dots_place: int
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class _Lane:
    """Where a side's bars and labels go: bars grow from ``foot`` by ``length`` at most, to the left or to the right."""

    side: BridgeSide
    foot: float
    length: float
    label: float
    leftward: bool = False

    @property
    def anchor(self) -> Anchor:
        return "end" if self.leftward else "start"

    @property
    def left(self) -> float:
        return self.foot - self.length if self.leftward else self.foot


def draw(sides: Sequence[BridgeSide], ideas: Sequence[BridgeIdea]) -> Sheet:
    """The first eight of these ideas, in their order."""
    shown = ideas[:MOST_IDEAS]
    lanes = _two(sides, shown) if len(sides) == 2 else _many(sides, shown)
    step = min(HIGHEST_ROW, (HEIGHT - HEAD) / max(len(shown), 1))
    tops = [HEAD + place * step for place in range(len(shown))]
    middle = WIDTH / 2 if len(sides) == 2 else WIDTH - MIDDLE / 2
    rows = list(zip(shown, tops, strict=True))
    return Sheet(
        blocks=tuple(chain.from_iterable(_bars(idea, top, lanes) for idea, top in rows)),
        marks=tuple(_shape(lane) for lane in lanes),
        words=(
            *(_heading(lane) for lane in lanes),
            Words("balanced", "balanced", middle, HEAD / 2, SMALL, MIDDLE, "middle", QUIET),
            *chain.from_iterable(_row(idea, top, lanes, middle) for idea, top in rows),
        ),
    )


def _two(sides: Sequence[BridgeSide], ideas: Sequence[BridgeIdea]) -> tuple[_Lane, ...]:
    label = min(LONGEST_LABEL, max((_width(side, ideas) for side in sides), default=0.0))
    length = (WIDTH - MIDDLE) / 2 - label - GAP
    left, right = sides
    return (
        _Lane(left, (WIDTH - MIDDLE) / 2, length, label, leftward=True),
        _Lane(right, (WIDTH + MIDDLE) / 2, length, label),
    )


def _many(sides: Sequence[BridgeSide], ideas: Sequence[BridgeIdea]) -> tuple[_Lane, ...]:
    wide = (WIDTH - MIDDLE) / max(len(sides), 1)
    label = min(max((_width(side, ideas) for side in sides), default=0.0), 0.5 * wide)
    return tuple(_Lane(side, place * wide, wide - label - 3 * GAP, label) for place, side in enumerate(sides))


def _width(side: BridgeSide, ideas: Sequence[BridgeIdea]) -> float:
    return max((lettering.width(_labels(idea, side)[0], SMALL) for idea in ideas), default=0.0)


def _labels(idea: BridgeIdea, side: BridgeSide) -> tuple[str, ...]:
    if not side.ballots:
        return ("no ballots", "none")
    given = idea.supporters.get(side.key, 0)
    return f"{given} of {side.ballots} · {100 * given / side.ballots:.0f} %", f"{given} of {side.ballots}"


def _bars(idea: BridgeIdea, top: float, lanes: Sequence[_Lane]) -> tuple[Block, ...]:
    y = top + BAR - BAR_HEIGHT / 2
    found = []
    for lane in lanes:
        share = idea.supporters.get(lane.side.key, 0) / lane.side.ballots if lane.side.ballots else 0.0
        long = share * lane.length
        x = lane.foot - long if lane.leftward else lane.foot
        name = f"{idea.number} {lane.side.key}"
        found.append(Block(f"{name} all", lane.left, y, lane.length, BAR_HEIGHT, GROUND))
        found.append(Block(name, x, y, long, BAR_HEIGHT, of_side(lane.side.key)))
    return tuple(found)


def _shape(lane: _Lane) -> Mark:
    x = lane.foot - SHAPE if lane.leftward else lane.foot + SHAPE
    return Mark(lane.side.key, x, HEAD / 2, SHAPE, of_side(lane.side.key), lane.side.shape)


def _heading(lane: _Lane) -> Words:
    side, beside = lane.side, 2 * SHAPE + 10
    room = lane.length + lane.label + GAP - beside
    count = "1 ballot" if side.ballots == 1 else f"{side.ballots} ballots"
    choices = f"{side.name} · {count}", f"{side.short} · {count}", f"{side.short} · {side.ballots}"
    text = fitted(choices, SMALL, room=room)
    x = lane.foot - beside if lane.leftward else lane.foot + beside
    return Words(f"{side.key} name", text, x, HEAD / 2, SMALL, room, lane.anchor, bold=True)


def _row(idea: BridgeIdea, top: float, lanes: Sequence[_Lane], middle: float) -> tuple[Words, ...]:
    y, name = top + TITLE, str(idea.number)
    dots = "1 dot" if idea.dots == 1 else f"{idea.dots} dots"
    raw = " ".join(filter(None, (f"place {idea.dots_place} by dots · {dots}", idea.by_hand)))
    taken = lettering.width(raw, SMALL)
    room = WIDTH - taken - 3 * GAP
    place = f"{idea.place}.  " if idea.place is not None else ""
    title = fitted((f"{place}#{idea.number} {idea.title}",), NORMAL, room=room)
    score = "–" if idea.balanced is None else f"{100 * idea.balanced:.0f} %"
    return (
        Words(f"{name} title", title, 0, y, NORMAL, room, bold=True),
        Words(f"{name} dots", raw, WIDTH, y, SMALL, taken, "end", QUIET),
        Words(f"{name} score", score, middle, top + BAR, SCORE, MIDDLE - 2 * GAP, "middle", bold=True),
        *(_label(idea, lane, top + BAR) for lane in lanes),
    )


def _label(idea: BridgeIdea, lane: _Lane, y: float) -> Words:
    away = lane.length + GAP
    x = lane.foot - away if lane.leftward else lane.foot + away
    text = fitted(_labels(idea, lane.side), SMALL, room=lane.label)
    return Words(f"{idea.number} {lane.side.key} count", text, x, y, SMALL, lane.label, lane.anchor)
