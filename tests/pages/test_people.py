"""People: names for those who run the room, and for nobody else."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, press, shown
from workshop.domain.event import StepKind
from workshop.services import people
from workshop.services.access import Role


@pytest.mark.parametrize("role", ["organiser", "moderator", "helper"])
def test_who_runs_the_room_sees_who_is_in_it(house: House, role: Role) -> None:
    house.room.joins("Anna Berg")
    page = house.browser(role).opens("people")
    assert not page.exception
    assert "1 person in the room" in shown(page)
    assert len(page.dataframe) == 1


def choose(page: AppTest, section: str) -> None:
    page.button_group[0].set_value(section).run()
    assert not page.exception


def test_a_helper_adds_somebody_without_a_phone(house: House) -> None:
    page = house.browser("helper").opens("people")
    choose(page, "Walk-ins")
    page.text_input(key="walk_in_name").input("Paul <b>Walker</b>")
    page.button_group(key="walk_in_side").set_value("eu")
    page.selectbox(key="walk_in_table").select_index(2)
    page.checkbox(key="walk_in_consent").check()
    press(page, "Add this person")
    assert "Paul &lt;b&gt;Walker&lt;/b&gt; is in the room, at Table 3." in shown(page)
    assert people.headcount(house.db, house.room.observer).people == 1


def test_a_helper_enters_cards_one_after_the_other(house: House) -> None:
    house.room.opens(StepKind.SHARE)
    page = house.browser("helper").opens("people")
    choose(page, "Paper cards")
    for title, told in (("Heat", "#1 “Heat” is on the board."), ("Heat", "was there already as #1"), ("Wind", "#2")):
        page.text_input(key="card_title").input(title)
        press(page, "Add card")
        assert told in shown(page)


def test_a_helper_counts_votes_on_paper_and_reads_what_does_not_fit(house: House) -> None:
    anna = house.room.joins("Anna Berg")
    page = house.browser("helper").opens("people")
    choose(page, "Votes on paper")
    assert "entered from the step “Vote”" in shown(page)
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, "Heat", published=True)
    house.room.opens(StepKind.VOTE)
    page.run()
    page.number_input[0].set_value(1)
    page.text_area[0].input("1 3")
    press(page, "Save this count")
    assert "#1 has 3 dots, but 1 ballot can give one idea 2 at most" in shown(page)
    page.text_area[0].input("1 2")
    press(page, "Save this count")
    assert "European Union: 1 ballot counted by hand, with 2 dots, on #1" in shown(page)


def test_must_not_happen_an_organiser_alone_counts_votes(house: House) -> None:
    page = house.browser("organiser").opens("people")
    assert page.button_group[0].options == ["People", "Walk-ins"]


def test_must_not_happen_a_participant_reads_the_list(house: House) -> None:
    house.room.joins("Anna Berg")
    page = house.browser().opens("people")
    assert "This page is for the organiser" in shown(page)
    assert len(page.dataframe) == 0


def test_must_not_happen_a_helper_erases_somebody(house: House) -> None:
    house.room.joins("Anna Berg")
    page = house.browser("helper").opens("people")
    assert [button.label for button in page.button] == []
