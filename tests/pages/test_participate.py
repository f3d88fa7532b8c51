"""The phone: a form of one's own, and nothing of anybody else."""

from __future__ import annotations

from tests.pages.conftest import Browser, House, shown
from workshop.domain.event import StepKind
from workshop.services import ideas, people
from workshop.services.access import ParticipantBadge


def joined(house: House, name: str = "Anna Berg") -> tuple[Browser, ParticipantBadge]:
    browser = house.browser()
    form = people.JoinForm(name, "eu", house.room.tables[0], consent=True)
    return browser, people.join(house.db, house.room.observer, form, device=browser.device)


def test_a_sent_idea_is_saved_with_a_sentence_that_says_what_is_next(house: House) -> None:
    browser, anna = joined(house)
    house.room.opens(StepKind.WRITE)
    page = browser.opens("participate")
    page.text_input[0].input("Heat from data centres")
    page.button[0].click().run()
    assert not page.exception
    assert "Saved as #1. 1 of 3 ideas. Only you see it until your table shares." in shown(page)
    assert [idea.title for idea in ideas.mine(house.db, anna)] == ["Heat from data centres"]


def test_a_title_that_is_missing_is_asked_for_and_the_pitch_stays(house: House) -> None:
    browser, anna = joined(house)
    house.room.opens(StepKind.WRITE)
    page = browser.opens("participate")
    page.text_area[0].input("A long pitch that must not be lost.")
    page.button[0].click().run()
    assert "title is empty" in shown(page)
    assert page.text_area[0].value == "A long pitch that must not be lost."
    assert ideas.mine(house.db, anna) == ()


def test_whoever_has_not_joined_is_led_to_the_start_page(house: House) -> None:
    page = house.browser().opens("participate")
    assert not page.exception
    assert [field.label for field in page.text_input] == ["Room code"]


def test_must_not_happen_an_idea_lands_before_writing_is_open(house: House) -> None:
    browser, anna = joined(house)
    page = browser.opens("participate")
    page.text_input[0].input("Too early")
    page.button[0].click().run()
    assert "kept as a draft" in shown(page)
    assert ideas.mine(house.db, anna) == ()


def test_must_not_happen_another_persons_hidden_idea_is_on_the_phone(house: House) -> None:
    browser, _ = joined(house)
    bo = house.room.joins("Bo")
    house.room.opens(StepKind.WRITE)
    house.room.has_sent(bo, "A secret of Bo's")
    assert "A secret of Bo" not in shown(browser.opens("participate"))
