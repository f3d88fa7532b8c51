"""The votes in the PDF: the top of both orders, one row per idea with a bar and figures per side."""

from __future__ import annotations

from typing import Any

from workshop.domain import hand_count
from workshop.domain.ranking import RankedIdea, Ranking
from workshop.domain.report import Report
from workshop.reporting import words

IN_ORDER = 8
"""Ideas in each order: as many as the wall shows. All others stand with their votes in the list of ideas."""


def orders(report: Report) -> dict[str, list[dict[str, Any]]]:
    """Return the top of both orders; of the two-sided one only ideas that every side supports."""
    if report.ranking is None:
        return {"two_sided": [], "dots": []}
    wanted_by_all = tuple(idea for idea in report.ranking.two_sided if idea.balanced)
    return {"two_sided": rows(report, wanted_by_all), "dots": rows(report, report.ranking.by_dots)}


def rows(report: Report, order: tuple[RankedIdea, ...]) -> list[dict[str, Any]]:
    """Return the first of these ideas, each with its figures and bars by side."""
    titles = {idea.number: idea.title for idea in report.ideas}
    most = max((idea.total_dots for idea in report.votes.values()), default=0)
    shown = [idea for idea in order if idea.number in titles][:IN_ORDER]
    return [_row(report, idea, titles[idea.number], most) for idea in shown]


def silence(report: Report, ranking: Ranking) -> str:
    """Say why there is no two-sided order, or nothing when there is one."""
    if ranking.silent_sides:
        return words.NO_BALLOT_FROM.format(words.listed([report.event.side(key).name for key in ranking.silent_sides]))
    if not any(idea.balanced for idea in ranking.two_sided):
        return words.NOBODY_WANTS_ALL
    return ""


def by_hand(ranking: Ranking) -> str:
    """Say what was counted by hand, or nothing when nothing was."""
    counted = ranking.by_hand
    if not counted.ballots:
        return ""
    ballots = hand_count.ballots_label(sum(counted.ballots.values()))
    ideas = [f"#{number} {hand_count.label(counted.on(number))}" for number in counted.dots]
    told = f": {', '.join(ideas)}" if ideas else ""
    return words.BESIDE_BY_HAND.format(f"{ballots}{told}")


def _row(report: Report, idea: RankedIdea, title: str, most_dots: int) -> dict[str, Any]:
    ballots = report.ranking.ballots if report.ranking else {}
    return {
        "number": f"#{idea.number}",
        "title": title,
        "two_sided_place": str(idea.two_sided_rank) if idea.balanced else "–",
        "dots_place": str(idea.dots_rank),
        "balanced": f"{100 * idea.balanced:.0f}%" if idea.balanced else "–",
        "dots": str(idea.total_dots),
        "sides": [
            {
                "support": words.OF_BALLOTS.format(idea.supporters[side.key], ballots[side.key]),
                "share": idea.shares[side.key] or 0,
                "dots": str(idea.dots[side.key]),
                "dots_share": idea.dots[side.key] / most_dots if most_dots else 0,
            }
            for side in report.event.sides
        ],
    }
