"""The moderator at work while the room is busy: what is typed and opened stays, and nothing flickers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import SECONDS, Desk, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import access, steps, themes

pytestmark = pytest.mark.xdist_group("a_busy_desk")

WAIT = 30 * SECONDS
IDEAS = {
    "Heat from data centres": "Use waste heat of data centres in district heating and greenhouses.",
    "Waste heat map of ports": "A shared map of waste heat and district heating around harbours.",
    "Heat pumps for the old town": "District heating with heat pumps for old houses.",
    "Battery passport": "Trace electric vehicle batteries across borders with one data format.",
    "Second life of batteries": "Used electric vehicle batteries store solar power for schools.",
    "Charging corridors": "Fast chargers for electric trucks and their batteries along two corridors.",
    "Twin city sensors": "Two partner cities share open air quality sensors and their data.",
    "Smart street lights": "Street lights and sensors of cities publish open data in one format.",
}

# Looks at every picture that the browser draws: how pale the palest element is, and whether something was missing.
WATCH = """(never_missing) => {
  window.watched = { pictures: 0, palest: 1, missing: 0 };
  const look = () => {
    watched.pictures += 1;
    for (const each of document.querySelectorAll("[data-stale=true]")) {
      watched.palest = Math.min(watched.palest, Number(getComputedStyle(each).opacity));
    }
    if (!document.querySelector(never_missing)) watched.missing += 1;
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with open_venue(tmp_path) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    """A room with themes, in which tables go on publishing."""
    with backstage(venue) as crew:
        for number, (title, pitch) in enumerate(IDEAS.items()):
            crew.publishes(title, IdeaDraft(title, pitch), author=crew.joins(f"Author {number}", table=number // 3))
        crew.opens(StepKind.THEMES)
        themes.apply(crew.db, crew.moderator, themes.suggest(crew.db, crew.moderator))
        crew.opens(StepKind.SHARE)
        yield crew


def test_what_the_moderator_types_and_opens_stays_while_twenty_ideas_arrive(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with Desk(browser, venue, "desk") as desk, Wall(browser, venue, "wall") as wall:
        desk.claims(venue.moderator)
        wall.opens()
        desk.looks_at("Themes")
        for screen, never_missing in ((desk, ".rt-desk-code, .rt-lead"), (wall, ".rt-sentence")):
            screen.sees("Share at the table" if screen is desk else "At your table")
            screen.rests()
            screen.page.evaluate(WATCH, never_missing)
        a_theme_is_named(desk, crew)
        ideas_are_merged(desk, crew)
        expect(wall.page.locator(".rt-totals")).to_contain_text("28", timeout=WAIT)
        the_list_of_steps_stays_open(desk, crew)
        for screen in (desk, wall):
            watched = screen.page.evaluate("watched")
            assert watched["pictures"] > 20
            assert (screen.name, watched["palest"], watched["missing"]) == (screen.name, 1, 0)


def test_two_at_two_desks_arrange_themes_at_once_one_of_them_by_keyboard_alone_on_a_phone(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    token = access.invite(crew.db, crew.organiser, "moderator")
    small = {"viewport": {"width": 390, "height": 844}}
    with Desk(browser, venue, "laptop") as laptop, Desk(browser, venue, "small", **small) as small_desk:
        for desk, link in ((laptop, None), (small_desk, f"/r/{token}")):
            desk.claims(link or f"/r/{access.invite(crew.db, crew.organiser, 'moderator')}")
            desk.looks_at("Themes")
            desk.rests()
        view = themes.current(crew.db, crew.moderator)
        assert view is not None
        first, second = view.themes[:2]
        _opens_by_keyboard(small_desk, first.id)
        idea = small_desk.page.get_by_role("button", name=f"#{first.ideas[0].number} ")
        idea.focus()
        small_desk.page.keyboard.press("Space")
        expect(idea).to_have_attribute("aria-pressed", "true")
        laptop.page.locator(f".st-key-open_{second.id} button").click()
        laptop.opens_the_box("Rename, merge, split")
        laptop.page.get_by_label("Name").fill("Seen from the laptop")
        laptop.presses("Rename")
        expect(small_desk.page.locator(".rt-theme").filter(has_text="Seen from the laptop")).to_be_visible(timeout=WAIT)
        small_desk.rests()
        expect(idea).to_have_attribute("aria-pressed", "true")
        small_desk.button("Set aside").focus()
        small_desk.page.keyboard.press("Enter")
        expect(laptop.page.locator(".st-key-theme_tabs")).to_contain_text("Not sure", timeout=WAIT)
        expect(laptop.page.locator(".st-key-theme_tabs")).to_contain_text("Seen from the laptop")
        assert not small_desk.scrolls_sideways()


def _opens_by_keyboard(desk: Desk, theme_id: str) -> None:
    desk.page.locator(f".st-key-open_{theme_id} button").focus()
    desk.page.keyboard.press("Enter")
    desk.page.locator(".st-key-theme_open").wait_for()
    desk.rests()


def a_theme_is_named(desk: Desk, crew: Backstage) -> None:
    desk.page.locator(".st-key-theme_tabs button").first.click()
    whole = desk.page.locator("details").filter(has_text="Rename, merge, split")
    whole.locator("summary").click()
    chosen = desk.page.locator("[class*=st-key-theme_ideas] button").first
    chosen.click()
    desk.rests()
    name = whole.get_by_label("Name")
    begun = name.input_value()
    name.click()
    name.press("End")
    typed = while_ideas_arrive(desk, crew, range(10))
    expect(name).to_be_focused()
    expect(name).to_have_value(begun + typed)
    expect(whole).to_have_attribute("open", "")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    name.press("Enter")
    expect(desk.page.locator(".rt-theme").filter(has_text=begun + typed).first).to_be_visible(timeout=WAIT)


def ideas_are_merged(desk: Desk, crew: Backstage) -> None:
    desk.looks_at("Ideas")
    desk.opens_the_box("Merge ideas")
    desk.rests()
    for idea in ("#1 ", "#2 "):
        desk.chooses("Ideas that say the same", idea)
        desk.page.keyboard.press("Escape")
    title = desk.page.get_by_label("Title of the merged idea")
    title.click(timeout=WAIT)
    title.fill("Heat: ")
    typed = while_ideas_arrive(desk, crew, range(10, 20))
    expect(title).to_be_focused()
    expect(title).to_have_value("Heat: " + typed)
    desk.presses("Merge these ideas")
    expect(desk.page.locator("article.rt-idea").filter(has_text="Heat: " + typed)).to_be_visible(timeout=WAIT)


def the_list_of_steps_stays_open(desk: Desk, crew: Backstage) -> None:
    """Also when "Undo" above it goes away: here because another moderator pressed it."""
    box = desk.page.locator("details").filter(has_text="Open another step")
    desk.opens_next("Build on others")
    desk.opens_the_box("Open another step")
    steps.undo(crew.db, crew.moderator, seen=crew.state.version)
    expect(desk.button("Undo the last change")).to_have_count(0, timeout=WAIT)
    expect(box).to_have_attribute("open", "")


def while_ideas_arrive(desk: Desk, crew: Backstage, numbers: range) -> str:
    """Type a letter for each idea that a table publishes meanwhile; gives what was typed when all were drawn."""
    typed = ""
    for number in numbers:
        crew.has_sent(
            crew.joins(f"Guest {number}", table=3 + number % 7),
            f"Batteries of electric trucks {number}",
            published=True,
        )
        typed += chr(ord("a") + number)
        desk.page.keyboard.type(typed[-1])
    expect(desk.page.get_by_text(f"Batteries of electric trucks {numbers[-1]}").first).to_be_attached(timeout=WAIT)
    desk.rests()
    return typed
