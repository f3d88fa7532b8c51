"""Ideas and votes as CSV: one row per idea, made for a double click in a spreadsheet program.

A byte order mark tells spreadsheets that this is UTF-8. A cell that a spreadsheet would run as a formula gets an
apostrophe in front, which it shows as text. Cells of votes stay empty while votes are hidden.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from workshop.domain.rating import Estimate, RatedIdea
from workshop.domain.report import Report, ReportBuild, ReportIdea
from workshop.domain.report_cards import ReportCard
from workshop.domain.text import normal

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−")
"""First characters that start a formula, their full-width and small variants included."""

_MARKS = (
    *("impact", "impact from", "impact to"),
    *("feasibility", "feasibility from", "feasibility to"),
    *("raters", "could not judge"),
)


def render(report: Report) -> bytes:
    """Return one header row and one row per idea, by number, in UTF-8 with a byte order mark and CRLF line ends."""
    return sheet([_header(report), *_rows(report)])


def sheet(rows: Iterable[list[str]]) -> bytes:
    """Return the rows as they open in a spreadsheet, no cell of them as a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _header(report: Report) -> list[str]:
    sides = [side.short for side in report.event.sides]
    return [
        *("number", "title", "pitch", "table", "side", "sectors", "author", "organisation", "published", "theme"),
        *(f"{side} brings" for side in sides),
        *("still needed", "merged from", "read by other tables", "builds"),
        *(f"{side} dots" for side in sides),
        "dots",
        "dots place",
        *(f"{side} supporters" for side in sides),
        *(f"{side} ballots" for side in sides),
        "two-sided support %",
        "two-sided place",
        "opinion",
        *(f"{side} hand-counted dots" for side in sides),
        *("goes on", "consortium", "next step", "date", "needs", "commitments"),
        *_MARKS,
    ]


def _rows(report: Report) -> list[list[str]]:
    votes, theme_of = _vote_cells(report), report.theme_of
    sides = {side.key: side.short for side in report.event.sides}
    sectors = {sector.key: sector.name for sector in report.event.sectors}
    return [
        [
            *(str(idea.number), idea.title, idea.pitch, idea.credit.table or "", sides.get(idea.side, idea.side)),
            "; ".join(sectors.get(key, key) for key in idea.sectors),
            *(idea.credit.author or "", idea.credit.organisation or ""),
            "yes" if idea.published else "no",
            theme_of[idea.number].name if idea.number in theme_of else "",
            *(idea.brings.get(side, "") for side in sides),
            *(idea.still_needed, _merged(idea), "" if idea.readers is None else str(idea.readers)),
            "\n".join(_build(build, sides) for build in idea.builds),
            *votes.get(idea.number, [""] * (4 * len(sides) + 5)),
            *_card_cells(report.card_of.get(idea.number), sides),
            *_mark_cells(report.rated.get(idea.number)),
        ]
        for idea in report.ideas
    ]


def _card_cells(card: ReportCard | None, sides: Mapping[str, str]) -> list[str]:
    """Who is in by organisation, what comes next, and by name who confirmed it."""
    if card is None:
        return [""] * 6
    members = (f"{sides[each.side]} {each.role.words} {each.organisation or ''}".strip() for each in card.members)
    promised = (
        f"{', '.join(filter(None, (each.name, each.organisation)))} ({sides[each.side]} {each.role.words})"
        for each in card.commitments
    )
    return [
        "wild card" if card.wild_card else "yes",
        "; ".join(members),
        card.next_step,
        card.due.isoformat() if card.due else "",
        ", ".join(card.missing) or "ready",
        "; ".join(promised),
    ]


def _merged(idea: ReportIdea) -> str:
    return "; ".join(f"#{original.number} {original.title}" for original in idea.merged)


def _build(build: ReportBuild, sides: Mapping[str, str]) -> str:
    fix = f" Proposed fix: {build.fix}" if build.fix else ""
    origin = ", ".join(filter(None, [sides.get(build.side, build.side), build.credit.line]))
    return " ".join(f"{build.kind.capitalize()}: {build.text or 'would join'}{fix} ({origin})".split())


def _vote_cells(report: Report) -> dict[int, list[str]]:
    sides = [side.key for side in report.event.sides]
    ballots = report.ranking.ballots if report.ranking else {}
    by_hand = report.ranking.by_hand.dots if report.ranking else {}
    opinions = _opinions(report)
    return {
        number: [
            *(str(voted.dots[side]) for side in sides),
            *(str(voted.total_dots), str(voted.dots_rank)),
            *(str(voted.supporters[side]) for side in sides),
            *(str(ballots[side]) for side in sides),
            "" if voted.balanced is None else f"{100 * voted.balanced:.1f}",
            "" if voted.two_sided_rank is None else str(voted.two_sided_rank),
            opinions.get(number, ""),
            *(str(by_hand.get(number, {}).get(side, 0)) for side in sides),
        ]
        for number, voted in report.votes.items()
    }


def _mark_cells(rated: RatedIdea | None) -> list[str]:
    """Averages with their intervals; only how many raters where they are too few."""
    if rated is None:
        return [""] * len(_MARKS)
    found = [cell for each in (rated.impact, rated.feasibility) for cell in _estimate(each)]
    return [*found, str(rated.raters), str(rated.passed)]


def _estimate(found: Estimate | None) -> list[str]:
    return ["", "", ""] if found is None else [f"{found.mean:.2f}", f"{found.low:.2f}", f"{found.high:.2f}"]


def _opinions(report: Report) -> dict[int, str]:
    if report.opinions is None:
        return {}
    shared = {idea.number: "every side" for idea in report.opinions.shared}
    return shared | {each.idea.number: "divided" for each in report.opinions.divided}


def _safe(cell: str) -> str:
    text = normal(cell, lines=True)
    return f"'{text}" if text[:1] in FORMULA_STARTS else text
