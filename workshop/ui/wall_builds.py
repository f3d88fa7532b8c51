"""The wall while tables read each other's ideas: how many are read by two others, idea by idea, and what was added."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, sqrt
from typing import Any

from markupsafe import Markup

from workshop.domain.text import shorten
from workshop.ui.pictures import MOST_ITEMS, empty

Body = Mapping[str, Any]

KINDS = {"improve": "Improve", "offer": "Offer", "concern": "Concern", "join": "Join"}
_NEWEST, _TITLED = 2, 2
_HIGHEST_TITLED = 110
_HIGHEST, _LOWEST_WITH_NUMBER, _ROOM, _GAP = 92, 38, 470, 10
_BY = {1: "Read by another table", 2: "Read by two other tables"}


def picture(builds: Body) -> Markup:
    """The large count, a tile for every idea that fills as tables read it, and the builds in numbers."""
    if not builds["ideas"] or not builds["aim"]:
        return empty(builds["note"])
    columns, height = _grid(len(builds["ideas"]))
    return Markup(
        '<div class="rt-picture rt-reading"><div class="rt-readers"><b>{enough} of {of}</b><span>{what}</span>'
        '<ul class="rt-kinds">{kinds}</ul></div><div><div class="rt-tiles" style="grid-template-columns:'
        'repeat({columns},1fr);grid-auto-rows:calc({height} * var(--u))">{tiles}</div>{below}</div></div>'
    ).format(
        enough=builds["enough"],
        of=builds["of"],
        what=_BY[builds["aim"]],
        kinds=_joined(
            Markup("<li><b>{}</b><span>{}</span></li>").format(builds["by_kind"].get(kind, 0), name)
            for kind, name in KINDS.items()
        ),
        columns=columns,
        height=height,
        tiles=_joined(_tile(idea, builds["aim"], _name(idea, columns, height)) for idea in builds["ideas"]),
        below=_newest(builds),
    )


def _tile(idea: Body, aim: int, name: str) -> Markup:
    """A bar grows along its lower edge, and it is filled when enough tables have read the idea."""
    enough = idea["readers"] >= aim
    return Markup('<span class="rt-tile" style="--read:{}%" title="#{} {}: read by {}"{}{}>{}</span>').format(
        0 if enough else 100 * idea["readers"] // aim,
        idea["number"],
        shorten(idea["title"], 60),
        idea["readers"],
        Markup(" data-enough") if enough else "",
        Markup(" data-titled") if " " in name else "",
        name,
    )


def _name(idea: Body, columns: int, height: int) -> str:
    """Number and title while there are few, then the number, then nothing."""
    if columns == _TITLED:
        return f"#{idea['number']} {shorten(idea['title'], 60)}"
    return f"#{idea['number']}" if height >= _LOWEST_WITH_NUMBER else ""


def _newest(builds: Body) -> Markup:
    if builds["note"]:
        return Markup('<p class="rt-more">{}</p>').format(builds["note"])
    return Markup('<ul class="rt-newest">{}</ul>').format(
        _joined(
            Markup("<li><b>{} #{}</b> {}</li>").format(
                KINDS[build["kind"]], build["number"], shorten(build["text"] or "Would join.", 90)
            )
            for build in builds["newest"][:_NEWEST]
        )
    )


def _grid(ideas: int) -> tuple[int, int]:
    """Columns, and the height of a tile in pixels of the wall: large ones while there are few."""
    if ideas <= MOST_ITEMS:
        return _TITLED, min(_HIGHEST_TITLED, _ROOM // ceil(ideas / _TITLED) - _GAP)
    columns = next((columns for columns in (6, 8, 10) if ideas <= 5 * columns), max(12, ceil(sqrt(2 * ideas))))
    rows = ceil(ideas / columns)
    return columns, min(_HIGHEST, _ROOM // rows - _GAP)


def _joined(parts: Any) -> Markup:
    return Markup("").join(parts)
