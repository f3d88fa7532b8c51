"""Take-aways on paper: PDF/UA-1, every page of them with its own heading. The layout is in ``take_away.typ``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workshop.domain.event import Event
from workshop.domain.report import Report
from workshop.reporting import progress, take_away_of_organisation, typesetting, words
from workshop.reporting.glyphs import families, heading, printable
from workshop.reporting.take_away_page import Page

_TEMPLATE = Path(__file__).with_name("take_away.typ")


def render(report: Report) -> bytes:
    """Return a page per organisation: an exporter like the others."""
    progress.tell(words.ARRANGING)
    pages = take_away_of_organisation.pages(report)
    title = words.ORGANISATIONS_TITLE
    return pdf(pages, report.event, title=title, at=report.compiled_at, how=words.ITS_HOW, rehearsal=report.rehearsal)


def pdf(pages: Sequence[Page], event: Event, *, title: str, at: datetime, how: str, rehearsal: bool) -> bytes:
    """Return the pages as one file. ``how`` tells in a sentence how they are read, ``title`` is that of the file."""
    local = at.astimezone(ZoneInfo(event.time_zone))
    sheet = {
        "fonts": list(families()),
        "paper": event.paper.millimetres,
        "title": heading(printable(title)),
        "event": heading(printable(event.name)),
        "stood": words.STOOD_SO.format(words.day(local.date()), f"{local:%H:%M}"),
        "how": how,
        "rehearsal": words.REHEARSAL if rehearsal else "",
        "empty": words.NO_ORGANISATIONS,
        "sides": {
            side.key: {"short": printable(side.short), "colour": side.colour, "shape": side.shape}
            for side in event.sides
        },
        "pages": [_printable(asdict(page)) for page in pages],
    }
    return typesetting.pdf(_TEMPLATE, {"sheet": json.dumps(sheet)}, at=at)


def _printable(value: Any) -> Any:
    """Every text printable; what is a heading must not look empty."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {
            key: heading(_printable(inner)) if key in {"title", "head"} else _printable(inner)
            for key, inner in value.items()
        }
    return [_printable(inner) for inner in value] if isinstance(value, list | tuple) else value
