"""Prepare: the event, the links, for the organiser only."""

from __future__ import annotations

from tests.pages.conftest import House, shown
from workshop.services import access


def test_the_organiser_sees_the_event_and_the_room_code(house: House) -> None:
    page = house.browser("organiser").opens("prepare")
    assert not page.exception
    assert "Building New Transatlantic Cluster Collaborations" in shown(page)


def test_a_new_link_is_shown_once_and_works(house: House) -> None:
    page = house.browser("organiser").opens("prepare")
    next(button for button in page.button if button.label == "New moderator link").click().run()
    token = page.code[0].value.rsplit("/", 1)[-1]
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
