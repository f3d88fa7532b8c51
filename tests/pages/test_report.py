"""The report page: what a file downloaded now would hold."""

from __future__ import annotations

from tests.pages.conftest import House, press, shown
from workshop.domain.event import Anonymity, StepKind
from workshop.services import frozen_reports, people, share_links, speaker_notes, workshops


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


def test_one_click_freezes_the_report_and_lists_its_files(house: House) -> None:
    code = workshops.of(house.db, house.room.moderator).code
    page = house.browser("organiser").opens("report")
    assert "Versions appear here" in shown(page)
    press(page, "Freeze the report as version 1")
    assert not page.exception
    version = frozen_reports.versions(house.db, house.room.organiser)[0]
    assert "by the organiser" in shown(page)
    assert version.sha256 in shown(page)
    assert f'href="/download/{code}/v1.pdf"' in shown(page)
    press(page, "Freeze the report as version 2")
    assert len(frozen_reports.versions(house.db, house.room.organiser)) == 2


def test_a_version_says_that_somebody_was_erased_from_it(house: House) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.names_people_as(Anonymity.NAMED)
    frozen_reports.freeze(house.db, house.room.organiser, seen=0)
    people.erase(house.db, anna, anna.participant_id)
    assert "somebody was erased from it" in shown(house.browser("organiser").opens("report"))


def test_the_page_tells_in_sentences_what_happened_so_far(house: House) -> None:
    house.room.joins("Anna Berg")
    page = house.browser("organiser").opens("report")
    assert "1 person worked together in this room" in shown(page)
    assert "Made when you ask for it." in shown(page)


def test_the_organiser_writes_what_is_said_on_a_slide_and_takes_it_back(house: House) -> None:
    page = house.browser("organiser").opens("report")
    page.text_area(key="note_numbers_0").set_value("Good morning.")
    next(button for button in page.button if button.label == "Save what to say").click().run()
    assert not page.exception
    assert speaker_notes.of(house.db, house.room.organiser)["numbers"].text == "Good morning."
    assert page.text_area(key="note_numbers_1").value == "Good morning."
    press(page, "Take the sentences made from the facts")
    assert "Good morning." not in page.text_area(key="note_numbers_2").value


def test_sentences_that_nobody_changed_go_on_following_the_facts(house: House) -> None:
    page = house.browser("organiser").opens("report")
    next(button for button in page.button if button.label == "Save what to say").click().run()
    assert not page.exception
    assert speaker_notes.of(house.db, house.room.organiser) == {}


def test_a_link_for_the_closing_speaker_is_shown_once_and_taken_back(house: House) -> None:
    page = house.browser("organiser").opens("report")
    press(page, "New link for the closing speaker")
    assert "/s/" in page.code[0].value
    press(page, "Put it away")
    assert not page.code
    press(page, "Take back")
    assert not page.exception
    assert share_links.working(house.db, house.room.organiser) == ()
