"""Cards for the tables: sheets to print and cut, four cards each, with the QR code that leads to one table.

The layout is in ``table_cards.typ``; like the report's it lays strings out and nothing else.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno

from workshop.domain.event import Paper
from workshop.reporting import typesetting, words
from workshop.reporting.glyphs import families, heading, printable

_TEMPLATE = Path(__file__).with_name("table_cards.typ")


@dataclass(frozen=True, slots=True)
class TableCard:
    """One card: what the table is called, and the address that joins at it."""

    table: str
    address: str


def render(
    title: str, code: str, cards: Sequence[TableCard], *, place: str, at: datetime, paper: Paper = Paper.A4
) -> bytes:
    """Return the sheets as a tagged PDF. ``place`` is where phones type the room code, if they cannot scan."""
    sheet = {
        "fonts": list(families()),
        "paper": paper.millimetres,
        "title": printable(title),
        "code": code,
        "alt": words.JOIN_CODE,
        "sentence": words.SCAN,
        "instead": words.WITHOUT_CAMERA.format(printable(place)),
        "cards": [{"table": heading(printable(card.table)), "qr": _qr(card.address)} for card in cards],
    }
    return typesetting.pdf(_TEMPLATE, {"sheet": json.dumps(sheet)}, at=at)


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
