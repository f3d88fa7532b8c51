"""The desk: for the moderator only, and one tap is one step."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, shown
from workshop.domain.event import StepKind
from workshop.services import access, moderation, readiness, votes


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


def test_the_desk_shows_who_is_ready_in_a_step_that_asks(house: House) -> None:
    anna, bo = house.room.joins("Anna Berg"), house.room.joins("Bo", table=1)
    house.room.joins("Cid", table=1)
    house.room.opens(StepKind.WRITE)
    for person in (anna, bo):
        readiness.say(house.db, person, "write", ready=True)
    page = house.browser("moderator").opens("desk")
    assert not page.exception
    assert "1 of 2 tables are ready, 2 of 3 people." in shown(page)
    tables = page.dataframe[0].value
    assert list(tables["Ready"])[:3] == ["1 of 1\u2002✓", "1 of 2", ""]
    assert "Anna" not in shown(page) + tables.to_string()
    house.room.opens(StepKind.THEMES)
    page = page.run()
    assert "ready" not in shown(page)
    assert "Ready" not in page.dataframe[0].value


def test_ideas_that_may_be_the_same_are_listed_on_demand_as_long_as_they_stand(house: House) -> None:
    anna, bo = house.room.joins("Anna Berg"), house.room.joins("Bo", table=1)
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.SHARE)
    first = house.room.has_sent(anna, "Hydrogen barges on the <b>Rhine</b> and the Ohio")
    house.room.has_sent(bo, "Hydrogen barges on the Ohio and the <b>Rhine</b>")
    house.room.has_sent(bo, "Nurses swap wards for three months")
    page.button_group[0].set_value("Ideas").run()
    assert 'class="rt-pair"' not in shown(page)
    press(page, "Compare all ideas now")
    assert not page.exception
    assert shown(page).count('class="rt-pair"') == 1
    pairs = next(text for text in shown(page).splitlines() if 'class="rt-pairs"' in text)
    assert "<b>#1</b> Hydrogen barges on the &lt;b&gt;Rhine" in pairs
    moderation.hide(house.db, house.room.moderator, first.id, reason="Twice")
    assert 'class="rt-pair"' not in shown(page.run())


def test_must_not_happen_a_participant_opens_the_desk(house: House) -> None:
    page = house.browser().opens("desk")
    assert "This page is for the moderator" in shown(page)
    assert [button.label for button in page.button] == []


def test_must_not_happen_an_open_desk_moves_a_step_after_its_role_was_taken_away(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    held = next(grant for grant in access.grants(house.db, house.room.organiser) if grant.claimed_at)
    access.revoke(house.db, house.room.organiser, held.id)
    press(page, "Open next step")
    assert house.room.state.version == 0
    assert "This page is for the moderator" in shown(page)


def test_must_not_happen_the_organiser_takes_the_helm(house: House) -> None:
    page = house.browser("organiser").opens("desk")
    assert "This page is for the moderator" in shown(page)


def test_must_not_happen_the_desk_sees_the_tally_before_the_reveal(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.VOTE)
    page.button_group[0].set_value("Votes").run()
    assert not page.exception
    assert "Nobody sees how the votes stand" in shown(page)


def test_from_the_reveal_on_the_desk_shows_what_the_sides_share(house: House) -> None:
    room = house.room
    people = [room.joins(f"{side} {number}", side=side) for side in ("eu", "us") for number in range(2)]
    room.opens(StepKind.SHARE)
    idea = room.has_sent(people[0], "Both <b>want</b> this", published=True)
    room.has_sent(people[1], "Nobody wants this", published=True)
    room.opens(StepKind.VOTE)
    for person in people:
        votes.cast(house.db, person, idea.id, dots=1)
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Votes").run()
    assert "What every side supports" not in shown(page)
    room.opens(StepKind.REVEAL)
    page.run()
    assert not page.exception
    assert "Both &lt;b&gt;want&lt;/b&gt; this" in shown(page)
    assert "EU 2 of 2, US 2 of 2" in shown(page)
    assert "No idea divides the sides more than chance does." in shown(page)
    assert "0 people with at least 7 votes, 20 are needed" in shown(page)
    room.opens(StepKind.VOTE)
    page.run()
    assert "What every side supports" not in shown(page)
