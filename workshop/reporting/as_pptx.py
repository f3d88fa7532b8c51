"""The closing deck as a PowerPoint file: native charts and shapes that can be edited, and speaker notes."""

from __future__ import annotations

import io
from datetime import UTC

import pptx
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches

from workshop.domain.event import Side
from workshop.domain.report import Report
from workshop.domain.text import normal, shorten
from workshop.reporting import chapters, packing, pptx_charts, pptx_pictures, progress, slides, words
from workshop.reporting.packing import LONGEST_PROPERTY
from workshop.reporting.pptx_text import Place, write
from workshop.reporting.slide import Figure, Slide, SlideCard

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _WIDE = Inches(0.55), Inches(12.23)
_TOP, _LOW = Inches(1.65), Inches(6.9)
_TITLE_ONLY = 5
_CARD_SIZES = {2: 20, 3: 16}
"""Points, by rows of cards on the slide."""

_ACCENT, _QUIET, _INK = "#4A2D82", "#5B5666", "#14111A"


def render(report: Report) -> bytes:
    """Return the deck, 16:9."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    properties = deck.core_properties
    properties.title, properties.author = shorten(chapters.title(report), LONGEST_PROPERTY), ""
    properties.created = properties.modified = report.compiled_at.astimezone(UTC).replace(tzinfo=None)
    properties.last_modified_by = ""
    progress.tell(words.ARRANGING)
    drawn = slides.of(report)
    for place, slide in enumerate(drawn):
        progress.tell(words.DRAWING_SLIDES, place, len(drawn))
        _add(deck, slide, report)
    written = io.BytesIO()
    deck.save(written)
    return packing.steady(written.getvalue(), at=report.compiled_at)


def _add(deck: Presentation, slide: Slide, report: Report) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    page.shapes.turbo_add_enabled = True
    _title(page, slide)
    sides = report.event.sides
    if slide.picture:
        pptx_pictures.theme_map(page, slide.picture, _room())
    if slide.sheet:
        pptx_pictures.sheet(page, slide.sheet, _room())
    for place, chart in enumerate(slide.charts):
        pptx_charts.add(page, chart, _room().column(place, len(slide.charts)))
    for place, figure in enumerate(slide.figures):
        _figure(page, figure, _room().cell(place, 3, 2))
    for place, card in enumerate(slide.cards):
        rows = max(2, -(-len(slide.cards) // 2))
        _card(page, card, sides, _room().cell(place, 2, rows).part(0, 0.96).high(0.93), size=_CARD_SIZES.get(rows, 13))
    for place, line in enumerate(slide.lines):
        rows, head, size = (4, 0.18, 28) if slide.key == "afternoon" else (6, 0.34, 17)
        at = _room().cell(place, 1, max(len(slide.lines), rows))
        write(page, at.part(0, head), [(line.head, size, _INK, True)])
        write(page, at.part(head + 0.02, 0.98 - head), [(line.text, size, _INK, False)])
    notes = page.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join(slide.notes)


def _room() -> Place:
    """What is left of a slide below its title."""
    return Place(_LEFT, _TOP, _WIDE, Emu(_LOW - _TOP))


def _title(page: Page, slide: Slide) -> None:
    title = page.shapes.title
    if title is not None:
        title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        title.left, title.top, title.width, title.height = _LEFT, Inches(0.35), _WIDE, Inches(0.8)
        write(page, title, [(slide.title, 36, _ACCENT, True)])
    if slide.lead:
        write(page, Place(_LEFT, Inches(1.1), _WIDE, Inches(0.55)), [(slide.lead, 16, _QUIET, False)])


def _figure(page: Page, figure: Figure, at: Place) -> None:
    write(
        page,
        at,
        [(figure.value, 80, _INK, True), (figure.label, 24, _INK, False), (figure.detail, 20, _QUIET, False)],
    )


def _card(page: Page, card: SlideCard, sides: tuple[Side, ...], at: Place, *, size: int) -> None:
    state = _ACCENT if card.ready else _QUIET
    lines = [(f"#{card.number} {card.title}", size + 4, _INK, True)]
    lines += [(f"{normal(side.short)}: {card.sides[side.key]}", size, side.colour, False) for side in sides]
    write(page, at, [*lines, (card.state, size, state, card.ready)])
