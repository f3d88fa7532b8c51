"""The list of ideas in the PDF: each idea with its credit, what it needs and how it was voted, under its theme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from workshop.domain.credit import Credit
from workshop.domain.event import Event
from workshop.domain.ranking import RankedIdea
from workshop.domain.report import MergedIdea, Report, ReportIdea, ReportTheme
from workshop.reporting import facts, words
from workshop.reporting.glyphs import heading
from workshop.reporting.words import count


def by_theme(report: Report, themes: Iterable[ReportTheme]) -> list[dict[str, Any]]:
    """Return the themes in the given order, each with its ideas: best supported first, by number before Reveal."""
    ideas, votes = {idea.number: idea for idea in report.ideas}, report.votes
    return [
        {
            "name": heading(theme.name),
            "subtitle": theme.subtitle,
            "in_common": facts.joining_words(theme),
            "colour": hue(theme.colour),
            "guess": facts.is_guess(theme),
            "count": count(sum(number in ideas for number in theme.ideas), words.AN_IDEA),
            "ideas": [
                _idea(report, ideas[number], votes.get(number))
                for number in sorted(theme.ideas, key=lambda number: _place(number, votes))
                if number in ideas
            ],
        }
        for theme in themes
    ]


def hue(colour: str) -> str:
    """Return a colour the template can read, gray instead of anything else."""
    return colour if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else "#8B8696"


def _place(number: int, votes: dict[int, RankedIdea]) -> tuple[int, int, int]:
    voted = votes.get(number)
    return (voted.two_sided_rank or 0, voted.dots_rank, number) if voted else (0, 0, number)


def _idea(report: Report, idea: ReportIdea, voted: RankedIdea | None) -> dict[str, Any]:
    event = report.event
    return {
        "number": f"#{idea.number}",
        "title": idea.title,
        "side": _side_place(event, idea.side),
        "from": _from(event, idea),
        "pitch": idea.pitch,
        "brings": [
            {"side": place, "text": idea.brings[side.key]}
            for place, side in enumerate(event.sides)
            if idea.brings.get(side.key)
        ],
        "still_needed": idea.still_needed,
        "kept": "" if idea.published else words.KEPT_AT_TABLE,
        "votes": voted and _votes(event, voted),
        "builds": [facts.build_line(report, build) for build in idea.builds],
        "merged": [_merged(event, original) for original in idea.merged],
        "may_break": len(idea.merged) > 2 or len(idea.builds) > 6 or idea.pitch.count("\n") > 12,
    }


def _side_place(event: Event, key: str) -> int | None:
    return next((place for place, side in enumerate(event.sides) if side.key == key), None)


def _from(event: Event, idea: ReportIdea) -> str:
    sectors = {sector.key: sector.name for sector in event.sectors}
    return " · ".join(filter(None, (*_credit(idea.credit), ", ".join(sectors.get(key, key) for key in idea.sectors))))


def _credit(credit: Credit) -> tuple[str, str]:
    return credit.table or "", ", ".join(filter(None, (credit.author, credit.organisation)))


def _merged(event: Event, original: MergedIdea) -> dict[str, str]:
    side = next((side.short for side in event.sides if side.key == original.side), original.side)
    credit = " · ".join(filter(None, (side, *_credit(original.credit))))
    return {"head": f"#{original.number} {original.title}", "credit": credit, "pitch": original.pitch}


def _votes(event: Event, voted: RankedIdea) -> dict[str, Any]:
    places = [words.PLACE_BY_DOTS.format(voted.dots_rank)]
    if voted.balanced:
        places.append(words.PLACE_TWO_SIDED.format(voted.two_sided_rank, 100 * voted.balanced))
    elif voted.balanced == 0 and voted.total_dots:
        places.append(words.NO_PLACE_TWO_SIDED)
    return {
        "sides": [_given(voted.dots[side.key], voted.supporters[side.key]) for side in event.sides],
        "places": ", ".join(places),
    }


def _given(dots: int, supporters: int) -> str:
    if not dots:
        return words.NO_DOTS
    return words.DOTS_FROM.format(count(dots, words.A_DOT), count(supporters, words.A_SUPPORTER))
