"""People: names for those who run the room, and for nobody else."""

from __future__ import annotations

import pytest

from tests.pages.conftest import House, shown
from workshop.services.access import Role


@pytest.mark.parametrize("role", ["organiser", "moderator", "helper"])
def test_who_runs_the_room_sees_who_is_in_it(house: House, role: Role) -> None:
    house.room.joins("Anna Berg")
    page = house.browser(role).opens("people")
    assert not page.exception
    assert "1 person in the room" in shown(page)
    assert len(page.dataframe) == 1


def test_must_not_happen_a_participant_reads_the_list(house: House) -> None:
    house.room.joins("Anna Berg")
    page = house.browser().opens("people")
    assert "This page is for the organiser" in shown(page)
    assert len(page.dataframe) == 0


def test_must_not_happen_a_helper_erases_somebody(house: House) -> None:
    house.room.joins("Anna Berg")
    page = house.browser("helper").opens("people")
    assert [button.label for button in page.button] == []
