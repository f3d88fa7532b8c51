"""What stands in the PDF, as strings and lengths: sentences and figures are made here, the template places them."""

from __future__ import annotations

from typing import Any

from workshop.domain.event import Anonymity, Venue
from workshop.domain.report import Report, ReportTheme
from workshop.reporting import (
    closing_text,
    pdf_boxes,
    pdf_charts,
    pdf_ideas,
    pdf_map,
    pdf_opinions,
    pdf_people,
    pdf_votes,
    words,
)
from workshop.reporting.glyphs import families, heading, printable
from workshop.reporting.words import count, day, names_shown, span


def of(report: Report) -> dict[str, Any]:
    """Return the contents with every string made printable."""
    contents = _contents(report)
    printed: dict[str, Any] = _printable(contents)
    return printed | {"words": words.PAPER, "boxes": pdf_boxes.of(contents), "fonts": list(families())}


def _contents(report: Report) -> dict[str, Any]:
    return {
        **_title_page(report),
        "orders": pdf_votes.orders(report),
        "bridge": pdf_charts.of_bridge(report),
        "ratings": pdf_charts.of_ratings(report),
        "opinions": pdf_opinions.of(report),
        "summary": list(closing_text.summary(report)),
        "going_on": pdf_people.going_on(report),
        "themes": _themes(report),
        "map": pdf_map.of(report),
        "ideas_by_theme": pdf_ideas.by_theme(report, with_unsure(report)),
        "offers_and_needs": pdf_people.offers_and_needs(report),
        "origins": pdf_people.origins(report),
        "participation": pdf_people.participation(report),
        "people": _people(report),
        "agenda": [
            {"when": span(item.starts, item.ends), "title": item.title, "speakers": "; ".join(item.speakers)}
            for item in report.event.agenda
        ],
        "prompts": [prompt.text for prompt in report.event.prompts],
        "log_head": report.log_head,
    }


def _title_page(report: Report) -> dict[str, Any]:
    event, local = report.event, report.compiled_local
    return {
        "paper": list(event.paper.millimetres),
        "title": heading(event.title),
        "event": event.name,
        "host": event.host,
        "when": f"{day(event.date)}, {span(event.starts, event.ends)}",
        "where": _address(event.venue),
        "code": report.code,
        "compiled": f"{day(local.date())}, {local:%H:%M} {local.tzname()}",
        "step": report.step,
        "names_shown": names_shown(report.anonymity),
        "rehearsal": report.rehearsal,
        "kept_back": words.KEPT_BACK.format(count(report.kept_back, words.AN_IDEA)) if report.kept_back else "",
        "sides": [
            {"name": side.name, "short": side.short, "colour": side.colour, "shape": side.shape} for side in event.sides
        ],
        "figures": _figures(report),
        "votes": None if report.ranking is None else pdf_votes.silence(report, report.ranking),
        "by_hand": "" if report.ranking is None else pdf_votes.by_hand(report.ranking),
    }


def _address(venue: Venue) -> str:
    """Return the address on one line; a place that is known by its street says it once."""
    return ", ".join(filter(None, dict.fromkeys((venue.name, venue.street, venue.city, venue.country))))


def _figures(report: Report) -> list[dict[str, str]]:
    short = {side.key: side.short for side in report.event.sides}
    joined = ", ".join(f"{sum(one.side == key for one in report.participants)} {name}" for key, name in short.items())
    voted = ", ".join(f"{short.get(one.side, one.side)} {one.voted} of {one.of}" for one in report.turnout)
    ballots = sum(one.voted for one in report.turnout)
    in_themes = words.IN_THEMES.format(count(len(report.themes), words.A_THEME))
    return [
        {"value": str(len(report.participants)), "label": words.PEOPLE, "detail": joined},
        {"value": str(len(report.ideas)), "label": words.IDEAS, "detail": in_themes},
        {"value": str(ballots), "label": words.BALLOTS, "detail": voted or words.NONE_YET},
    ]


def with_unsure(report: Report) -> tuple[ReportTheme, ...]:
    """Return the themes, largest first, and at the end the ideas that none holds, if there are any."""
    themes = sorted(report.themes, key=lambda theme: (-len(theme.ideas), theme.name))
    if not report.without_theme:
        return tuple(themes)
    if not themes:
        return (ReportTheme("", words.NO_THEMES_YET, report.without_theme),)
    return (*themes, ReportTheme("", words.NOT_SURE_YET, report.without_theme, words.OUTSIDE_THEMES))


def _themes(report: Report) -> list[dict[str, Any]]:
    themes, votes = with_unsure(report), report.votes
    largest = max((len(theme.ideas) for theme in themes), default=1)
    return [
        {
            "name": theme.name,
            "subtitle": theme.subtitle,
            "colour": pdf_ideas.hue(theme.colour),
            "count": str(len(theme.ideas)),
            "share": len(theme.ideas) / largest,
            "dots": [
                str(sum(votes[number].dots[side.key] for number in theme.ideas if number in votes))
                for side in report.event.sides
            ],
        }
        for theme in themes
    ]


def _people(report: Report) -> list[dict[str, Any]]:
    """Return the people by table; nobody where the level shows no person."""
    if report.anonymity is Anonymity.ANONYMOUS:
        return []
    sides = {side.key: side.short for side in report.event.sides}
    sectors = {sector.key: sector.name for sector in report.event.sectors}
    tables: dict[str, list[dict[str, str]]] = {}
    for person in report.participants:
        tables.setdefault(person.table or words.NO_TABLE, []).append(
            {
                "name": person.name or "",
                "organisation": person.organisation or "",
                "side": sides.get(person.side, person.side),
                "sectors": ", ".join(sectors.get(key, key) for key in person.sectors),
            }
        )
    return [{"table": heading(table), "people": people} for table, people in tables.items()]


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value
