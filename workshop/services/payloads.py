"""What stands in each topic: plain values, ready to be sent. Text stays plain text; screens set it as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from workshop.domain import hand_count, permissions
from workshop.domain.build import ShownBuild
from workshop.domain.credit import line_of
from workshop.domain.idea import ShownIdea
from workshop.domain.introduction import LineKind
from workshop.domain.rating import FEWEST_RATERS, Estimate, RatedIdea, foremost
from workshop.domain.room import WorkshopView
from workshop.services import (
    card_payloads,
    presence,
    readiness,
    shown,
    shown_builds,
    shown_people,
    shown_ratings,
    wall_pictures,
)
from workshop.services.routing import Holder
from workshop.services.shown_builds import Card
from workshop.storage import Session
from workshop.storage import people as people_rows
from workshop.storage import ready as ready_rows
from workshop.storage import room_tables as table_rows

Body = dict[str, Any]

_NEWEST = 3
"""Offers, and needs, that the wall shows while people write them."""


def room(_session: Session, view: WorkshopView) -> Body:
    """The step and all that a screen needs to know of the event; `topics.moment` adds the clock."""
    event = view.event
    return {
        "workshop": event.title,
        "code": view.code,
        "step": card_payloads.step(view, view.state.step_key),
        "status": view.state.status,
        "version": view.state.version,
        "sees": sorted(permissions.sees(event, view.state)),
        "sides": [
            {"key": side.key, "name": side.name, "short": side.short, "colour": side.colour, "shape": side.shape}
            for side in event.sides
        ],
        "limits": {
            "ideas": event.limits.ideas_per_person,
            "published": event.limits.published_per_table,
            "builds": event.limits.builds_per_person,
            "seats_per_table": event.limits.seats_per_table,
            "dots": event.limits.dots,
            "dots_per_idea": event.limits.dots_per_idea,
        },
    }


def people(session: Session, view: WorkshopView) -> Body:
    """Who is in the room, in numbers: no name is in it."""
    headcount = people_rows.headcount(session, view.id)
    return {
        "people": headcount.people,
        "by_side": headcount.by_side,
        "tables": [
            {
                "id": table.id,
                "number": table.number,
                "name": table.name,
                "seated": table.seated,
                "by_side": table.by_side,
            }
            for table in table_rows.tables(session, view.id)
        ],
    }


def introductions(session: Session, view: WorkshopView) -> Body:
    """How many offers and needs there are, and the newest of each."""
    told = shown_people.offers_and_needs(session, view)
    newest = {kind: [line for line in told if line.kind is kind][-_NEWEST:][::-1] for kind in LineKind}
    return {
        "written": shown_people.written(session, view),
        "offers": sum(line.kind is LineKind.OFFER for line in told),
        "needs": sum(line.kind is LineKind.NEED for line in told),
        "newest": [
            {"kind": line.kind, "text": line.text, "side": line.side, "credit": line.credit.line}
            for kind in (LineKind.OFFER, LineKind.NEED)
            for line in newest[kind]
        ],
    }


def counters(session: Session, view: WorkshopView) -> Body:
    """How many ideas there are, by table and sector: nothing of what they say."""
    return asdict(shown.counters(session, view))


def ready(session: Session, view: WorkshopView) -> Body:
    """How many are ready in the present step, in the room and at each table."""
    lights = readiness.of_room(session, view)
    return {
        "asked": lights.asked,
        "ready": lights.ready,
        "of": lights.of,
        "tables_ready": lights.on,
        "tables": len(lights.tables),
        "by_table": [{"id": light.table_id, "ready": light.ready, "of": light.of} for light in lights.tables],
    }


def present(session: Session, view: WorkshopView) -> Body:
    """How many devices of each table are connected, and when the table was heard last."""
    tables = presence.of_room(session, view)
    return {
        "by_table": [
            {"id": table.table_id, "devices": table.devices, "connected": table.connected, "heard_at": table.heard_at}
            for table in tables
        ]
    }


def ready_at(session: Session, view: WorkshopView, table_id: UUID) -> Body:
    """How many at one table are ready, step by step: a phone has it before its step opens and after one goes back."""
    return {
        "table_id": table_id,
        "ready": ready_rows.at_table(session, view.id, table_id),
        "of": table_rows.seated(session, view.id, table_id),
    }


def board(session: Session, view: WorkshopView) -> Body:
    """The ideas that tables have published."""
    counted = shown_builds.counted(session, view)
    ideas = shown.board(session, view)
    return {"ideas": [_idea(view, idea) | {"added": shown_builds.added_to(idea, counted)} for idea in ideas]}


def of_table(session: Session, view: WorkshopView, table_id: UUID) -> Body:
    """The ideas of one table, published or not yet."""
    table = shown.of_table(session, view, table_id)
    return {
        "table_id": table.table_id,
        "name": table.name,
        "ideas": [_idea(view, idea) for idea in table.ideas],
        "published": table.published,
        "published_limit": table.published_limit,
    }


def builds(session: Session, view: WorkshopView) -> Body:
    """How far the room has read, idea by idea, and what was added to them: numbers, and the newest words."""
    seen = shown_builds.coverage(session, view)
    return {
        "aim": seen.aim,
        "enough": seen.enough,
        "of": len(seen.ideas),
        "note": seen.note,
        "ideas": [asdict(idea) for idea in seen.ideas],
        "by_kind": seen.by_kind,
        "newest": [{"number": each.number, "title": each.title, **_build(each.build)} for each in seen.newest],
    }


def hand(session: Session, view: WorkshopView, table_id: UUID) -> Body:
    """What one table has to read and has read, and what others added to its own ideas."""
    return {"table_id": table_id, **hand_of(session, view, Holder(table_id, is_table=True))}


def hand_of(session: Session, view: WorkshopView, holder: Holder) -> Body:
    """The same for whoever has a hand, a person without a table too."""
    seen = shown_builds.hand(session, view, holder)
    return {
        "number": seen.number,
        "ideas": [_card(view, card) for card in seen.cards],
        "earlier": [_card(view, card) for card in seen.earlier],
        "received": [
            {"number": card.idea.number, "title": card.idea.title, "readers": card.readers, "builds": _builds(card)}
            for card in seen.received
        ],
        "passed_on": seen.passed_on,
    }


def themes(session: Session, view: WorkshopView) -> Body:
    """The themes with the numbers of their ideas, and each idea's title once: a phone needs no board for them."""
    from workshop.services import shown_themes  # noqa: PLC0415  heavy: it must not delay the start

    board = shown_themes.of(session, view)
    if board is None:
        return {"draft": True, "themes": [], "not_sure": [], "titles": {}}
    every = [*board.not_sure, *(idea for theme in board.themes for idea in theme.ideas)]
    return {
        "draft": board.draft,
        "themes": [
            {
                "id": theme.id,
                "name": theme.name,
                "subtitle": theme.subtitle,
                "colour": theme.colour,
                "ideas": [idea.number for idea in theme.ideas],
            }
            for theme in board.themes
        ],
        "not_sure": [idea.number for idea in board.not_sure],
        "titles": {idea.number: idea.title for idea in every},
    }


def turnout(session: Session, view: WorkshopView) -> Body:
    """How many have voted, by side."""
    return asdict(shown.turnout(session, view))


def ratings(session: Session, view: WorkshopView) -> Body:
    """How much is rated, by side: nothing of what is said."""
    return asdict(shown_ratings.turnout(session, view))


def results(session: Session, view: WorkshopView) -> Body:
    """Both orders of the same votes with the counts behind each share, and what the raters say."""
    ranking = shown.results(session, view)
    titles = {idea.number: idea.title for idea in shown.board(session, view)}
    rated = foremost(shown_ratings.results(session, view), ranking.best_first)
    return {
        "raw": [
            {
                "rank": idea.dots_rank,
                "number": idea.number,
                "title": titles.get(idea.number, ""),
                "dots": idea.total_dots,
                "by_side": dict(idea.dots),
                "by_hand": hand_count.label(ranking.by_hand.on(idea.number)),
                "supporters_by_side": dict(idea.supporters),
                "two_sided_rank": idea.two_sided_rank,
            }
            for idea in ranking.by_dots
        ],
        "two_sided": [
            {
                "rank": idea.two_sided_rank,
                "number": idea.number,
                "title": titles.get(idea.number, ""),
                "score": idea.balanced,
                "share_by_side": dict(idea.shares),
                "supporters_by_side": dict(idea.supporters),
                "dots": idea.total_dots,
                "dots_rank": idea.dots_rank,
                "by_hand": hand_count.label(ranking.by_hand.on(idea.number)),
            }
            for idea in ranking.two_sided
        ],
        "ballots_by_side": dict(ranking.ballots),
        "by_hand": hand_count.ballots_label(sum(ranking.by_hand.ballots.values())),
        "fewest_raters": FEWEST_RATERS,
        "ratings": [_rated(idea, titles.get(idea.number, "")) for idea in rated],
    }


def wall_picture(session: Session, view: WorkshopView) -> Body:
    """Which picture of the results stands on the wall."""
    return {"picture": wall_pictures.of(session, view)}


def _rated(idea: RatedIdea, title: str) -> Body:
    return {
        "number": idea.number,
        "title": title,
        "raters": idea.raters,
        "passed": idea.passed,
        "impact": _estimate(idea.impact),
        "feasibility": _estimate(idea.feasibility),
    }


def _estimate(found: Estimate | None) -> Body | None:
    return None if found is None else asdict(found)


def _idea(view: WorkshopView, idea: ShownIdea) -> Body:
    return {
        "id": idea.id,
        "number": idea.number,
        "title": idea.title,
        "pitch": idea.pitch,
        "sectors": [view.event.sector(key).name for key in idea.sectors],
        "side": idea.side,
        "brings": dict(idea.brings),
        "still_needed": idea.still_needed,
        "credit": line_of(idea.credits),
        "published": idea.published,
    }


def _card(view: WorkshopView, card: Card) -> Body:
    return {**_idea(view, card.idea), "read": card.read, "builds": _builds(card)}


def _builds(card: Card) -> list[Body]:
    return [_build(build) for build in card.builds]


def _build(build: ShownBuild) -> Body:
    return {
        "id": build.id,
        "kind": build.kind,
        "text": build.text,
        "fix": build.fix,
        "side": build.side,
        "credit": build.credit.line,
    }


BY_TOPIC: Mapping[str, Callable[[Session, WorkshopView], Body]] = {
    "room": room,
    "people": people,
    "introductions": introductions,
    "counters": counters,
    "ready": ready,
    "presence": present,
    "board": board,
    "builds": builds,
    "themes": themes,
    "turnout": turnout,
    "ratings": ratings,
    "results": results,
    "wall_picture": wall_picture,
    "consortium": card_payloads.consortium,
    "pitch": card_payloads.pitched,
    "wall": card_payloads.wall,
}

BY_TABLE: Mapping[str, Callable[[Session, WorkshopView, UUID], Body]] = {
    "table": of_table,
    "ready_at": ready_at,
    "hand": hand,
}
