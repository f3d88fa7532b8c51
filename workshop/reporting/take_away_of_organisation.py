"""What each organisation takes along: facts of the organisation, made from the report and nothing else.

So the rules of the report hold: ideas stand here only in a room with names, people only beside roles that they have
confirmed, and nobody reads who wishes to meet whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workshop.domain.report import Report, ReportBuild, ReportIdea, natural_order
from workshop.domain.report_cards import ReportCard, ReportMember
from workshop.domain.take_away import BoardIdea, board_of
from workshop.reporting import facts, words
from workshop.reporting.take_away_page import (
    Entry,
    Page,
    Part,
    afternoon,
    bars,
    became,
    filled,
    name_of,
    needs,
    on_card,
    plan,
)

Key = tuple[str, str]
"""An organisation by its name and its side."""


@dataclass(slots=True)
class _Held:
    """What the report holds of one organisation. Merged ideas stand with the idea that they became part of."""

    ideas: list[tuple[int, str, BoardIdea | None]] = field(default_factory=list)
    builds: list[tuple[ReportIdea, ReportBuild]] = field(default_factory=list)
    cards: dict[int, ReportCard] = field(default_factory=dict)


def pages(report: Report) -> tuple[Page, ...]:
    """A page for each organisation of the report, side by side in the order of the event, then by name."""
    places = {side.key: place for place, side in enumerate(report.event.sides)}
    held = _held(report)
    order = sorted(held, key=lambda key: (places.get(key[1], len(places)), natural_order(key[0])))
    return tuple(_page(report, key, held[key]) for key in order)


def page(report: Report, organisation: str, side: str) -> Page:
    """The page of one organisation, even if the report holds nothing of it."""
    key = (organisation, side)
    return _page(report, key, _held(report).get(key, _Held()))


def _held(report: Report) -> dict[Key, _Held]:
    held: dict[Key, _Held] = {(one.organisation, one.side): _Held() for one in report.participants if one.organisation}
    board = board_of(report)
    for idea in report.ideas:
        for original in idea.merged or (idea,):
            if original.credit.organisation:
                own = original.number, original.title, board.get(idea.number)
                _of(held, original.credit.organisation, original.side).ideas.append(own)
        for build in idea.builds:
            if build.credit.organisation:
                _of(held, build.credit.organisation, build.side).builds.append((idea, build))
    for card, member in _members(report):
        if member.organisation:
            _of(held, member.organisation, member.side).cards[card.number] = card
    return held


def _members(report: Report) -> Iterator[tuple[ReportCard, ReportMember]]:
    return ((card, member) for card in report.cards for member in card.members)


def _of(held: dict[Key, _Held], organisation: str, side: str) -> _Held:
    return held.setdefault((organisation, side), _Held())


def _page(report: Report, key: Key, held: _Held) -> Page:
    organisation, side = key
    event = report.event
    said = held.ideas or held.builds or held.cards
    return Page(
        title=organisation,
        side=side,
        about=(words.OWN_OF.format(event.title, words.day(event.date), report.code),),
        parts=filled(
            Part("ideas", words.ITS_IDEAS, tuple(_idea(report, *own) for own in held.ideas)),
            Part("builds", words.ITS_BUILDS, tuple(_build(*one) for one in held.builds)),
            Part(
                "roles",
                words.ITS_ROLES,
                tuple(_role(card, key) for card in held.cards.values()),
                "" if said else words.NOTHING_TO_SAY,
            ),
            Part("meet", words.TO_MEET, tuple(_to_meet(held, key))),
            afternoon(facts.later_today(report)),
        ),
    )


def _idea(report: Report, number: int, title: str, now: BoardIdea | None) -> Entry:
    head = name_of(number, title)
    if now is None:
        return Entry(head, (words.KEPT_BACK_AT_TABLE,))
    ballots = report.ranking.ballots if report.ranking else None
    lines = [words.BECAME_PART.format(name_of(now.number, now.title))] if now.number != number else []
    lines += became(now, ballots, picked=bool(report.cards))
    return Entry(head, tuple(lines), bars(now.votes, report.event, ballots))


def _build(idea: ReportIdea, build: ReportBuild) -> Entry:
    fix = (words.FIX.format(build.fix),) if build.fix else ()
    said = f"{words.BUILD[build.kind]}: {build.text or words.WOULD_JOIN}"
    return Entry(name_of(idea.number, idea.title), (said, *fix))


def _role(card: ReportCard, key: Key) -> Entry:
    mine = (words.IN_ROLE.format(one.role.words, _confirmed(one)) for one in card.members if _belongs(one, key))
    return Entry(name_of(card.number, card.title), (*mine, plan(card), *needs(card)))


def _confirmed(member: ReportMember) -> str:
    return words.CONFIRMED_BY.format(member.name) if member.name else words.NOT_CONFIRMED


def _belongs(member: ReportMember, key: Key) -> bool:
    return (member.organisation, member.side) == key


def _to_meet(held: _Held, key: Key) -> Iterator[Entry]:
    """The other organisations on the same cards."""
    met: dict[Key, list[str]] = {}
    for card in held.cards.values():
        for other in card.members:
            if other.organisation and not _belongs(other, key):
                met.setdefault((other.organisation, other.side), []).append(on_card(card, other))
    for (name, side), lines in met.items():
        yield Entry(name, tuple(dict.fromkeys(lines)), side=side)
