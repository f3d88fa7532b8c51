"""The start page: a code, a form, a seat."""

from __future__ import annotations

from tests.pages.conftest import House, shown
from workshop.services import people, workshops


def code_of(house: House) -> str:
    return workshops.of(house.db, house.room.observer).code


def test_without_a_code_the_page_asks_for_it(house: House) -> None:
    page = house.browser().opens("join")
    assert not page.exception
    assert [field.label for field in page.text_input] == ["Room code"]


def test_with_the_code_of_the_qr_the_form_is_there_at_once(house: House) -> None:
    page = house.browser().opens("join", {"code": code_of(house)})
    assert not page.exception
    assert "Your name, or a pseudonym" in [field.label for field in page.text_input]
    assert "erased after 30 days" in shown(page)


def test_filled_in_and_sent_the_form_makes_a_person(house: House) -> None:
    page = house.browser().opens("join", {"code": code_of(house)})
    page.text_input[0].input("Anna Berg")
    page.button_group[0].set_value("eu")
    page.selectbox[1].select_index(1)
    page.checkbox[0].check()
    page.button[0].click().run()
    assert not page.exception
    assert [person.name for person in people.roster(house.db, house.room.organiser)] == ["Anna Berg"]


def test_whoever_scans_the_card_of_a_table_finds_it_chosen_while_it_has_a_seat(house: House) -> None:
    page = house.browser().opens("join", {"code": code_of(house), "table": "4"})
    assert page.selectbox[1].value == house.room.tables[3]
    for number in range(10):
        house.room.joins(f"Person {number}", table=3)
    full = house.browser().opens("join", {"code": code_of(house), "table": "4"})
    assert full.selectbox[1].value is None


def test_a_table_stays_chosen_while_others_sit_down_in_the_room(house: House) -> None:
    page = house.browser().opens("join", {"code": code_of(house)})
    page.text_input[0].input("Anna Berg")
    page.button_group[0].set_value("eu")
    page.selectbox[1].select_index(1)
    page.checkbox[0].check()
    house.room.joins("Somebody faster", table=1)
    house.room.joins("Somebody elsewhere", table=0)
    page.button[0].click().run()
    assert "Choose the table" not in shown(page)
    assert {person.name for person in people.roster(house.db, house.room.organiser)} > {"Anna Berg"}


def test_must_not_happen_somebody_joins_without_agreeing_to_the_notice(house: House) -> None:
    page = house.browser().opens("join", {"code": code_of(house)})
    page.text_input[0].input("Anna Berg")
    page.button_group[0].set_value("eu")
    page.selectbox[1].select_index(1)
    page.button[0].click().run()
    assert "read the notice" in shown(page)
    assert people.roster(house.db, house.room.organiser) == ()


def test_must_not_happen_a_wrong_code_opens_a_room(house: House) -> None:
    page = house.browser().opens("join", {"code": "WRONG2"})
    assert "There is no room with this code" in shown(page)
    assert len(page.text_input) == 0


def test_must_not_happen_a_browser_without_our_cookie_gets_in(house: House) -> None:
    browser = house.browser()
    browser.cookies = {"roundtable_device": "forged.signature"}
    page = browser.opens("join", {"code": code_of(house)})
    assert "refused our cookie" in shown(page)
    assert len(page.text_input) == 0
