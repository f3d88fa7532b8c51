"""The report to read as values: headings, paragraphs, lists and tables, in the order of the page.

HTML, DOCX and Markdown draw the same chapters, each in its own syntax.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import (
    chapters_of_ideas,
    chapters_of_room,
    chapters_of_votes,
    closing_text,
    facts,
    pictures,
    words,
)
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text
from workshop.reporting.glyphs import heading
from workshop.reporting.words import day, names_shown, span


def of(report: Report) -> tuple[Block, ...]:
    """Everything below the title."""
    return tuple(_normal(block) for block in _blocks(report))


def title(report: Report) -> str:
    return heading(normal(report.event.title))


def facts_line(report: Report) -> tuple[str, ...]:
    """What stands below the title: the event, when and where, which moment this is, whose names are shown."""
    event, local = report.event, report.compiled_local
    where = ", ".join(filter(None, dict.fromkeys((event.venue.name, event.venue.city, event.venue.country))))
    lines = (
        f"{event.name} · {event.host}",
        f"{day(event.date)}, {span(event.starts, event.ends)} · {where}",
        words.COMPILED.format(day(local.date()), f"{local:%H:%M} {local.tzname()}", report.code),
        names_shown(report.anonymity),
        words.KEPT_BACK.format(words.count(report.kept_back, words.AN_IDEA)) if report.kept_back else "",
        words.REHEARSAL if report.rehearsal else "",
    )
    return tuple(normal(line) for line in lines if line)


def _blocks(report: Report) -> Iterator[Block]:
    yield Heading(words.NUMBERS_TITLE)
    yield from (Text(paragraph) for paragraph in closing_text.summary(report))
    yield Heading(words.MAP_TITLE)
    yield from _map(report)
    yield from chapters_of_votes.votes(report)
    yield from chapters_of_votes.ratings(report)
    yield from chapters_of_room.consortia(report)
    yield from chapters_of_room.commitments(report)
    yield from chapters_of_ideas.every_idea(report)
    yield from chapters_of_room.people(report)
    yield from chapters_of_room.offers_and_needs(report)
    yield from chapters_of_room.programme(report)
    yield Heading(words.METHOD_TITLE)
    yield Items(words.METHOD)
    yield Text(report.log_head, words.LOG_HEAD)


def _map(report: Report) -> Iterator[Block]:
    picture = pictures.theme_map(report)
    if picture:
        yield Picture(picture, picture["alt"])
    if not report.themes:
        yield Text(words.NO_THEMES)
        return
    sides = report.event.sides
    rows = tuple(
        (
            *(theme.name, str(len(theme.ideas))),
            *(str(counted) for counted in facts.ideas_by_side(report, theme).values()),
            theme.subtitle,
        )
        for theme in facts.themes_by_size(report)
    )
    theme, ideas, typical = words.THEME_HEADER
    header = (theme, ideas, *(side.short for side in sides), typical)
    yield Grid(words.THEMES_TITLE, header, rows, frozenset(range(1, 2 + len(sides))))


def _normal(block: Block) -> Block:
    """Every text in its normal form, and no heading without ink."""
    match block:
        case Heading(text, level):
            return Heading(heading(normal(text)), level)
        case Text(text, head):
            return Text(normal(text, lines=True), normal(head))
        case Items(texts):
            return Items(tuple(normal(text) for text in texts))
        case Grid(caption, header, rows, numbers):
            cells = tuple(tuple(normal(cell) for cell in row) for row in rows)
            return Grid(normal(caption), tuple(normal(name) for name in header), cells, numbers)
        case Picture(painted, alt, sheet):
            return Picture(painted, normal(alt), sheet)
