"""Chapters on ideas: votes in both orders, opinions, and every idea under its theme."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.domain.credit import Credit
from workshop.domain.ranking import RankedIdea
from workshop.domain.report import MergedIdea, Report, ReportIdea
from workshop.reporting import chapters_of_votes, facts, words
from workshop.reporting.blocks import Block, Heading, Items, Text
from workshop.reporting.pdf_contents import with_unsure
from workshop.reporting.words import count


def every_idea(report: Report) -> Iterator[Block]:
    """All ideas by theme, then all votes."""
    yield Heading(words.EVERY_IDEA_TITLE)
    if not report.ideas:
        yield Text(words.NO_IDEAS)
    ideas = {idea.number: idea for idea in report.ideas}
    for theme in with_unsure(report):
        yield Heading(f"{theme.name} ({count(len(theme.ideas), words.AN_IDEA)})", 2)
        if theme.words:
            yield Text(facts.joining_words(theme), words.IN_COMMON)
        for number in theme.ideas:
            yield from _idea(report, ideas[number])
    if report.ranking is not None:
        yield Heading(words.EVERY_VOTE_TITLE, 2)
        by_number = sorted(report.ranking.by_dots, key=lambda idea: idea.number)
        yield chapters_of_votes.order(report, words.EVERY_VOTE_TITLE, by_number)


def _idea(report: Report, idea: ReportIdea) -> Iterator[Block]:
    sectors, shorts = {sector.key: sector.name for sector in report.event.sectors}, facts.shorts(report)
    origin = (shorts.get(idea.side, idea.side), *_credit(idea.credit), ", ".join(sectors[key] for key in idea.sectors))
    voted = report.votes.get(idea.number)
    texts = (
        ("", " · ".join(filter(None, origin))),
        ("", idea.pitch),
        *((words.BRINGS.format(side.short), idea.brings.get(side.key, "")) for side in report.event.sides),
        (words.NEEDED, idea.still_needed),
        ("", "" if idea.published else words.KEPT_AT_TABLE),
        (words.VOTES, _votes(report, voted) if voted else ""),
    )
    yield Heading(f"#{idea.number} {idea.title}", 3)
    yield from (Text(text, head) for head, text in texts if text)
    yield from _list(words.ADDED, [facts.build_line(report, build) for build in idea.builds])
    yield from _list(words.MERGED, [_merged(one, shorts) for one in idea.merged])


def _list(head: str, texts: list[str]) -> Iterator[Block]:
    if texts:
        yield Text("", head)
        yield Items(tuple(texts))


def _merged(one: MergedIdea, shorts: dict[str, str]) -> str:
    origin = ", ".join(filter(None, (shorts.get(one.side, one.side), *_credit(one.credit))))
    return f"#{one.number} {one.title} ({origin}): {one.pitch}"


def _votes(report: Report, voted: RankedIdea) -> str:
    return words.VOTED.format(
        dots=count(voted.total_dots, words.A_DOT),
        sides=facts.by_side(report, voted.dots),
        place=voted.dots_rank,
        supporters=facts.supporters(report, voted),
    )


def _credit(credit: Credit) -> tuple[str, ...]:
    return tuple(filter(None, (credit.table, credit.author, credit.organisation)))
