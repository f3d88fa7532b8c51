"""The report page: what a file downloaded now would hold."""

from __future__ import annotations

from tests.pages.conftest import House, shown
from workshop.domain.event import StepKind


def numbers(page: object) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}  # type: ignore[attr-defined]


def test_the_organiser_sees_what_the_report_holds(house: House) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, "Heat from data centres", published=True)
    page = house.browser("organiser").opens("report")
    assert not page.exception
    assert numbers(page)["Ideas"] == "1"
    assert "Votes are still hidden" in shown(page)


def test_must_not_happen_a_participant_sees_the_report(house: House) -> None:
    page = house.browser().opens("report")
    assert "This page is for the organiser" in shown(page)
    assert len(page.metric) == 0


def test_must_not_happen_hidden_ideas_are_in_the_preview(house: House) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.opens(StepKind.WRITE)
    house.room.has_sent(anna, "Heat from data centres")
    page = house.browser("organiser").opens("report")
    assert numbers(page)["Ideas"] == "0"
