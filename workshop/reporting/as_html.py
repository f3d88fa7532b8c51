"""The report as one HTML file: a full-screen deck for the closing, and below it everything to read.

It asks for nothing: no font, picture or script from elsewhere, and its own policy would refuse it. The style and the
script are named in that policy by their hash, so nothing that somebody typed could run even if it became markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from workshop.domain.report import Report
from workshop.reporting import chapters, html_deck, html_fonts, html_pictures, progress, slides, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text
from workshop.reporting.html_pictures import joined

_HEAD_OF_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{style_hash}'; \
script-src '{script_hash}'; \
font-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
""")
_BODY = Markup("""<body>
<main class="deck" tabindex="-1">
{deck}
<p class="keys">{keys}</p>
</main>
<article class="report">
<h1 dir="auto">{title}</h1>
{about}
{blocks}
</article>
""")
_ABOUT = Markup('<p class="about" dir="auto">{}</p>')
_HEADING = Markup('<h{0} dir="auto">{1}</h{0}>')
_TEXT = Markup('<p dir="auto">{}{}</p>')
_HEAD = Markup("<b>{}.</b> ")
_ITEMS = Markup("<ul>{}</ul>")
_ITEM = Markup('<li dir="auto">{}</li>')
_GRID = Markup(
    '<div class="wide" tabindex="0" role="group" aria-label="{0}"><table><caption>{0}</caption>'
    "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>"
)
_ROW = Markup("<tr>{}</tr>")
_CELL = Markup('<td{} dir="auto">{}</td>')
_COLUMN = Markup('<th scope="col"{}>{}</th>')
_FIGURE = Markup('<figure class="picture">{}</figure>')
_NUMBER = Markup(' class="number"')
_PAPER = """@page {{ size: {short}mm {long}mm; margin: 16mm; }}
@page slide {{ size: {long}mm {short}mm; margin: 0; }}
:root {{ --short: {short}mm; --long: {long}mm; }}
"""


def render(report: Report) -> bytes:
    """Return one UTF-8 file that works from a memory stick."""
    progress.tell(words.ARRANGING)
    body = _BODY.format(
        title=chapters.title(report),
        deck=html_deck.drawn(slides.of(report), report.event.sides, report.code),
        keys=words.KEYS,
        about=joined(_ABOUT.format(line) for line in chapters.facts_line(report)),
        blocks=joined(_block(block) for block in chapters.of(report)),
    )
    progress.tell(words.BRINGING_FONTS)
    short, long = report.event.paper.millimetres
    style = html_fonts.faces(body.unescape()) + _PAPER.format(short=short, long=long) + _beside("deck.css")
    script = _beside("deck.js")
    head = _HEAD_OF_PAGE.format(style_hash=_hash(style), script_hash=_hash(script), title=chapters.title(report))
    return f"{head}<style>{style}</style>\n</head>\n{body}<script>{script}</script>\n</body>\n</html>\n".encode()


def _block(block: Block) -> Markup:
    match block:
        case Heading(text, level):
            return _HEADING.format(level + 1, text)
        case Text(text, head):
            return _TEXT.format(_HEAD.format(head) if head else "", _lines(text))
        case Items(texts):
            return _ITEMS.format(joined(_ITEM.format(text) for text in texts))
        case Grid(caption, header, rows, numbers):
            columns = joined(
                _COLUMN.format(_NUMBER if place in numbers else "", name) for place, name in enumerate(header)
            )
            return _GRID.format(caption, columns, joined(_row(row, numbers) for row in rows))
        case Picture(painted, alt, sheet):
            draw = html_pictures.sheet if sheet else html_pictures.theme_map
            return _FIGURE.format(draw(painted, alt))


def _row(row: Sequence[str], numbers: frozenset[int]) -> Markup:
    cells = joined(_CELL.format(_NUMBER if place in numbers else "", cell) for place, cell in enumerate(row))
    return _ROW.format(cells)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))


@cache
def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
