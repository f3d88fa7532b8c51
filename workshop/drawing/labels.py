"""What a label holds: the name of a theme in lines with the bar of its sides, or a remark for a corner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workshop.drawing import lettering
from workshop.drawing.picture import NOT_SURE_COLOUR, Balance, Map, Name, ThemeOnMap

LEAST = 28
"""Nothing on the wall is smaller."""

PADDING = 6
MOST_LINES = 3
WIDEST = 0.25
LINE = 1.16


def of_theme(picture: Map, theme: ThemeOnMap, size: float) -> Name:
    """A name with how many ideas it has, and the bar of their sides, at the origin."""
    size = LEAST if theme.guess else size
    *lines, last = lettering.broken(theme.name, size, limit=WIDEST * picture.width, lines=MOST_LINES)
    lines.append(f"{last} · {len(theme.spots)}")
    counted = Counter(spot.side for spot in theme.spots)
    parts = [(side.key, f"{side.short} {counted[side.key]}") for side in picture.sides if counted[side.key]]
    widths = [lettering.width(text, LEAST) + 2 * PADDING for _, text in parts]
    whole = max(*(lettering.width(line, size) for line in lines), sum(widths))
    step = LINE * size
    bar_height = LINE * LEAST if parts else 0
    return Name(
        theme_id=theme.id,
        colour=theme.colour,
        lines=tuple(lines),
        size=size,
        step=step,
        x=0,
        y=0,
        width=whole,
        height=len(lines) * step + bar_height,
        bar=_bar(parts, widths, [counted[key] for key, _ in parts], whole),
        bar_y=len(lines) * step,
        bar_height=bar_height,
        bar_size=LEAST if parts else 0,
    )


def notes(picture: Map) -> tuple[Name, ...]:
    """Remarks in the lower corners: how many ideas no theme holds, and whatever else is to be said."""
    unsure = f"Not sure yet: {len(picture.not_sure)}" if picture.not_sure else ""
    found = [_note(text, picture, right=right) for text, right in ((unsure, False), (picture.note, True)) if text]
    return tuple(found)


def _bar(
    parts: Sequence[tuple[str, str]], least: Sequence[float], counts: Sequence[int], whole: float
) -> tuple[Balance, ...]:
    """Pieces as wide as their counts ask for, but never narrower than their texts; together as wide as the label."""
    widths = [whole * count / sum(counts) for count in counts]
    lacking = sum(max(text - wide, 0) for text, wide in zip(least, widths, strict=True))
    spare = sum(max(wide - text, 0) for text, wide in zip(least, widths, strict=True))
    kept = 1 - lacking / spare if spare > lacking else 0.0
    given = [text + max(wide - text, 0) * kept for text, wide in zip(least, widths, strict=True)]
    starts = [sum(given[:place]) for place in range(len(given))]
    return tuple(Balance(key, text, start, wide) for (key, text), start, wide in zip(parts, starts, given, strict=True))


def _note(text: str, picture: Map, *, right: bool) -> Name:
    lines = lettering.broken(text, LEAST, limit=picture.width * 0.45, lines=1)
    width, height = lettering.width(lines[0], LEAST), LINE * LEAST
    return Name(
        theme_id="",
        colour=NOT_SURE_COLOUR,
        lines=lines,
        size=LEAST,
        step=height,
        x=picture.width - width if right else 0,
        y=picture.height - height,
        width=width,
        height=height,
    )
