"""Build on others on a phone, a tablet, the wall and the desk: read, add, lose nothing when the step ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import SECONDS, Desk, Phone, Tablet, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.services import build_desk

pytestmark = pytest.mark.xdist_group("build_on_others")

FIX = "How could that be solved?"


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with open_venue(tmp_path_factory.mktemp("build")) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


def test_a_room_reads_and_adds_and_loses_nothing(browser: Browser, venue: Venue, crew: Backstage) -> None:
    with (
        Phone(browser, venue, "Ada") as phone,
        Tablet(browser, venue, "tablet") as tablet,
        Wall(browser, venue, "wall") as wall,
        Desk(browser, venue, "desk") as desk,
    ):
        phone.joins(side="European Union", table="Table 1")
        tablet.opens("Table 2")
        for name in ("Eve", "Fay"):
            tablet.adds(name, side="United States")
        for author in [crew.joins("Guest", table=2), crew.joins("Another", table=3)]:
            for number in range(2):
                crew.publishes(f"Idea {number} of {author.participant_id}", author=author)
        crew.opens(StepKind.BUILD)
        wall.opens()
        expect(wall.page.locator(".rt-readers > b")).to_have_text("0 of 4", timeout=30 * SECONDS)
        expect(cards(phone)).to_have_count(2, timeout=30 * SECONDS)
        a_concern_needs_a_fix(phone)
        on_a_tablet_one_says_who_writes(tablet, crew)
        a_tap_in_a_dead_spot_arrives_later(phone)
        expect(wall.page.locator(".rt-kinds")).to_contain_text(re.compile("1.?Concern1.?Join"), timeout=30 * SECONDS)
        the_desk_hides_a_build(desk, phone, venue)
        what_is_typed_when_the_step_ends_may_still_be_sent(tablet, crew)
        for screen in (phone, tablet, wall, desk):
            assert not screen.scrolls_sideways()


def a_concern_needs_a_fix(phone: Phone) -> None:
    card = cards(phone).first
    card.get_by_role("button", name="Concern: ").click()
    phone.page.get_by_label("What could go wrong?").fill("Every barge is approved twice.")
    phone.page.wait_for_timeout(700)
    phone.reloads()
    phone.is_in()
    cards(phone).first.get_by_role("button", name="Concern: ").click()
    expect(phone.page.get_by_label("What could go wrong?")).to_have_value("Every barge is approved twice.")
    phone.presses("Send: Concern")
    phone.sees("The proposed fix is empty.")
    phone.page.get_by_label(FIX).fill("One test for both.")
    phone.picture("form")
    phone.presses("Send: Concern")
    expect(phone.page.locator(".adding")).to_have_count(0)
    phone.sees("Proposed fix: One test for both.")


def on_a_tablet_one_says_who_writes(tablet: Tablet, crew: Backstage) -> None:
    tablet.page.get_by_label("Who is writing now?").locator("visible=true").select_option(label="Fay")
    cards(tablet).first.get_by_role("button", name="Join: ").click()
    tablet.presses("Send: Join")
    expect(tablet.page.locator(".adding")).to_have_count(0, timeout=30 * SECONDS)
    expect(cards(tablet).first.locator(".words")).to_have_text("Would join.")
    tablet.picture("joined")
    seen = build_desk.look(crew.db, crew.moderator)
    assert seen is not None
    assert [each.build.kind for each in seen.builds] == ["join", "concern"]


def a_tap_in_a_dead_spot_arrives_later(phone: Phone) -> None:
    phone.loses_the_network()
    unread = cards(phone).filter(has=phone.page.get_by_role("button", name=re.compile("^We have read it")))
    unread.first.get_by_role("button", name="We have read it").click()
    phone.sees("Not sent yet. It is sent again by itself.")
    phone.comes_back()
    phone.sees_no("Not sent yet. It is sent again by itself.")


def the_desk_hides_a_build(desk: Desk, phone: Phone, venue: Venue) -> None:
    desk.claims(venue.moderator)
    desk.looks_at("Builds")
    desk.sees("Every barge is approved twice.")
    desk.picture("builds")
    desk.page.locator("[data-testid=stVerticalBlock]").filter(has_text="Every barge").last.get_by_role(
        "button", name="Hide"
    ).click()
    desk.page.get_by_label("Reason, for the author to read").fill("A test")
    desk.presses("Hide this")
    phone.page.locator(".earlier summary").click()
    phone.sees("Hidden by the moderator: A test")


def what_is_typed_when_the_step_ends_may_still_be_sent(tablet: Tablet, crew: Backstage) -> None:
    cards(tablet).first.get_by_role("button", name="Offer: ").click()
    words = tablet.page.get_by_label("What can you or your organisation bring?")
    words.fill("A test site")
    crew.opens(StepKind.THEMES)
    tablet.sees("This step is over.")
    words.press("End")
    words.press_sequentially(" in May")
    tablet.presses("Send: Offer")
    tablet.sees("The themes appear here")
    seen = build_desk.look(crew.db, crew.moderator)
    assert seen is not None
    assert (seen.builds[0].build.text, seen.builds[0].build.late) == ("A test site in May", True)


def cards(screen: Phone) -> Locator:
    """The ideas in hand."""
    return screen.page.locator(".stage > .cards > .card")
