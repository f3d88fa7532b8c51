"""Chapters on the room: consortia, commitments, who took part, the programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workshop.domain.event import Anonymity
from workshop.domain.introduction import LineKind
from workshop.domain.report import Report, natural_order
from workshop.domain.report_cards import ReportCard
from workshop.reporting import facts, words
from workshop.reporting.blocks import Block, Grid, Heading, Items, Text
from workshop.reporting.words import brief_day, count, listed, span

_BEST_OF_THE_REST = 5


def consortia(report: Report) -> Iterator[Block]:
    """One section per idea that goes on, and then what does not."""
    yield Heading(words.CONSORTIA_TITLE)
    if not report.cards:
        yield Text(words.NO_CARDS)
        return
    ready = sum(card.ready for card in report.cards)
    yield Text(f"{words.READY_OF.format(ready=ready, of=len(report.cards))}.")
    for card in report.cards:
        yield from _card(report, card)
    yield from _stayed(report)


def commitments(report: Report) -> Iterator[Block]:
    """Every confirmed role with its date, and what people said of the session."""
    yield Heading(words.COMMITMENTS_TITLE)
    found = facts.commitments(report)
    rows = tuple(
        (
            *(facts.who(one.member), facts.role(report, one.member), f"#{one.card.number} {one.card.title}"),
            *(one.card.next_step, brief_day(one.card.due) if one.card.due else ""),
        )
        for one in found
    )
    yield Grid(words.COMMITMENTS_TITLE, words.COMMITMENT_HEADER, rows) if rows else Text(words.NO_COMMITMENTS)
    if report.session and report.session.mean is not None:
        yield Text(words.RATED.format(report.session.mean, count(report.session.ratings, words.A_RATING)))
    if report.session and report.session.comments:
        yield Text("", words.COMMENTS)
        yield Items(report.session.comments)


def people(report: Report) -> Iterator[Block]:
    """Who took part, as counts; by name where the level shows names."""
    yield from participation(report)
    if report.anonymity is Anonymity.NAMED and report.participants:
        yield _named(report)


def participation(report: Report) -> Iterator[Block]:
    """Who took part by side, sector and table, as counts."""
    yield Heading(words.PEOPLE_TITLE)
    joined, ideas = facts.people_by_side(report), facts.ideas_by_side(report)
    voted = {one.side: one.voted for one in report.turnout}
    rows = tuple(
        (side.name, str(joined[side.key]), str(ideas[side.key]), str(voted.get(side.key, 0)))
        for side in report.event.sides
    )
    yield Grid(words.BY_SIDE, words.SIDE_HEADER, rows, frozenset((1, 2, 3)))
    sectors = Counter(key for person in report.participants for key in person.sectors)
    by_sector = tuple((sector.name, str(sectors[sector.key])) for sector in report.event.sectors if sectors[sector.key])
    if by_sector:
        yield Grid(words.BY_SECTOR, words.SECTOR_HEADER, by_sector, frozenset((1,)))
    tables = Counter(person.table for person in report.participants if person.table)
    if tables:
        by_table = tuple((table, str(tables[table])) for table in sorted(tables, key=natural_order))
        yield Grid(words.BY_TABLE, words.TABLE_HEADER, by_table, frozenset((1,)))


def offers_and_needs(report: Report) -> Iterator[Block]:
    """What people brought and looked for in the warm-up, and where they come from, as counts."""
    shorts = facts.shorts(report)
    for kind, head in ((LineKind.OFFER, words.OFFERS_TITLE), (LineKind.NEED, words.NEEDS_TITLE)):
        rows = tuple(
            (line.text, shorts.get(line.side, line.side), line.credit.line)
            for line in report.lines
            if line.kind is kind
        )
        if rows:
            yield Heading(head)
            yield Grid(head, words.LINE_HEADER, rows)
    if report.origins:
        places = (f"{origin.place} {origin.people}" for origin in report.origins)
        yield Text(", ".join(places), words.ORIGINS)


def programme(report: Report) -> Iterator[Block]:
    """The agenda and the questions of the session."""
    yield Heading(words.PROGRAMME_TITLE)
    rows = tuple((span(item.starts, item.ends), item.title, "; ".join(item.speakers)) for item in report.event.agenda)
    if rows:
        yield Grid(words.PROGRAMME_TITLE, words.PROGRAMME_HEADER, rows)
    if report.event.prompts:
        yield Text("", words.QUESTIONS)
        yield Items(tuple(prompt.text for prompt in report.event.prompts))


def _named(report: Report) -> Grid:
    sectors, shorts = {sector.key: sector.name for sector in report.event.sectors}, facts.shorts(report)
    rows = tuple(
        (
            *(one.name or "", one.organisation or "", shorts.get(one.side, one.side), one.table or ""),
            ", ".join(sectors[key] for key in one.sectors),
        )
        for one in report.participants
    )
    return Grid(words.PEOPLE_TITLE, words.PEOPLE_HEADER, rows)


def _stayed(report: Report) -> Iterator[Block]:
    stayed, votes = facts.stayed(report), report.votes
    if not stayed:
        return
    yield Heading(words.STAYED_TITLE, 2)
    yield Text(words.STAYED.format(count(len(stayed), words.AN_IDEA)))
    best = [idea for idea in stayed if idea.number in votes][:_BEST_OF_THE_REST]
    if best:
        yield Text("", words.STAYED_BEST)
        yield Items(
            tuple(f"#{idea.number} {idea.title} ({facts.supporters(report, votes[idea.number])})" for idea in best)
        )


def _card(report: Report, card: ReportCard) -> Iterator[Block]:
    wild = f" ({words.WILD_CARD})" if card.wild_card else ""
    yield Heading(f"#{card.number} {card.title}{wild}", 2)
    yield Text(words.READY if card.ready else words.STILL_NEEDS.format(listed(card.missing)))
    rows = tuple(
        (
            *(one.organisation or "–", facts.role(report, one)),
            *(words.YES if one.owner else "", one.name or ""),
        )
        for one in card.members
    )
    if rows:
        yield Grid(words.IN_ON.format(card.number), words.MEMBER_HEADER, rows)
    when = f" ({brief_day(card.due)})" if card.due else ""
    yield Text(f"{card.next_step or words.NO_NEXT_STEP}{when}", words.NEXT_STEP)
    offers = [words.HELP[kind].format(number) for kind, number in card.offers.items() if number]
    if offers:
        yield Text(listed(offers), words.OFFERED)
