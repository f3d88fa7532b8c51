"""WCAG A and AA on every screen in every step, narrow and wide, light and dark. See docs/accessibility.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import SECONDS, Desk, Phone, Screen, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.build import BuildDraft, BuildKind
from workshop.domain.event import StepKind
from workshop.domain.introduction import Introduction
from workshop.services import build_desk, builds, going_on, introductions, people, themes, votes
from workshop.services import phone as phones

WIDTHS = {390: 844, 1440: 900}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SCHEMES = ("light", "dark")
OF_THE_DESK = {
    "Tables": "Ideas by sector and side",
    "Offers": "the afternoon's meetings",
    "Ideas": "Merge ideas",
    "Builds": "Read by nobody yet",
    "Themes": "Tap a theme to open it",
    "Votes": "The wall shows",
    "Consortium": "Change which ideas go on",
    "Team": "New helper link",
    "Log": "The log is whole",
}
OF_THE_ORGANISER = {
    "prepare": {
        "Event and links": "Run of show",
        "Event": "Once something was written",
        "Run of show": "minutes in all",
    },
    "people": {
        "People": "in the room",
        "Walk-ins": "For somebody without",
        "Paper cards": "Type the title",
        "Votes on paper": "counted apart",
    },
    "report": {"": "Ideas in the report"},
}
"""The sections of each page, with words that stand in them: with them a section is there, not still the one before."""

BEFORE_JOINING, OPEN_BOXES = 4, 1
LOOKS = (
    len(SCHEMES)
    * len(WIDTHS)
    * (
        BEFORE_JOINING
        + 2 * len(StepKind)
        + len(OF_THE_DESK)
        + OPEN_BOXES
        + sum(len(sections) for sections in OF_THE_ORGANISER.values())
    )
)
_MOST_BOXES = 60
_MOVES_END = """
() => {
  const inside = (root) => [...root.querySelectorAll("*")].filter((each) => each.shadowRoot)
  const roots = (root) => [root, ...inside(root).flatMap((each) => roots(each.shadowRoot))]
  const moves = new Set(roots(document).flatMap((root) => root.getAnimations()))
  return Promise.allSettled([...moves]
    .filter((move) => Number.isFinite(move.effect?.getComputedTiming().endTime ?? Infinity))
    .map((move) => move.finished))
}
"""  # what appears inside of a component is of the component's own root
_WEARS = """
(scheme) => {
  const app = document.querySelector(".stApp")
  return app === null || getComputedStyle(app).colorScheme === scheme
}
"""
_HEIGHT = "(document.querySelector('[data-testid=stMain]') ?? document.documentElement).scrollHeight"


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with open_venue(tmp_path) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


class Inspector:
    """Looks at screens in both widths and remembers what is wrong, once for each rule and element."""

    def __init__(self, scheme: Literal["light", "dark"]) -> None:
        self.scheme = scheme
        self.looked = 0
        self.found: dict[tuple[str, str], str] = {}

    def looks_at(self, screen: Screen, name: str) -> None:
        """Narrow and wide, one after the other on the same page."""
        open_every_box(screen)
        for width, height in WIDTHS.items():
            screen.page.set_viewport_size({"width": width, "height": height})
            # As high as its page: a button that stays in sight lies over whatever happens to be scrolled beneath it.
            screen.page.evaluate(_MOVES_END)
            whole = max(height, screen.page.evaluate(_HEIGHT))
            screen.page.set_viewport_size({"width": width, "height": whole})
            self._looks_closely(screen, f"{name} at {width} px")
            # People act on a screen of the usual size, and drawing a very high one again takes a slow machine seconds.
            screen.page.set_viewport_size({"width": width, "height": height})

    def _looks_closely(self, screen: Screen, name: str) -> None:
        screen.page.emulate_media(color_scheme=self.scheme)
        screen.page.wait_for_function(_WEARS, arg=self.scheme)
        screen.page.evaluate(_MOVES_END)
        self.looked += 1
        for rule in violations(screen.page):
            for node in rule["nodes"]:
                mark = node["html"][:160]
                self.found.setdefault(
                    (rule["id"], mark), f"{name}, {self.scheme}: {node['target']}: {node['failureSummary']}"
                )

    @property
    def complaints(self) -> list[str]:
        """Everything that was found: there is no exception, not for Streamlit's own elements either."""
        return [f"{rule}: {where}: {mark}" for (rule, mark), where in self.found.items()]


# A test for each, so that each stays within the time that a test may take on a slow machine.
@pytest.mark.parametrize("scheme", [pytest.param(each, marks=pytest.mark.xdist_group(each)) for each in SCHEMES])
def test_no_screen_shuts_anybody_out(
    browser: Browser, venue: Venue, crew: Backstage, scheme: Literal["light", "dark"]
) -> None:
    inspector = Inspector(scheme)
    with (
        Phone(browser, venue, "Ada") as phone,
        Wall(browser, venue, "wall") as wall,
        Desk(browser, venue, "desk") as desk,
    ):
        links_and_joining(inspector, phone, desk, venue)
        wall.goes_to(f"/wall?code={venue.code}&embed=true&embed_options={scheme}_theme")
        fill(crew)
        for kind in StepKind:
            crew.opens(kind)
            somebody_acts(crew, phone, kind)
            phone.is_told(crew.step.instruction)
            wall.says(crew.step.wall)
            if kind is StepKind.THEMES:
                expect(wall.page.get_by_role("img", name="Map of themes")).to_be_visible(timeout=30 * SECONDS)
            wall.rests()
            inspector.looks_at(wall, f"wall, {kind}")
            if kind is StepKind.SHARE:  # before it, the button is looked at as it is
                phone.gets_ready()
            inspector.looks_at(phone, f"phone, {kind}")
        the_desk(inspector, desk, venue)
    assert inspector.looked == LOOKS // len(SCHEMES)
    assert not inspector.complaints, "\n".join(inspector.complaints)


def test_the_docs_tell_how_many_looks_there_are() -> None:
    page = Path(__file__).parents[2] / "docs" / "accessibility.md"
    assert f"That are {LOOKS} looks." in page.read_text(encoding="utf-8")


def test_the_inspector_sees_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><img src='x.png'><p style='color:#ddd;background:#fff'>pale</p>")
    assert {rule["id"] for rule in violations(page)} == {"image-alt", "color-contrast"}
    page.close()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds; the script comes from the test's own environment, so nothing is fetched."""
    if not page.evaluate("() => typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate("(rules) => axe.run(document, rules).then(r => r.violations)", RULES)
    return found


def open_every_box(screen: Screen) -> None:
    """As a person does, one after the other: an open box may have boxes of its own."""
    closed = screen.page.locator("details:not([open]) > summary:visible")
    for _ in range(_MOST_BOXES):
        if not closed.count():
            break
        box = closed.first.locator("..").element_handle()
        closed.first.click()
        screen.page.wait_for_function("box => box.open || !box.isConnected", arg=box)
        screen.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    expect(screen.page.locator("details:not([open]) > summary:visible, details [inert]")).to_have_count(0)


def links_and_joining(inspector: Inspector, phone: Phone, desk: Desk, venue: Venue) -> None:
    desk.goes_to(venue.moderator)
    inspector.looks_at(desk, "role link")
    desk.goes_to("/r/invented")
    inspector.looks_at(desk, "a link that does not open")
    desk.claims(venue.moderator)
    desk.sees("Open next step")
    phone.goes_to("/")
    phone.sees("Type the room code from the wall")
    phone.rests()
    inspector.looks_at(phone, "start page")
    phone.goes_to(f"/j/{venue.code}")
    phone.opens_the_box("This is the tablet of a whole table")
    phone.rests()
    inspector.looks_at(phone, "join")
    phone.page.set_viewport_size({"width": 390, "height": 844})
    phone.joins(side="European Union", table="Table 1", organisation="Nordic Heat", sectors=["Clean energy"])


def fill(crew: Backstage) -> None:
    """Ideas on the board, and some of each side's people."""
    for number in range(12):
        crew.publishes(f"Hydrogen for ferry port number {number}")
    crew.joins("Bo", side="us", table=1)


def somebody_acts(crew: Backstage, phone: Phone, kind: StepKind) -> None:
    """What has to be there before a step is worth a look."""
    if kind is StepKind.WARM_UP:
        somebody_introduces_themselves(crew, phone)
    if kind is StepKind.BUILD:
        somebody_builds(crew)
        phone.page.get_by_role("button", name="Concern: ").first.click()
    if kind is StepKind.THEMES:
        themes.apply(crew.db, crew.moderator, themes.suggest(crew.db, crew.moderator))
        phone.page.locator(".theme summary").first.click()
    if kind is StepKind.VOTE:
        everybody_votes(crew)
    if kind is StepKind.RATE:
        phone.marks_the_first(impact=4, feasibility=2)
    if kind is StepKind.CONSORTIUM:
        ideas_go_on(crew, phone)


def somebody_introduces_themselves(crew: Backstage, phone: Phone) -> None:
    """One offer is shown, one is hidden, and the phone holds a line that is not saved."""
    for person in people.roster(crew.db, crew.organiser)[:2]:
        introductions.say(crew.db, crew.badge_of(person), Introduction(("A test site",), ("Know-how",), "Denmark"))
    hidden = introductions.lines(crew.db, crew.moderator)[0]
    introductions.hide(crew.db, crew.moderator, hidden.id, hidden=True)
    phone.fills_in_the("I am from", "Norway")


def somebody_builds(crew: Backstage) -> None:
    """Every table adds something to an idea of another one, and one of these builds is hidden."""
    for place, person in enumerate(people.roster(crew.db, crew.organiser)):
        hand = phones.hand(crew.db, crew.badge_of(person))["ideas"]
        if hand and hand[0]["builds"] == []:
            draft = BuildDraft(list(BuildKind)[place % 4], "Two sites first", "And a third one later")
            builds.submit(crew.db, crew.badge_of(person), hand[0]["id"], draft)
    seen = build_desk.look(crew.db, crew.moderator)
    assert seen is not None
    builds.hide(crew.db, crew.moderator, seen.builds[0].build.id, reason="A test")


def everybody_votes(crew: Backstage) -> None:
    everybody = people.roster(crew.db, crew.organiser)
    for place, person in enumerate(everybody):
        badge = crew.badge_of(person)
        board = votes.ballot(crew.db, badge).ideas
        votes.cast(crew.db, badge, board[place % len(board)].id, dots=1)


def ideas_go_on(crew: Backstage, phone: Phone) -> None:
    """Some have nobody on them, one has a lead, a plan and, later, a commitment."""
    going_on.accept(crew.db, crew.moderator, seen=0)
    phone.page.locator("button[data-role='lead']").first.click()
    expect(phone.page.get_by_label("Next step").first).to_be_visible(timeout=30 * SECONDS)


def the_desk(inspector: Inspector, desk: Desk, venue: Venue) -> None:
    desk.goes_to("/desk")
    for section, words in OF_THE_DESK.items():
        desk.looks_at(section)
        desk.sees(words)
        if section == "Team":
            desk.presses("New helper link")
            desk.sees("For one browser.")
        desk.rests()
        inspector.looks_at(desk, f"desk, {section}")
        if section == "Themes":
            desk.page.locator(".st-key-theme_tabs button").first.click()
            desk.opens_the_box("Rename, merge, split")
            desk.rests()
            inspector.looks_at(desk, "desk, an open theme")
    desk.claims(venue.organiser)
    for page, sections in OF_THE_ORGANISER.items():
        desk.goes_to(f"/{page}")
        for place, (section, words) in enumerate(sections.items()):
            if place:
                desk.looks_at(section)
            desk.sees(words)
            desk.rests()
            inspector.looks_at(desk, f"{page}, {section}")
