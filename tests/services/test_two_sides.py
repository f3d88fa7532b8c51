"""13 voters of one side and 60 of the other: the larger side does not outvote the smaller, and both orders are told."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tests.services.room import Room
from tests.services.two_sides import CORRIDOR, WANTED_BY_BOTH, WANTED_BY_ONE, sixty_and_thirteen
from workshop.domain.report import Report
from workshop.reporting import exporters, pdf_charts, pdf_contents
from workshop.services import reports, topics, votes
from workshop.storage import Database
from workshop.ui import ranks, wall_results


@pytest.fixture(scope="module")
def room(db: Database) -> Room:
    room = Room(db)
    sixty_and_thirteen(room)
    return room


@pytest.fixture(scope="module")
def report(room: Room) -> Report:
    return reports.compile_report(room.db, room.organiser)


def body(room: Room, topic: str) -> dict[str, Any]:
    return topics.payload(room.db, room.id, topic).body


def test_the_balanced_order_is_another_one_than_the_raw_order(room: Room) -> None:
    ranking = votes.results(room.db, room.observer)
    assert dict(ranking.ballots) == {"eu": 60, "us": 13}
    raw, balanced = ([idea.number for idea in order] for order in (ranking.by_dots, ranking.two_sided))
    assert raw.index(1) < raw.index(2)
    assert balanced.index(2) < balanced.index(1)
    both = next(idea for idea in ranking.two_sided if idea.number == 2)
    assert (both.supporters, both.dots) == ({"eu": 30, "us": 9}, {"eu": 30, "us": 18})
    assert both.balanced == pytest.approx((30 / 60 * 9 / 13) ** 0.5)


def test_the_wall_shows_both_orders_with_every_share_and_its_base(room: Room) -> None:
    drawn = ranks.both(body(room, "results"), body(room, "room")["sides"])
    raw, balanced = drawn.split("By support of both sides")
    assert raw.index(WANTED_BY_ONE) < raw.index(WANTED_BY_BOTH)
    assert balanced.index(WANTED_BY_BOTH) < balanced.index(WANTED_BY_ONE)
    assert "<span>EU 30 of 60</span>" in balanced
    assert "<span>US 9 of 13</span>" in balanced
    assert "59 %" in balanced
    assert '<span class="rt-number">101</span>' in raw


def test_the_bridge_has_the_sides_left_and_right_with_the_balanced_score_between(room: Room) -> None:
    sheet = wall_results.drawn_bridge(body(room, "results"), body(room, "room")["sides"])
    words = {one.key: one for one in sheet.words}
    assert (words["2 eu count"].text, words["2 us count"].text) == ("30 of 60 · 50 %", "9 of 13 · 69 %")
    assert words["2 score"].text == "59 %"
    assert words["2 eu count"].x < words["2 score"].x < words["2 us count"].x
    assert "by dots" in words["2 dots"].text
    assert words["1 dots"].text == "place 2 by dots · 101 dots"
    assert words["2 title"].y < words["1 title"].y
    assert words["us name"].text == "United States · 13 ballots"


def test_every_report_holds_both_orders_and_the_counts(report: Report) -> None:
    told = json.loads(exporters["json"].render(report))["ranking"]
    assert told["ballots"] == {"eu": 60, "us": 13}
    orders = [[idea["number"] for idea in told[name]] for name in ("by_dots", "two_sided")]
    assert orders[0].index(1) < orders[0].index(2)
    assert orders[1].index(2) < orders[1].index(1)
    sheet = list(csv.DictReader(exporters["csv"].render(report).decode("utf-8-sig").splitlines()))
    both = next(row for row in sheet if row["title"] == WANTED_BY_BOTH)
    assert (both["US supporters"], both["US ballots"], both["EU dots"]) == ("9", "13", "30")


def test_the_pdf_shows_the_bridge_and_tells_it_to_who_listens(report: Report) -> None:
    drawn = pdf_charts.of_bridge(report)
    assert drawn is not None
    assert f"{WANTED_BY_BOTH}: 30 of 60 EU ballots, 9 of 13 US ballots, balanced 59%" in drawn["alt"]
    contents = pdf_contents.of(report)
    first = contents["orders"]["two_sided"][0]
    assert first["title"] == CORRIDOR
    assert [side["support"] for side in first["sides"]] == ["60 of 60", "13 of 13"]
    assert exporters["pdf"].render(report).startswith(b"%PDF")
