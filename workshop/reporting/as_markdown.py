"""The report as Markdown (CommonMark with tables), for wikis and mail. What was typed is escaped, so it stays text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workshop.domain.report import Report
from workshop.reporting import chapters
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~=&:@$^\"'])")


def render(report: Report) -> bytes:
    """Return UTF-8 Markdown."""
    parts = [
        f"# {_safe(chapters.title(report))}",
        "  \n".join(_safe(line) for line in chapters.facts_line(report)),
        *(part for block in chapters.of(report) if (part := _block(block))),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_safe(text)}"
        case Text(text, head):
            body = "  \n".join(_safe(line) for line in text.split("\n"))
            return f"**{_safe(head)}.** {body}".strip() if head else body
        case Items(texts):
            return "\n".join(f"- {_safe(text)}" for text in texts)
        case Grid(_, header, rows, numbers):
            rule = ["---:" if place in numbers else "---" for place in range(len(header))]
            return "\n".join((_row(header), f"| {' | '.join(rule)} |", *map(_row, rows)))
        case Picture(_, alt, sheet):
            return "" if sheet else f"*{_safe(alt)}*"  # the table below a chart says the same


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_safe(cell) for cell in cells)} |"


def _safe(text: str) -> str:
    """Escape every sign that Markdown or HTML could read; a backslash before punctuation is always just the sign."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
