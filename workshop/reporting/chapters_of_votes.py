"""Chapters on votes: both orders, the bridge, what the sides share, impact x feasibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report
from workshop.reporting import facts, pdf_opinions, pdf_votes, pictures, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Picture, Text


def votes(report: Report) -> Iterator[Block]:
    """Both orders with their bases, what was counted by hand, and every vote."""
    yield Heading(words.ORDERS_TITLE)
    if report.ranking is None:
        yield Text(words.VOTES_HIDDEN)
        return
    for sentence in (pdf_votes.silence(report, report.ranking), pdf_votes.by_hand(report.ranking)):
        if sentence:
            yield Text(sentence)
    wanted = tuple(idea for idea in report.ranking.two_sided if idea.balanced)[: pdf_votes.IN_ORDER]
    if wanted:
        yield Text(words.TWO_SIDED_HOW, words.TWO_SIDED)
        yield order(report, words.TWO_SIDED, wanted)
    yield Text(words.BY_DOTS_HOW, words.BY_DOTS)
    yield order(report, words.BY_DOTS, report.ranking.by_dots[: pdf_votes.IN_ORDER])
    bridge = pictures.bridge(report)
    if bridge:
        yield Picture(bridge, bridge["alt"], sheet=True)
    yield from _opinions(report)


def ratings(report: Report) -> Iterator[Block]:
    """The picture, then every idea with its averages, their intervals and how many rated it."""
    found = pictures.ratings(report)
    if found is None:
        return
    yield Heading(words.RATINGS_TITLE)
    yield Picture(found, found["alt"], sheet=True)
    rows = tuple(
        (f"{row['number']} {row['title']}", *(row[key] for key in ("impact", "feasibility", "raters", "passed")))
        for row in found["rows"]
    )
    yield Grid(words.RATINGS_TITLE, words.RATING_HEADER, rows, frozenset((3, 4)))


def order(report: Report, caption: str, order: Sequence[RankedIdea]) -> Grid:
    titles, sides = facts.titles(report), report.event.sides
    rows = tuple(
        (
            *(f"#{idea.number}", titles[idea.number]),
            *(str(idea.dots[side.key]) for side in sides),
            str(idea.total_dots),
            facts.supporters(report, idea),
            "–" if idea.balanced is None else f"{100 * idea.balanced:.0f}%",
            *(str(idea.two_sided_rank) if idea.balanced else "–", str(idea.dots_rank)),
        )
        for idea in order
        if idea.number in titles
    )
    idea_head, title, by_side, dots, supporters = words.ORDER_HEADER
    header = (idea_head, title, *(by_side.format(side.short) for side in sides), dots, supporters, *words.ORDER_PLACES)
    numbers = frozenset((*range(2, 3 + len(sides)), *range(4 + len(sides), 7 + len(sides))))
    return Grid(caption, header, rows, numbers)


def _opinions(report: Report) -> Iterator[Block]:
    found = pdf_opinions.of(report)
    if found is None:
        return
    yield Heading(words.OPINIONS_TITLE, 2)
    for head, none, rows in (
        (words.SHARED, words.NONE_SHARED, found["shared"]),
        (words.DIVIDING, words.NONE_DIVIDING, found["divided"]),
    ):
        yield Text("" if rows else none, head)
        if rows:
            yield Items(tuple(_supported(report, row) for row in rows))
    yield Text(" ".join(filter(None, (found["groups"], *found["each_group"]))))


def _supported(report: Report, row: Mapping[str, Any]) -> str:
    by_side = zip(report.event.sides, row["sides"], strict=True)
    return f"{row['number']} {row['title']}: " + ", ".join(f"{side.short} {one['support']}" for side, one in by_side)
