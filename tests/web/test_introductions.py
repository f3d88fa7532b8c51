"""The warm-up at the wire: typed, set as a whole, for one's own only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.served import Room, served_room
from workshop.domain.event import StepKind

SAID = {"offers": ["A test site"], "needs": ["Money"], "place": "Maine"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


def test_an_introduction_says_what_shall_be_true_so_twice_is_once(room: Room) -> None:
    phone = room.phone()
    assert phone.post("/live/introduction", **SAID).status_code == 403, "not before the warm-up"
    room.open_step(StepKind.WARM_UP)
    answers = [phone.post("/live/introduction", **SAID).json() for _ in range(3)]
    assert answers == [{**SAID, "draft": None, "most": 3, "open": True}] * 3
    assert phone.get("/live/introduction").json() == answers[0]


def test_a_draft_comes_back_with_what_is_saved(room: Room) -> None:
    phone = room.phone()
    room.open_step(StepKind.WARM_UP)
    typed = {"offers": ["Half a sen"], "needs": [""], "place": ""}
    phone.post("/live/draft", slot="introduction", body=typed)
    told = phone.get("/live/introduction").json()
    assert (told["offers"], told["draft"]) == ([], typed)


@pytest.mark.parametrize("wrong", [{"offers": "One"}, {"needs": [1]}, {"place": None}, {"most": 9}])
def test_what_is_not_of_the_right_kind_is_refused(room: Room, wrong: dict[str, object]) -> None:
    room.open_step(StepKind.WARM_UP)
    assert room.phone().post("/live/introduction", **{**SAID, **wrong}).status_code == 422


def test_nobody_introduces_somebody_else(room: Room) -> None:
    room.open_step(StepKind.WARM_UP)
    ada, ben = room.phone("Ada"), room.phone("Ben")
    assert ben.badge
    assert ada.post("/live/introduction", person=str(ben.badge.participant_id), **SAID).status_code == 403


def test_a_wall_is_sent_the_newest_lines_without_a_name_and_a_phone_nothing(room: Room) -> None:
    phone = room.phone("Ada Lovelace")
    room.open_step(StepKind.WARM_UP)
    with phone.stream() as heard, room.stranger().stream(**{"as": "observer"}) as wall:
        heard.topic("room", lambda data: data["step"]["kind"] == "warm_up")
        phone.post("/live/introduction", **SAID)
        told = wall.topic("introductions", lambda data: data["offers"] == 1)
        assert [(line["kind"], line["text"], line["credit"]) for line in told["newest"]] == [
            ("offer", "A test site", "Table 1"),
            ("need", "Money", "Table 1"),
        ]
        assert "Lovelace" not in wall.wire
        assert "Maine" not in wall.wire
        assert "A test site" not in heard.wire
