"""The closing deck as values: seven or eight slides that every format draws in its own way.

Each has its speaker notes. While its facts are still to come a slide says so: the deck must be ready at any second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop.domain import hand_count
from workshop.domain.report import Report
from workshop.domain.report_cards import ReportCard
from workshop.domain.text import normal, shorten
from workshop.reporting import closing_text, facts, pdf_charts, pdf_map, pdf_votes, slide_charts, words
from workshop.reporting.slide_charts import Chart
from workshop.reporting.words import brief_day, count, listed, people, span

_MOST_CARDS, _MOST_LATER, _MOST_NAMES, _MOST_ORGANISATIONS = 8, 6, 3, 2
_TITLE, _LINE = 78, 120
_MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SlideCard:
    """A consortium on a slide: organisations by side key, and a line that says whether it is ready."""

    number: int
    title: str
    sides: Mapping[str, str]
    state: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Line:
    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: some of figures, charts, cards, lines and a picture. ``lead`` stands under the title.

    ``picture`` is the theme map, or ``sheet`` a chart of `workshop.drawing`, coloured, each with its ``alt``.
    Every text is in its normal form, on one line.
    """

    key: str
    title: str
    lead: str = ""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    cards: tuple[SlideCard, ...] = ()
    lines: tuple[Line, ...] = ()
    picture: Mapping[str, Any] | None = None
    sheet: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()


def of(report: Report) -> tuple[Slide, ...]:
    """The deck. The first slide carries title, date and place of the event in its lead."""
    notes = closing_text.of(report)
    return (
        Slide("numbers", words.NUMBERS_TITLE, _event(report), figures=_figures(report), notes=notes["numbers"]),
        _map(report, notes["map"]),
        _themes(report, notes["themes"]),
        _orders(report, notes["orders"]),
        *_ratings(report, notes["ratings"]),
        _consortia(report, notes["consortia"]),
        _commitments(report, notes["commitments"]),
        _afternoon(report, notes["afternoon"]),
    )


def _event(report: Report) -> str:
    event = report.event
    where = ", ".join(dict.fromkeys((event.venue.name, event.venue.city)))
    told = " · ".join((shorten(normal(event.title), _LINE), brief_day(event.date), normal(where)))
    return f"{words.REHEARSAL} {told}" if report.rehearsal else told


def _figures(report: Report) -> tuple[Figure, ...]:
    voted = {one.side: one.voted for one in report.turnout}
    found = [
        Figure(str(len(report.participants)), words.PEOPLE, facts.by_side(report, facts.people_by_side(report))),
        Figure(str(len(report.ideas)), words.IDEAS, facts.by_side(report, facts.ideas_by_side(report))),
        Figure(str(len(report.themes)), words.THEMES),
        Figure(str(sum(voted.values())), words.BALLOTS, facts.by_side(report, voted)),
    ]
    if report.cards:
        ready = sum(card.ready for card in report.cards)
        found.append(Figure(str(len(report.cards)), words.CONSORTIA, words.READY_COUNT.format(ready)))
    promised = facts.commitments(report)
    if promised:
        sides = {side.key: sum(one.member.side == side.key for one in promised) for side in report.event.sides}
        found.append(Figure(str(len(promised)), words.COMMITMENTS, facts.by_side(report, sides)))
    return tuple(found)


def _map(report: Report, notes: tuple[str, ...]) -> Slide:
    picture = pdf_map.of(report)
    if picture is None:
        return Slide("map", words.MAP_TITLE, words.NO_THEMES, notes=notes)
    return Slide("map", words.MAP_TITLE, picture["sized"], picture=picture, notes=notes)


def _themes(report: Report, notes: tuple[str, ...]) -> Slide:
    charts = slide_charts.themes(report)
    return Slide("themes", words.THEMES_TITLE, "" if charts else words.NO_THEMES, charts=charts, notes=notes)


def _orders(report: Report, notes: tuple[str, ...]) -> Slide:
    charts = slide_charts.orders(report)
    if report.ranking is None:
        lead = words.VOTES_HIDDEN
    else:
        by_hand = sum(report.ranking.by_hand.ballots.values())
        told = words.BESIDE_BY_HAND.format(hand_count.ballots_label(by_hand)) if by_hand else ""
        lead = " ".join(filter(None, (pdf_votes.silence(report, report.ranking), told)))
    return Slide("orders", words.ORDERS_TITLE, lead, charts=charts, notes=notes)


def _ratings(report: Report, notes: tuple[str, ...]) -> tuple[Slide, ...]:
    """The plane of impact and feasibility; no slide in a room that rates nothing."""
    drawn = pdf_charts.of_ratings(report)
    return (Slide("ratings", words.RATINGS_TITLE, sheet=drawn, notes=notes),) if drawn else ()


def _consortia(report: Report, notes: tuple[str, ...]) -> Slide:
    if not report.cards:
        return Slide("consortia", words.CONSORTIA_TITLE, words.NO_CARDS, notes=notes)
    ready = sum(card.ready for card in report.cards)
    lead = words.READY_OF.format(ready=ready, of=len(report.cards)) + _more(len(report.cards), _MOST_CARDS)
    cards = tuple(_card(report, card) for card in report.cards[:_MOST_CARDS])
    return Slide("consortia", words.CONSORTIA_TITLE, lead, cards=cards, notes=notes)


def _card(report: Report, card: ReportCard) -> SlideCard:
    if card.ready and card.due:
        state = f"{words.READY}: {card.next_step} ({brief_day(card.due)})"
    else:
        state = words.STILL_NEEDS.format(listed(card.missing[:_MOST_NEEDS]))
    sides = {side.key: facts.on_card(card, side.key) for side in report.event.sides}
    return SlideCard(
        number=card.number,
        title=shorten(normal(card.title), _TITLE),
        sides={key: _organisations(named) for key, named in sides.items()},
        state=shorten(normal(state), _LINE),
        ready=card.ready,
    )


def _organisations(named: tuple[str, ...]) -> str:
    return _and_more([normal(one) for one in named[:_MOST_ORGANISATIONS]], len(named)) or "–"


def _commitments(report: Report, notes: tuple[str, ...]) -> Slide:
    found = facts.commitments(report)
    if not found:
        return Slide("commitments", words.COMMITMENTS_TITLE, words.NO_COMMITMENTS, notes=notes)
    lead = count(len(found), "confirmed role")
    shown = [card for card in report.cards if card.commitments][:_MOST_CARDS]
    lines = tuple(
        Line(shorten(normal(f"#{card.number} {card.title}"), _TITLE), _promised(report, card)) for card in shown
    )
    return Slide("commitments", words.COMMITMENTS_TITLE, lead, lines=lines, notes=notes)


def _promised(report: Report, card: ReportCard) -> str:
    """Who confirmed on one card, owners first."""
    members = sorted(card.commitments, key=lambda one: not one.owner)
    named = [normal(f"{one.name} ({facts.role(report, one)})") for one in members[:_MOST_NAMES]]
    return _and_more(named, len(members))


def _and_more(named: list[str], of: int) -> str:
    told = shorten(", ".join(named), _LINE)
    return words.AND_MORE.format(told, of - len(named)) if of > len(named) else told


def _afternoon(report: Report, notes: tuple[str, ...]) -> Slide:
    later = facts.later_today(report)
    lines = tuple(
        Line(span(item.starts, item.ends), shorten(normal(item.title), _LINE)) for item in later[:_MOST_LATER]
    )
    wishes = report.session.people_with_wishes if report.session else 0
    lead = words.WISHED.format(people(wishes)) if wishes else "" if later else words.NOTHING_LATER
    return Slide("afternoon", words.AFTERNOON_TITLE, lead, lines=lines, notes=notes)


def _more(found: int, shown: int) -> str:
    return f", {words.MORE_ON_THE_LIST.format(found - shown)}" if found > shown else ""
