"""QR codes, as an image that needs no network: black on white with its quiet zone, whatever the theme."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=64)
def image(address: str, *, alt: str) -> Markup:
    """An ``<img>`` of the QR code for an address; error correction M reads well from a projector."""
    source = segno.make(address, error="m", micro=False).svg_data_uri(border=3, dark="#000", light="#fff", scale=4)
    return Markup('<img src="{}" alt="{}">').format(source, alt)
