"""Prepare: the event, the links, for the organiser only."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, press, shown
from workshop.domain.event import StepKind
from workshop.services import access, event_edits, workshops


def test_the_organiser_sees_the_event_and_the_room_code(house: House) -> None:
    page = house.browser("organiser").opens("prepare")
    assert not page.exception
    assert "Building New Transatlantic Cluster Collaborations" in shown(page)


def test_the_link_for_observers_leads_to_the_wall(house: House) -> None:
    page = house.browser("organiser").opens("prepare")
    code = workshops.of(house.db, house.room.organiser).code
    assert page.code[0].value.endswith(f"/w/{code}")


def test_a_new_link_is_shown_once_and_works(house: House) -> None:
    page = house.browser("organiser").opens("prepare")
    next(button for button in page.button if button.label == "New moderator link").click().run()
    token = page.code[-1].value.rsplit("/", 1)[-1]
    assert access.offered(house.db, token).role == "moderator"


def test_must_not_happen_an_organiser_whose_role_was_taken_away_takes_another_one_away(house: House) -> None:
    page = house.browser("organiser", "moderator").opens("prepare")
    grants = {grant.role: grant for grant in access.grants(house.db, house.room.organiser)}
    access.revoke(house.db, house.room.organiser, grants["organiser"].id)
    next(button for button in page.button if button.key == f"revoke_{grants['moderator'].id}").click().run()
    assert access.grants(house.db, house.room.organiser)[0].role == "moderator"
    assert access.grants(house.db, house.room.organiser)[0].revoked_at is None
    assert "This page is for the organiser" in shown(page)


def test_must_not_happen_a_moderator_hands_out_roles(house: House) -> None:
    page = house.browser("moderator").opens("prepare")
    assert "This page is for the organiser" in shown(page)
    assert [button.label for button in page.button] == []


def section(page: AppTest, name: str) -> AppTest:
    page.button_group[0].set_value(name).run()
    assert not page.exception
    return page


def test_the_organiser_changes_the_event_and_reads_what_is_wrong(house: House) -> None:
    page = section(house.browser("organiser").opens("prepare"), "Event")
    next(field for field in page.text_input if field.label == "Title of the session").input("Quiet <b>nights</b>")
    next(field for field in page.number_input if field.label == "Dots on one idea").set_value(9)
    press(page, "Save the event")
    assert "limits.dots_per_idea: found 9; allowed: at most limits.dots, 5." in shown(page)
    next(field for field in page.number_input if field.label == "Dots on one idea").set_value(3)
    next(field for field in page.text_input if field.label == "Sector 7").input("Fishing")
    press(page, "Save the event")
    assert not page.exception
    event = workshops.of(house.db, house.room.organiser).event
    assert (event.title, event.limits.dots_per_idea) == ("Quiet <b>nights</b>", 3)
    assert (event.sectors[-1].key, event.sectors[-1].name) == ("fishing", "Fishing")


def test_the_organiser_moves_leaves_out_and_puts_back_steps_and_saves_them_together(house: House) -> None:
    page = section(house.browser("organiser").opens("prepare"), "Run of show")
    page.button(key="Leave out_pitch").click().run()
    press(page, "Save the run of show")
    assert "run_of_show: found 74 minutes in all; allowed: 80 minutes" in shown(page)
    page.selectbox(key="missing_step").set_value("pitch").run()
    press(page, "Put it in")
    page.button(key="Down_build").click().run()
    assert house.room.state.version == 0
    press(page, "Save the run of show")
    assert not page.exception
    keys = [step.key for step in workshops.of(house.db, house.room.organiser).event.run_of_show]
    assert keys[4:6] == ["themes", "build"]
    assert keys[-3:] == ["pitch", "commit", "closing"]


def test_a_ready_made_run_is_taken_over(house: House) -> None:
    page = section(house.browser("organiser").opens("prepare"), "Run of show")
    page.button(key="ready_45").click().run()
    next(field for field in page.text_input if field.label == "Ends at").input("11:45")
    press(page, "Save the run of show")
    assert not page.exception
    assert workshops.of(house.db, house.room.organiser).event.planned_minutes == 45


def test_after_the_start_only_steps_that_are_ahead_can_be_left_out(house: House) -> None:
    house.room.opens(StepKind.WRITE)
    page = section(house.browser("organiser").opens("prepare"), "Run of show")
    assert page.button(key="Leave out_write").disabled
    page.button(key="Leave out_pitch").click().run()
    press(page, "Save the run of show")
    assert not page.exception
    event = workshops.of(house.db, house.room.organiser).event
    assert "pitch" not in {step.key for step in event.run_of_show}


@pytest.mark.parametrize(("name", "button"), [("Event", "Save the event"), ("Run of show", "Save the run of show")])
def test_an_organiser_who_was_slower_is_told_and_overwrites_nothing(house: House, name: str, button: str) -> None:
    page = section(house.browser("organiser").opens("prepare"), name)
    page.text_input[0].input("Mine")
    seen = event_edits.of(house.db, house.room.organiser).version
    event_edits.save(house.db, house.room.organiser, {"title": "Theirs"}, seen=seen)
    press(page, button)
    assert not page.exception
    assert "Somebody else changed the event a moment ago" in shown(page)
    assert "Saved." not in shown(page)
    assert workshops.of(house.db, house.room.organiser).event.title == "Theirs"
    press(page, button)
    assert "Somebody else" not in shown(page)
