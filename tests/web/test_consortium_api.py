"""The routes of the cards: each says what shall be true of one person, and answers with what is the device's own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.live.served import Phone, Room, served_room
from workshop.domain.event import StepKind
from workshop.services import going_on

TAPS = (
    ("/live/join", {"idea": str(uuid4()), "role": "partner"}),
    ("/live/plan", {"idea": str(uuid4()), "next_step": "Meet", "due": "", "seen": 0}),
    ("/live/offer", {"idea": str(uuid4()), "kind": "fund", "offered": True}),
    ("/live/confirm", {"idea": str(uuid4()), "confirmed": True}),
    ("/live/wish", {"organisation": str(uuid4()), "wished": True}),
    ("/live/rate", {"stars": 5, "comment": ""}),
)


@pytest.fixture
def founding(tmp_path: Path) -> Iterator[tuple[Room, Phone, str]]:
    """A room whose only idea goes on, and the phone of its author."""
    with served_room(tmp_path) as room:
        room.open_step(StepKind.WRITE)
        phone = room.phone()
        idea = phone.write("An idea")
        room.open_step(StepKind.SHARE)
        phone.publish(idea)
        room.open_step(StepKind.REVEAL)
        going_on.pick(room.house.db, room.moderator, idea, seen=0)
        room.open_step(StepKind.CONSORTIUM)
        yield room, phone, str(idea)


def test_a_role_a_plan_and_a_commitment_are_said_and_read_again(founding: tuple[Room, Phone, str]) -> None:
    room, phone, idea = founding
    for _ in range(3):
        mine = phone.post("/live/join", idea=idea, role="lead").json()["people"][0]
        assert mine["cards"] == {idea: {"role": "lead", "confirmed": False, "changed": False}}
    answer = phone.post("/live/plan", idea=idea, next_step="Meet", due="2099-03-01", seen=0)
    assert answer.status_code == 200, answer.text
    assert phone.post("/live/plan", idea=idea, next_step="Call", due="", seen=0).status_code == 409
    room.open_step(StepKind.COMMIT)
    assert phone.post("/live/confirm", idea=idea, confirmed=True).json()["people"][0]["cards"][idea]["confirmed"]
    assert phone.post("/live/rate", stars=4, comment="Good").json()["people"][0]["rating"]["stars"] == 4
    assert phone.get("/live/commitments").json()["people"][0]["cards"][idea]["confirmed"] is True
    assert phone.post("/live/join", idea=idea, role=None).json()["people"][0]["cards"] == {}


def test_a_stranger_and_a_wrong_word_change_nothing(founding: tuple[Room, Phone, str]) -> None:
    room, phone, idea = founding
    stranger = room.stranger()
    for path, body in TAPS:
        answer = stranger.post(path, **body)
        assert (answer.status_code, "has not joined" in answer.json()["error"]) == (403, True)
    assert phone.post("/live/join", idea=idea, role="boss").status_code == 422
    assert phone.post("/live/offer", idea=idea, kind="sing", offered=True).status_code == 422
    assert phone.post("/live/plan", idea=idea, next_step="", due="tomorrow", seen=0).status_code == 422


def test_nobody_joins_for_somebody_else(founding: tuple[Room, Phone, str]) -> None:
    room, phone, idea = founding
    other = room.phone("Ben")
    assert other.badge
    answer = phone.post("/live/join", idea=idea, role="lead", person=str(other.badge.participant_id))
    assert answer.status_code == 403
    assert other.get("/live/commitments").json()["people"][0]["cards"] == {}


def test_on_a_tablet_people_say_who_they_are_and_see_all_of_theirs(founding: tuple[Room, Phone, str]) -> None:
    room, _, idea = founding
    shared, both = room.tablet("Cleo", "Dan")
    assert shared.post("/live/join", idea=idea, role="partner").status_code == 403, "somebody has to say who joins"
    answer = shared.post("/live/join", idea=idea, role="partner", person=both[1]).json()
    assert [bool(person["cards"]) for person in answer["people"]] == [False, True]
