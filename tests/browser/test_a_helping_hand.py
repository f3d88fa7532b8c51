"""Moderator and helper at work: minutes are cut and given back, cards and votes come from paper, somebody is late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import PHONE, SECONDS, Desk, Phone, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.services import steps

pytestmark = pytest.mark.xdist_group("a_helping_hand")

WAIT = 30 * SECONDS


class Helper(Desk):
    """A helper walks about with a phone."""

    kind = PHONE


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with open_venue(tmp_path) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


def test_a_moderator_and_a_helper_keep_a_room_going(browser: Browser, venue: Venue, crew: Backstage) -> None:
    crew.joins("Anna Berg", table=3)
    with Desk(browser, venue, "desk") as desk, Helper(browser, venue, "helper") as helper:
        desk.claims(venue.moderator)
        desk.sees("The room works.")
        crew.opens(StepKind.SHARE)
        steps.add_minutes(crew.db, crew.moderator, 55, seen=crew.state.version)
        minutes_are_cut_and_taken_back(desk, crew)
        helper.claims(a_link_for_a_helper(desk))
        cards_are_entered_with_the_keyboard(helper)
        crew.opens(StepKind.VOTE)
        helper.looks_at("Votes on paper")
        helper.page.get_by_label("Ballots of European Union", exact=True).fill("4")
        helper.page.get_by_label("Dots: one idea per line").fill("1 7")
        helper.rests()
        helper.presses("Save this count")
        helper.sees("4 ballots counted by hand, with 7 dots, on #1")
        helper.picture("votes-on-paper")
        assert not helper.scrolls_sideways()
        with Phone(browser, venue, "Late Lee") as late, Wall(browser, venue, "wall") as wall:
            late.goes_to(f"/j/{venue.code}?table=5")
            late.fills_in("Late Lee", side="United States")
            late.agrees()
            late.presses("Join")
            late.is_told("Give your dots")
            late.sees("You joined late. So far the room has")
            late.sees("Table 5")
            late.picture("late")
            crew.opens(StepKind.REVEAL)
            wall.opens()
            wall.sees("plus 7 hand-counted dots")
            late.sees("plus 7 hand-counted dots")
            late.sees_no("You joined late")
            wall.picture("hand-counted")


def minutes_are_cut_and_taken_back(desk: Desk, crew: Backstage) -> None:
    desk.sees("min owed until")
    desk.picture("owed")
    desk.presses("Cut these steps")
    desk.sees("cut to")
    assert crew.state.agreed_minutes
    desk.presses("Undo the last change")
    desk.sees_no("cut to")
    assert not crew.state.agreed_minutes


def a_link_for_a_helper(desk: Desk) -> str:
    desk.looks_at("Team")
    desk.presses("New helper link")
    link = desk.page.get_by_test_id("stCode")
    expect(link).to_contain_text("/r/", timeout=WAIT)
    desk.picture("team")
    return "/r/" + link.inner_text().strip().rpartition("/")[2]


def cards_are_entered_with_the_keyboard(helper: Helper) -> None:
    helper.sees("1 person in the room")
    helper.looks_at("Paper cards")
    helper.page.get_by_label("Title", exact=True).click()
    for title, told in (("Heat from ports", "is on the board"), ("Wind for trucks", "#2"), ("Heat from ports", "#1")):
        helper.page.keyboard.type(title)
        helper.page.keyboard.press("Enter")
        helper.sees(f"“{title}” ")
        helper.sees(told)
        helper.rests()
    helper.sees("was there already as #1")
    helper.picture("cards")
