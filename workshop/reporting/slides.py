"""The closing deck as values: seven or eight slides that every format draws in its own way.

Each has its speaker notes. While its facts are still to come a slide says so: the deck must be ready at any second.
"""

from __future__ import annotations

from workshop.domain import hand_count
from workshop.domain.report import Report
from workshop.domain.text import normal, shorten
from workshop.reporting import (
    closing_text,
    facts,
    pdf_votes,
    pictures,
    slide_charts,
    slides_of_people,
    words,
)
from workshop.reporting.slide import Figure, Slide
from workshop.reporting.words import brief_day

_LINE = 120


def of(report: Report) -> tuple[Slide, ...]:
    """The deck. The first slide carries title, date and place of the event in its lead."""
    notes = closing_text.of(report)
    return (
        Slide("numbers", words.NUMBERS_TITLE, _event(report), figures=_figures(report), notes=notes["numbers"]),
        _map(report, notes["map"]),
        _themes(report, notes["themes"]),
        _orders(report, notes["orders"]),
        *_ratings(report, notes["ratings"]),
        slides_of_people.consortia(report, notes["consortia"]),
        slides_of_people.commitments(report, notes["commitments"]),
        slides_of_people.afternoon(report, notes["afternoon"]),
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
    picture = pictures.theme_map(report)
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
    drawn = pictures.ratings(report)
    return (Slide("ratings", words.RATINGS_TITLE, sheet=drawn, notes=notes),) if drawn else ()
