"""The slides on people: who goes on together, who promised what, and what comes later."""

from __future__ import annotations

from workshop.domain.report import Report
from workshop.domain.report_cards import ReportCard
from workshop.domain.text import normal, shorten
from workshop.reporting import facts, words
from workshop.reporting.slide import Line, Slide, SlideCard
from workshop.reporting.words import brief_day, count, listed, people, span

_MOST_LINES, _MOST_LATER, _MOST_NAMES, _MOST_ORGANISATIONS, _MOST_NEEDS = 8, 6, 3, 1, 3
_CARDS_BY_SIDES = {2: 8, 3: 6, 4: 6}
_FEWEST_CARDS = 4
_TITLE, _CARD_TITLE, _LINE = 78, 50, 120


def consortia(report: Report, notes: tuple[str, ...]) -> Slide:
    if not report.cards:
        return Slide("consortia", words.CONSORTIA_TITLE, words.NO_CARDS, notes=notes)
    ready = sum(card.ready for card in report.cards)
    most = _CARDS_BY_SIDES.get(len(report.event.sides), _FEWEST_CARDS)
    lead = words.READY_OF.format(ready=ready, of=len(report.cards)) + _more(len(report.cards), most)
    cards = tuple(_card(report, card) for card in report.cards[:most])
    return Slide("consortia", words.CONSORTIA_TITLE, lead, cards=cards, notes=notes)


def commitments(report: Report, notes: tuple[str, ...]) -> Slide:
    found = facts.commitments(report)
    if not found:
        return Slide("commitments", words.COMMITMENTS_TITLE, words.NO_COMMITMENTS, notes=notes)
    lead = count(len(found), words.A_CONFIRMED_ROLE)
    shown = [card for card in report.cards if card.commitments][:_MOST_LINES]
    lines = tuple(
        Line(shorten(normal(f"#{card.number} {card.title}"), _TITLE), _promised(report, card)) for card in shown
    )
    return Slide("commitments", words.COMMITMENTS_TITLE, lead, lines=lines, notes=notes)


def afternoon(report: Report, notes: tuple[str, ...]) -> Slide:
    later = facts.later_today(report)
    lines = tuple(
        Line(span(item.starts, item.ends), shorten(normal(item.title), _LINE)) for item in later[:_MOST_LATER]
    )
    wishes = report.session.people_with_wishes if report.session else 0
    lead = words.WISHED.format(people(wishes)) if wishes else "" if later else words.NOTHING_LATER
    return Slide("afternoon", words.AFTERNOON_TITLE, lead, lines=lines, notes=notes)


def _card(report: Report, card: ReportCard) -> SlideCard:
    if card.ready and card.due:
        state = f"{words.READY}: {card.next_step} ({brief_day(card.due)})"
    else:
        state = words.STILL_NEEDS.format(listed(card.missing[:_MOST_NEEDS]))
    sides = {side.key: facts.on_card(card, side.key) for side in report.event.sides}
    return SlideCard(
        number=card.number,
        title=shorten(normal(card.title), _CARD_TITLE),
        sides={key: _organisations(named) for key, named in sides.items()},
        state=shorten(normal(state), _LINE),
        ready=card.ready,
    )


def _organisations(named: tuple[str, ...]) -> str:
    return _and_more([normal(one) for one in named[:_MOST_ORGANISATIONS]], len(named)) or "–"


def _promised(report: Report, card: ReportCard) -> str:
    """Who confirmed on one card, owners first."""
    members = sorted(card.commitments, key=lambda one: not one.owner)
    named = [normal(f"{one.name} ({facts.role(report, one)})") for one in members[:_MOST_NAMES]]
    return _and_more(named, len(members))


def _and_more(named: list[str], of: int) -> str:
    told = shorten(", ".join(named), _LINE)
    return words.AND_MORE.format(told, of - len(named)) if of > len(named) else told


def _more(found: int, shown: int) -> str:
    return f", {words.MORE_ON_THE_LIST.format(found - shown)}" if found > shown else ""
