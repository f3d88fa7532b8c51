"""Latecomers: whoever joins, in whichever step, is at once where the room is."""

from __future__ import annotations

import pytest

from tests.services.room import Room
from workshop.domain.event import OPEN_ENDED_KINDS, StepKind
from workshop.services import phone, topics, workshops


@pytest.mark.parametrize("kind", StepKind)
def test_whoever_joins_in_any_step_sees_that_step(room: Room, kind: StepKind) -> None:
    if kind is not StepKind.ARRIVE:
        room.opens(StepKind.WRITE)
    if kind not in {StepKind.ARRIVE, StepKind.WRITE}:
        room.opens(kind)
    late = room.joins("Late Lee")
    view = workshops.of(room.db, late)
    assert topics.ROOM in topics.visible(late, view)
    assert topics.payload(room.db, room.id, topics.ROOM).body["step"]["kind"] == kind
    told = phone.me(room.db, late)["late"]
    assert told["step"] == room.state.step_key
    if kind not in OPEN_ENDED_KINDS | {StepKind.WARM_UP, StepKind.WRITE}:
        assert told["sentence"].startswith("You joined late.")


def test_whoever_was_there_is_not_called_late_and_a_tablet_never_is(room: Room) -> None:
    anna = room.joins("Anna")
    tablet, _ = room.tablet("Bo", table=1)
    room.opens(StepKind.WRITE)
    room.opens(StepKind.SHARE)
    assert phone.me(room.db, anna)["late"]["sentence"] == ""
    assert phone.me(room.db, tablet)["late"] is None
