"""Pictures as plain geometry: where every bubble and every label goes. Screens and reports only draw it.

Values in, values out: no screen, no database, no clock. The same values give the same picture in every process.
"""

from __future__ import annotations

from workshop.drawing.painted import painted
from workshop.drawing.picture import (
    NOT_SURE_COLOUR,
    Balance,
    Bubble,
    Map,
    Name,
    Picture,
    SideMark,
    Spot,
    ThemeOnMap,
)
from workshop.drawing.theme_map import draw

__all__ = [
    "NOT_SURE_COLOUR",
    "Balance",
    "Bubble",
    "Map",
    "Name",
    "Picture",
    "SideMark",
    "Spot",
    "ThemeOnMap",
    "draw",
    "painted",
]
