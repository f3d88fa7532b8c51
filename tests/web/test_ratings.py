"""Ratings at the wire: typed, set and not added, and no average before the reveal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.served import Phone, Room, served_room
from workshop.domain.event import StepKind


@pytest.fixture
def rating(tmp_path: Path) -> Iterator[tuple[Room, list[Phone]]]:
    """A room that rates: six phones, the first has an idea on the board, the others are dealt it."""
    with served_room(tmp_path) as room:
        phones = [room.phone(f"Person {number}") for number in range(6)]
        room.open_step(StepKind.SHARE)
        phones[0].publish(phones[0].write("An idea"))
        room.open_step(StepKind.RATE)
        yield room, phones


def test_a_rating_says_what_shall_be_true_so_twice_is_once(rating: tuple[Room, list[Phone]]) -> None:
    _, (author, phone, *_) = rating
    (dealt,) = phone.get("/live/marks").json()["ideas"]
    assert author.get("/live/marks").json() == {"open": True, "ideas": []}
    assert (dealt["impact"], dealt["feasibility"], dealt["passed"]) == (None, None, False)
    said = {"id": dealt["id"], "impact": 4, "feasibility": None, "passed": False}
    for _ in range(2):
        answer = phone.post("/live/marks", idea=dealt["id"], impact=4, passed=False).json()
        assert answer == {"open": True, "ideas": [said]} == phone.get("/live/marks").json()
    assert phone.post("/live/marks", idea=dealt["id"], impact=6, passed=False).status_code == 422
    assert author.post("/live/marks", idea=dealt["id"], impact=5, passed=False).status_code == 404


@pytest.mark.parametrize("wrong", [{"impact": "4"}, {"impact": 4.5}, {"passed": 1}, {"idea": "x"}, {"mean": 3}])
def test_what_is_not_of_the_right_kind_is_refused(rating: tuple[Room, list[Phone]], wrong: dict[str, object]) -> None:
    _, (_, phone, *_) = rating
    (dealt,) = phone.get("/live/marks").json()["ideas"]
    assert phone.post("/live/marks", **{"idea": dealt["id"], "passed": False, **wrong}).status_code == 422


def test_no_average_is_on_any_wire_before_the_reveal(rating: tuple[Room, list[Phone]]) -> None:
    room, (_, *phones) = rating
    with phones[0].stream() as heard, room.stranger().stream(**{"as": "observer"}) as wall:
        for phone in phones:
            (dealt,) = phone.get("/live/marks").json()["ideas"]
            phone.post("/live/marks", idea=dealt["id"], impact=5, feasibility=1, passed=False)
        told = wall.topic("ratings", lambda data: data["answered"] == 5)
        assert told.keys() == {"topic", "revision", "answered", "dealt", "by_side"}
        assert "ratings" not in heard.topics()
        assert "results" not in heard.topics() + wall.topics()
        assert phones[0].get("/live/topic", topic="results").status_code == 403
        room.open_step(StepKind.REVEAL)
        (idea,) = heard.topic("results")["ratings"]
        assert (idea["impact"]["mean"], idea["feasibility"]["mean"], idea["raters"]) == (5, 1, 5)
        assert wall.topic("wall_picture")["picture"] == "ranking"
        assert "wall_picture" not in heard.topics()
