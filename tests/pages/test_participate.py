"""The phone: a form of one's own, and nothing of anybody else."""

from __future__ import annotations

from tests.pages.conftest import Browser, House, shown
from workshop.domain.event import StepKind
from workshop.services import people
from workshop.services.access import ParticipantBadge


def joined(house: House, name: str = "Anna Berg") -> tuple[Browser, ParticipantBadge]:
    browser = house.browser()
    form = people.JoinForm(name, "eu", house.room.tables[0], consent=True)
    return browser, people.join(house.db, house.room.observer, form, device=browser.device)


def test_whoever_has_not_joined_is_led_to_the_start_page(house: House) -> None:
    page = house.browser().opens("participate")
    assert not page.exception
    assert [field.label for field in page.text_input] == ["Room code"]


def test_must_not_happen_another_persons_hidden_idea_is_on_the_phone(house: House) -> None:
    browser, _ = joined(house)
    bo = house.room.joins("Bo")
    house.room.opens(StepKind.WRITE)
    house.room.has_sent(bo, "A secret of Bo's")
    assert "A secret of Bo" not in shown(browser.opens("participate"))
