"""What a theme map takes and gives. Lengths are pixels of a picture that is 1,792 wide, x to the right, y down."""

from __future__ import annotations

from dataclasses import dataclass

NOT_SURE_COLOUR = -1
"""The colour number of what no theme holds."""


@dataclass(frozen=True, slots=True)
class SideMark:
    """A side as it is told on the map: a short name, and a shape for its ideas (circle, square, triangle, diamond)."""

    key: str
    short: str
    shape: str


@dataclass(frozen=True, slots=True)
class Spot:
    """An idea: its number, its place on the board's map (-1..1), its author's side, its dots once they may be seen."""

    number: int
    x: float
    y: float
    side: str = ""
    dots: int | None = None


@dataclass(frozen=True, slots=True)
class ThemeOnMap:
    """A theme with the spots of its ideas; ``colour`` is a number of the palette.

    A name that is a ``guess``, mostly an idea's title that stands in until a person finds one, is written small.
    """

    id: str
    name: str
    colour: int
    spots: tuple[Spot, ...]
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """Everything that the picture shows. ``note`` is a remark for a corner: "Draft themes"."""

    themes: tuple[ThemeOnMap, ...]
    not_sure: tuple[Spot, ...] = ()
    sides: tuple[SideMark, ...] = ()
    note: str = ""
    width: float = 1792
    height: float = 668


@dataclass(frozen=True, slots=True)
class Bubble:
    """An idea as it is drawn. ``text`` is its number, or empty where that does not fit at a readable size.

    ``room`` is how wide the text may be: fonts that are wider are drawn narrower.
    """

    number: int
    theme_id: str
    colour: int
    side: str
    shape: str
    x: float
    y: float
    radius: float
    text: str = ""
    size: float = 0
    room: float = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """One side's part of a theme: how many ideas, and where its piece of the bar begins and how wide it is."""

    side: str
    text: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Name:
    """A label: its box, the lines of its text from top to bottom, and below them the bar of the sides.

    Lines and bar are centred in the box; ``size`` is the height of the letters' square, ``step`` from line to line.
    """

    theme_id: str
    colour: int
    lines: tuple[str, ...]
    size: float
    step: float
    x: float
    y: float
    width: float
    height: float
    bar: tuple[Balance, ...] = ()
    bar_y: float = 0
    bar_height: float = 0
    bar_size: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Bubbles by number, and the labels."""

    width: float
    height: float
    bubbles: tuple[Bubble, ...]
    names: tuple[Name, ...]
