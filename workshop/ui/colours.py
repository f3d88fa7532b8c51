"""The colours of themes on screens: a theme has one colour on wall, desk, phones and paper."""

from __future__ import annotations

_ON_DARK = ("#009988", "#EE3377", "#66CCEE", "#AA7744", "#9970AB", "#F0E442", "#AAAA00", "#ACD39E")
_ON_LIGHT = ("#009988", "#EE3377", "#004488", "#AA7744", "#9970AB", "#774411", "#222255", "#882255")
"""The theme's chart colours (.streamlit/config.toml).

They are Tol and Okabe-Ito hues that stand out from the background; the sides' blue and orange are not among them.
"""

NOT_SURE = "#8B8696"


def of_themes(*, dark: bool) -> tuple[str, ...]:
    """A colour for each number that a theme can have, for this ground."""
    return _ON_DARK if dark else _ON_LIGHT
