"""The slides of the HTML file. Every text goes through the escaping of `markupsafe`; nothing else makes markup."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workshop.domain.event import Side
from workshop.domain.text import normal
from workshop.reporting import html_pictures, words
from workshop.reporting.html_pictures import joined
from workshop.reporting.pdf_ideas import hue
from workshop.reporting.slide import Figure, Line, Slide, SlideCard
from workshop.reporting.slide_charts import Chart

_SLIDE = Markup(
    '<section class="slide {key}" id="slide-{place}" aria-label="{spoken}"><header><h2>{title}</h2>'
    '<p class="lead" dir="auto">{lead}</p></header><div class="content">{content}</div>'
    '<p class="foot"><span class="sides">{sides}</span><span>{code}</span><span>{place}/{of}</span></p>'
    '<aside class="notes"><h3>{notes_title}</h3>{notes}</aside></section>'
)
_SIDE = Markup("<span>{} {}</span>")
_NOTE = Markup('<p dir="auto">{}</p>')
_FIGURES = Markup('<dl class="figures figures-{}">{}</dl>')
_FIGURE = Markup("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>")
_CHARTS = Markup('<div class="charts charts-{} sides-{}">{}</div>')
_CHART = Markup('<div class="chart rows-{}">{}<p class="how">{}</p><ol>{}</ol></div>')
_CHART_TITLE = Markup("<h3>{}</h3>")
_ROW = Markup('<li><p class="name" dir="auto">{}</p><b class="score">{}</b><div class="values">{}</div></li>')
_VALUE = Markup('<div class="value">{}<span>{}</span></div>')
_CARDS = Markup('<div class="cards cards-{} sides-{}">{}</div>')
_CARD = Markup(
    '<div class="card {kind}"><p class="name" dir="auto"><b>#{number}</b> {title}</p>{sides}'
    '<p class="state" dir="auto">{state}</p></div>'
)
_IN = Markup('<p class="in" dir="auto">{} <b>{}</b> {}</p>')
_LINES = Markup('<ul class="lines lines-{}">{}</ul>')
_LINE = Markup('<li><b dir="auto">{}</b><span dir="auto">{}</span></li>')


def drawn(deck: Sequence[Slide], sides: Sequence[Side], code: str) -> Markup:
    """All slides, one after the other."""
    signs = joined(_SIDE.format(_sign(side), normal(side.name)) for side in sides)
    return joined(
        _SLIDE.format(
            key=slide.key,
            place=place,
            of=len(deck),
            spoken=words.SLIDE_OF.format(place, len(deck)),
            title=slide.title,
            lead=slide.lead,
            content=_content(slide, sides),
            sides=signs,
            code=code,
            notes_title=words.NOTES,
            notes=joined(_NOTE.format(note) for note in slide.notes),
        )
        for place, slide in enumerate(deck, start=1)
    )


def _content(slide: Slide, sides: Sequence[Side]) -> Markup:
    parts = []
    if slide.picture:
        parts.append(html_pictures.theme_map(slide.picture, normal(slide.picture["alt"])))
    if slide.sheet:
        parts.append(html_pictures.sheet(slide.sheet, normal(slide.sheet["alt"])))
    if slide.figures:
        parts.append(_FIGURES.format(len(slide.figures), joined(_figure(one) for one in slide.figures)))
    if slide.charts:
        parts.append(_CHARTS.format(len(slide.charts), len(sides), joined(_chart(chart) for chart in slide.charts)))
    if slide.cards:
        parts.append(_CARDS.format(len(slide.cards), len(sides), joined(_card(card, sides) for card in slide.cards)))
    if slide.lines:
        parts.append(_LINES.format(len(slide.lines), joined(_line(line) for line in slide.lines)))
    return joined(parts)


def _figure(figure: Figure) -> Markup:
    return _FIGURE.format(figure.label, figure.value, figure.detail)


def _chart(chart: Chart) -> Markup:
    rows = joined(
        _ROW.format(name, chart.scores[place], _values(chart, place)) for place, name in enumerate(chart.categories)
    )
    title = _CHART_TITLE.format(chart.title) if chart.title else ""
    return _CHART.format(len(chart.categories), title, chart.how, rows)


def _values(chart: Chart, place: int) -> Markup:
    """One bar for all sides where they add up, else one per side."""
    parts = [(one.values[place] / chart.longest, one.colour, one.labels[place]) for one in chart.series]
    if chart.stacked:
        labels = " · ".join(label for _, _, label in parts)
        return _VALUE.format(html_pictures.bars((share, colour) for share, colour, _ in parts), labels)
    return joined(_VALUE.format(html_pictures.bars([(share, colour)]), label) for share, colour, label in parts)


def _card(card: SlideCard, sides: Sequence[Side]) -> Markup:
    inside = joined(_IN.format(_sign(side), normal(side.short), card.sides[side.key]) for side in sides)
    kind = "ready" if card.ready else "waiting"
    return _CARD.format(kind=kind, number=card.number, title=card.title, sides=inside, state=card.state)


def _line(line: Line) -> Markup:
    return _LINE.format(line.head, line.text)


def _sign(side: Side) -> Markup:
    return html_pictures.shape(side.shape, hue(side.colour))
