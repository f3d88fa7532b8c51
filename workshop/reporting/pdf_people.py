"""The PDF on people: who goes on together, who promised what, what people offer and look for, who took part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workshop.domain.introduction import LineKind, ShownLine
from workshop.domain.report import Report
from workshop.reporting import chapters_of_room, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Text
from workshop.reporting.glyphs import heading


def going_on(report: Report) -> list[dict[str, Any]]:
    """The cards, then the commitments and what people said; nothing before the first idea goes on."""
    if not (report.cards or report.session):
        return []
    return [*_drawn(chapters_of_room.consortia(report)), *_drawn(chapters_of_room.commitments(report))]


def participation(report: Report) -> list[dict[str, Any]]:
    """Who took part by side, sector and table."""
    return _drawn(chapters_of_room.participation(report))


def offers_and_needs(report: Report) -> list[dict[str, Any]]:
    """What people offer, beside it what they look for; nothing where nobody wrote a line."""
    if not report.lines:
        return []
    places = {side.key: place for place, side in enumerate(report.event.sides)}
    return [
        {"head": head, "lines": [_line(line, places) for line in report.lines if line.kind is kind]}
        for kind, head in ((LineKind.OFFER, words.OFFERS_TITLE), (LineKind.NEED, words.NEEDS_TITLE))
    ]


def origins(report: Report) -> str:
    """Where people come from, as counts."""
    return ", ".join(f"{origin.place} {origin.people}" for origin in report.origins)


def _line(line: ShownLine, places: dict[str, int]) -> dict[str, Any]:
    return {"text": line.text, "side": places.get(line.side), "from": line.credit.line}


def _drawn(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": heading(text), "level": level}
        case Text(text, head):
            return {"kind": "text", "text": text, "head": head}
        case Items(texts):
            return {"kind": "items", "texts": list(texts)}
        case Grid(_, header, rows, numbers):
            cells = [list(row) for row in rows]
            return {
                "kind": "grid",
                "header": list(header),
                "rows": cells,
                "numbers": sorted(numbers),
                "widths": list(block.widths),
            }
    raise TypeError("a picture has its own place in the PDF")
