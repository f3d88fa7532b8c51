"""The desk: for the moderator only, and one tap is one step."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, shown
from workshop.domain.event import StepKind


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def test_the_moderator_opens_the_next_step(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    assert not page.exception
    press(page, "Open next step")
    assert house.room.state.version == 1
    assert "Write alone" in shown(page)


def test_a_wrong_step_is_undone(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    before = house.room.state.step_key
    press(page, "Open next step")
    press(page, "Undo the last change")
    assert house.room.state.step_key == before


def test_a_second_moderator_who_was_faster_is_named(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.WRITE)
    press(page, "Open next step")
    assert "changed a moment ago" in shown(page)
    assert house.room.state.version == 1


def test_must_not_happen_a_participant_opens_the_desk(house: House) -> None:
    page = house.browser().opens("desk")
    assert "This page is for the moderator" in shown(page)
    assert [button.label for button in page.button] == []


def test_must_not_happen_the_organiser_takes_the_helm(house: House) -> None:
    page = house.browser("organiser").opens("desk")
    assert "This page is for the moderator" in shown(page)


def test_must_not_happen_the_desk_sees_the_tally_before_the_reveal(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.VOTE)
    page.button_group[0].set_value("Votes").run()
    assert not page.exception
    assert "Nobody sees how the votes stand" in shown(page)
