"""Two phones of two sides, the wall and the desk: from an idea that goes on to a commitment with a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.screens import SECONDS, Desk, Phone, Wall
from tests.browser.venue import Venue, open_venue

pytestmark = pytest.mark.xdist_group("a_consortium")

BARGES = "Hydrogen barges"


def role(phone: Phone, name: str) -> Locator:
    return phone.page.get_by_role("button", name=f"{name}: #1 {BARGES}", exact=True)


def opens(desk: Desk, step: str) -> None:
    desk.opens_the_box("Open another step")
    desk.chooses("Step", step)
    desk.presses("Open this step")
    expect(desk.page.locator(".rt-line-now").filter(has_text=step)).to_be_visible(timeout=30 * SECONDS)
    desk.rests()


def an_idea_goes_on(desk: Desk, ada: Phone) -> None:
    opens(desk, "Write alone")
    ada.is_told("Write one or two ideas")
    ada.writes(BARGES)
    opens(desk, "Share at the table")
    ada.publishes(BARGES)
    opens(desk, "Reveal")
    desk.looks_at("Consortium")
    desk.chooses("Wild card, or any other idea", f"#1 {BARGES}")
    desk.presses("As the wild card")
    desk.sees("Ideas that go on: 1 of at most 8")


def both_sides_join(ada: Phone, bo: Phone, wall: Wall) -> None:
    role(ada, "lead").click()
    expect(wall.page.locator(".rt-needs")).to_have_text("needs a US lead, a next step, a date", timeout=30 * SECONDS)
    assert "Ada" not in wall.page.inner_text("body"), "names appear with commitments"
    role(bo, "partner").click()
    role(bo, "lead").click(delay=600)
    expect(bo.page.locator(".needs")).to_have_text("Needs a next step, a date", timeout=30 * SECONDS)


def the_second_who_writes_sees_both_texts(ada: Phone, bo: Phone, wall: Wall) -> None:
    bo.page.get_by_label("Next step").fill("Call in May")
    ada.page.get_by_label("Next step").fill("Visit in June")
    ada.page.get_by_label("Date").fill("2099-06-01")
    ada.presses("Save next step")
    expect(bo.page.locator(".theirs")).to_contain_text("Visit in June · by 2099-06-01", timeout=30 * SECONDS)
    bo.reloads()
    bo.is_in()
    expect(bo.page.get_by_label("Next step")).to_have_value("Call in May", timeout=30 * SECONDS)
    bo.presses("Take theirs")
    expect(bo.page.get_by_label("Next step")).to_have_value("Visit in June")
    expect(wall.page.locator(".rt-how-many")).to_have_text("1 of 1 idea is ready", timeout=30 * SECONDS)


def the_room_hears_the_pitch(desk: Desk, wall: Wall, bo: Phone, cy: Phone) -> None:
    opens(desk, "Pitch")
    desk.presses("Hold the wall")
    desk.presses("Start 40 s")
    expect(wall.page.locator(".pitch-face")).to_have_attribute("data-state", "running", timeout=30 * SECONDS)
    button = cy.page.get_by_role("button", name="I can fund")
    cy.loses_the_network()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    cy.comes_back()
    expect(wall.page.locator(".rt-offer").nth(2)).to_have_text("1can fund", timeout=30 * SECONDS)
    bo.sees("Cy Novak: fund")
    opens(desk, "Commit")
    expect(wall.page.locator(".rt-step")).to_contain_text("Pitch")
    desk.presses("Let the wall go on")


def people_commit(ada: Phone, bo: Phone, wall: Wall, desk: Desk) -> None:
    wall.says("Confirm your commitments and wishes for the afternoon.")
    ada.page.get_by_role("button", name="Confirm with my name").click()
    expect(wall.page.locator(".rt-person")).to_have_text("Ada lead, Port of Aarhus", timeout=30 * SECONDS)
    ada.presses("Bay Cluster")
    ada.page.get_by_role("button", name="5 of 5").click()
    ada.sees("Saved: 5 of 5")
    for screen in (ada, bo, wall, desk):
        screen.picture("consortium")
    opens(desk, "Closing")
    ada.sees("It goes on, and is ready.")
    ada.sees("You asked to meet them.")
    with ada.page.expect_download() as kept:
        ada.page.get_by_role("button", name="Keep it as PDF").click()
    assert kept.value.suggested_filename.endswith("-my-workshop.pdf")
    assert not ada.scrolls_sideways()


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with open_venue(tmp_path) as venue:
        yield venue


def test_an_idea_becomes_a_consortium_with_names(browser: Browser, venue: Venue) -> None:
    with (
        Desk(browser, venue, "desk") as desk,
        Wall(browser, venue, "wall") as wall,
        Phone(browser, venue, "Ada") as ada,
        Phone(browser, venue, "Bo") as bo,
        Phone(browser, venue, "Cy Novak") as cy,
    ):
        desk.claims(venue.moderator)
        wall.opens()
        ada.joins(side="European Union", table="Table 1", organisation="Port of Aarhus")
        bo.joins(side="United States", table="Table 2", organisation="Bay Cluster")
        cy.joins(side="European Union", table="Table 3")
        an_idea_goes_on(desk, ada)
        opens(desk, "Consortium")
        both_sides_join(ada, bo, wall)
        the_second_who_writes_sees_both_texts(ada, bo, wall)
        the_room_hears_the_pitch(desk, wall, bo, cy)
        people_commit(ada, bo, wall, desk)
        for screen in (desk, wall, ada, bo, cy):
            assert (screen.name, screen.wire.complaints) == (screen.name, [])
