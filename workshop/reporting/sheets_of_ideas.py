"""Tables of ideas: themes, ideas, votes, builds, and what was merged."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.domain.rating import Estimate
from workshop.domain.report import Report, ReportIdea
from workshop.reporting import facts, words
from workshop.reporting.sheet import CREDIT, Cell, Sheet, credit_of, side_of


def themes(report: Report) -> Sheet:
    sides = report.event.sides
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(theme.name, theme.subtitle, facts.joining_words(theme), len(theme.ideas)),
            *facts.ideas_by_side(report, theme).values(),
            ", ".join(f"#{number}" for number in theme.ideas),
        )
        for theme in facts.themes_by_size(report)
    )
    return Sheet(
        "themes",
        ("theme", "example", "words in common", "ideas", *(f"{side.short} ideas" for side in sides), "numbers"),
        rows,
    )


def ideas(report: Report) -> Sheet:
    sides = report.event.sides
    header = (
        *("number", "title", "pitch", "side", *CREDIT, "sectors", "theme"),
        *(f"{side.short} brings" for side in sides),
        *("still needed", "published", "read by other tables", "goes on"),
    )
    return Sheet("ideas", header, tuple(_idea(report, idea) for idea in report.ideas))


def _idea(report: Report, idea: ReportIdea) -> tuple[Cell, ...]:
    sectors = {sector.key: sector.name for sector in report.event.sectors}
    theme, card = report.theme_of.get(idea.number), report.card_of.get(idea.number)
    return (
        idea.number,
        idea.title,
        idea.pitch,
        side_of(report, idea.side),
        *credit_of(idea.credit),
        "; ".join(sectors[key] for key in idea.sectors),
        theme.name if theme else None,
        *(idea.brings.get(side.key) for side in report.event.sides),
        idea.still_needed,
        "yes" if idea.published else "no",
        idea.readers,
        None if card is None else words.WILD_CARD if card.wild_card else "yes",
    )


def votes(report: Report) -> Sheet:
    sides = report.event.sides
    header = (
        *("number", "title", *(f"{side.short} dots" for side in sides), "dots", "dots place"),
        *(f"{side.short} {what}" for what in ("supporters", "ballots", "share") for side in sides),
        *("two-sided support", "two-sided place", *(f"{side.short} hand-counted dots" for side in sides)),
    )
    shares = frozenset(("two-sided support", *(f"{side.short} share" for side in sides)))
    return Sheet("votes", header, tuple(_ranked(report)), shares)


def _ranked(report: Report) -> Iterator[tuple[Cell, ...]]:
    if report.ranking is None:
        return
    titles, sides = facts.titles(report), [side.key for side in report.event.sides]
    for idea in report.ranking.by_dots:
        if idea.number in titles:
            by_hand = report.ranking.by_hand.dots.get(idea.number, {})
            yield (
                idea.number,
                titles[idea.number],
                *(idea.dots[side] for side in sides),
                idea.total_dots,
                idea.dots_rank,
                *(idea.supporters[side] for side in sides),
                *(report.ranking.ballots[side] for side in sides),
                *(idea.shares[side] for side in sides),
                idea.balanced,
                idea.two_sided_rank,
                *(by_hand.get(side, 0) for side in sides),
            )


def ratings(report: Report) -> Sheet:
    titles = facts.titles(report)
    rows = (
        (
            *(idea.number, titles[idea.number]),
            *_estimate(idea.impact),
            *_estimate(idea.feasibility),
            *(idea.raters, idea.passed),
        )
        for idea in report.ratings or ()
        if idea.number in titles
    )
    return Sheet("ratings", ("number", "title", *_MARKS, "raters", "could not judge"), tuple(rows))


_MARKS = ("impact", "impact from", "impact to", "feasibility", "feasibility from", "feasibility to")


def _estimate(found: Estimate | None) -> tuple[Cell, ...]:
    return (None, None, None) if found is None else (found.mean, found.low, found.high)


def builds(report: Report) -> Sheet:
    rows = (
        (idea.number, build.kind, build.text, build.fix, side_of(report, build.side), *credit_of(build.credit))
        for idea in report.ideas
        for build in idea.builds
    )
    return Sheet("builds", ("idea", "kind", "text", "proposed fix", "side", *CREDIT), tuple(rows))


def merged(report: Report) -> Sheet:
    rows = (
        (each.number, idea.number, each.title, each.pitch, side_of(report, each.side), *credit_of(each.credit))
        for idea in report.ideas
        for each in idea.merged
    )
    return Sheet("merged", ("number", "merged into", "title", "pitch", "side", *CREDIT), tuple(rows))
