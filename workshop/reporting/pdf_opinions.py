"""Opinions in the PDF: what every side supports, what divides the sides, and whether people vote in groups."""

from __future__ import annotations

from typing import Any

from workshop.domain.opinion import VoterGroup
from workshop.domain.report import Report
from workshop.reporting import pdf_votes, words


def of(report: Report) -> dict[str, Any] | None:
    """Return both lists as rows of votes, and the sentences on groups; None while there is nothing to compare."""
    if report.ranking is None or report.opinions is None or report.ranking.silent_sides:
        return None
    return {
        "shared": pdf_votes.rows(report, report.opinions.shared),
        "divided": pdf_votes.rows(report, tuple(each.idea for each in report.opinions.divided)),
        "groups": "" if report.groups is None else report.groups.sentence,
        "each_group": [] if report.groups is None else [_sentence(report, group) for group in report.groups.groups],
    }


def _sentence(report: Report, group: VoterGroup) -> str:
    titles = {idea.number: idea.title for idea in report.ideas}
    wanted = (words.OF_THEM.format(idea.number, titles.get(idea.number, ""), idea.supporters) for idea in group.ideas)
    return f"{words.people(group.people)}: {'; '.join(wanted)}"
