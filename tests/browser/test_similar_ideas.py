"""Who writes what the table has already is told quietly, below the button, and reads it before deciding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Request, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import PHONE, SECONDS, Desk, Phone
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import ideas, moderation

pytestmark = pytest.mark.xdist_group("similar_ideas")

WAIT = 30 * SECONDS
PITCH = "Push boats with fuel cells carry containers on the Rhine and the Ohio, and bunker in shared ports."
NEARLY = "Push boats with fuel cells carry containers on the Ohio and the Rhine, and bunker in shared ports."
_BELOW_THE_TITLE = """field => Math.round(
  field.getBoundingClientRect().y
    - field.getRootNode().querySelector("[data-field=title] input").getBoundingClientRect().y
)"""  # in one look: the page may be scrolling
NARROW: dict[str, Any] = PHONE | {"viewport": {"width": 320, "height": 568}}


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with open_venue(tmp_path_factory.mktemp("similar")) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


def hint(phone: Phone) -> Locator:
    return phone.page.locator(".alike")


def is_told(phone: Phone, sentence: str) -> None:
    """Whoever goes on writing is told, also where the server was started a moment ago and still loads its encoder."""
    for _ in range(20):
        with suppress(AssertionError):
            expect(hint(phone)).to_contain_text(sentence, timeout=3 * SECONDS)
            return
        phone.page.get_by_label("Pitch").press_sequentially(".")
    expect(hint(phone)).to_contain_text(sentence)


def place(thing: Locator) -> dict[str, float]:
    box = thing.bounding_box()
    assert box, f"{thing} is not on the page"
    return dict(box)


@pytest.mark.parametrize(("screen", "scheme", "table"), [(PHONE, "light", 0), (NARROW, "dark", 1)])
def test_a_neighbour_is_told_reads_it_and_is_not_disturbed(
    browser: Browser, venue: Venue, crew: Backstage, screen: dict[str, Any], scheme: str, table: int
) -> None:
    crew.opens(StepKind.SHARE)
    title = f"<img src=x> Hydrogen barges {table}"
    author = crew.joins(f"Author at {table}", table=table)
    idea = ideas.submit(crew.db, author, IdeaDraft(title, PITCH)).idea
    with Phone(browser, venue, f"Reader {scheme}", **screen | {"color_scheme": scheme}) as phone:
        phone.joins(side="United States", table=f"Table {table + 1}")
        needed = phone.page.get_by_label("Still needed")
        phone.types("Fuel cell boats", NEARLY)
        phone.page.wait_for_timeout(1_000)  # until the fonts of this screen are there
        below = needed.evaluate(_BELOW_THE_TITLE)
        is_told(phone, f"#{idea.number} {title}: may be the same")
        expect(phone.page.get_by_label("Pitch")).to_be_focused()
        assert needed.evaluate(_BELOW_THE_TITLE) == below, "nothing that is typed or tapped moves"
        send, line = place(phone.button("Send")), place(phone.page.locator(".strip"))
        assert send["y"] + send["height"] <= line["y"], "the line must not cover the button"
        phone.page.locator(".strip").scroll_into_view_if_needed()
        expect(phone.button("Send")).to_be_in_viewport()
        phone.picture(f"similar-{scheme}-closed")
        expect(phone.page.get_by_text(PITCH)).to_have_count(1)  # in the table's list
        phone.button(f"Read #{idea.number} {title}").click()
        opened = phone.page.locator(".found li")
        expect(opened.locator(".pitch")).to_have_text(PITCH)
        expect(opened.locator(".credit")).to_have_text(f"Table {table + 1}")
        expect(opened.locator(".place")).to_contain_text("Complete it together")
        assert phone.page.locator(".similar img").count() == 0
        assert not phone.scrolls_sideways()
        phone.picture(f"similar-{scheme}-open")
        assert wrong(phone) == []
        moderation.hide(crew.db, crew.moderator, idea.id, reason="Said twice")
        expect(phone.page.locator(".found li, .alike span")).to_have_count(0, timeout=WAIT)
        phone.sends()
        expect(phone.card("Fuel cell boats")).to_be_visible(timeout=WAIT)


def test_while_people_write_alone_a_neighbours_idea_is_no_hint_and_goes_with_its_step(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    crew.opens(StepKind.WRITE)
    author = crew.joins("Author alone", table=2)
    ideas.submit(crew.db, author, IdeaDraft("Hydrogen barges", PITCH))
    with Phone(browser, venue, "Alone") as phone:
        phone.joins(side="United States", table="Table 3")
        answers = phone.page.expect_response("**/live/similar")
        with answers as answer:
            phone.types("Fuel cell boats", NEARLY)
        assert answer.value.json() == {"similar": []}
        expect(hint(phone)).to_be_empty()
        crew.opens(StepKind.SHARE)
        is_told(phone, "Hydrogen barges")
        crew.opens(StepKind.WRITE)
        expect(hint(phone)).to_be_empty(timeout=WAIT)


def test_the_server_is_asked_about_three_words_once_they_stand(browser: Browser, venue: Venue, crew: Backstage) -> None:
    crew.opens(StepKind.WRITE)
    asked: list[Request] = []
    with Phone(browser, venue, "Counter") as phone:
        phone.page.on("request", lambda request: asked.append(request) if "/live/similar" in request.url else None)
        phone.joins(side="United States", table="Table 4")
        phone.types("Two words")
        phone.page.wait_for_timeout(1_500)
        assert asked == []
        with phone.page.expect_response("**/live/similar"):
            phone.page.get_by_label("Pitch").press_sequentially("and then a sentence that is typed in one go", delay=30)
        phone.page.wait_for_timeout(2_500)
        assert len(asked) == 1, "nothing changed since"
        assert "sentence" not in asked[0].url
        phone.reloads()
        expect(phone.title).to_have_value("Two words", timeout=WAIT)
        phone.page.wait_for_timeout(1_500)
        assert len(asked) == 1, "what was kept has been asked about before"


def test_the_desk_compares_all_ideas_when_asked(browser: Browser, venue: Venue, crew: Backstage) -> None:
    crew.opens(StepKind.SHARE)
    for place in (3, 4):
        author = crew.joins(f"Author of the desk at {place}", table=place)
        ideas.submit(
            crew.db, author, IdeaDraft("One certificate for welders" + " everywhere" * (place - 3), PITCH[:20])
        )
    with Desk(browser, venue, "desk") as desk:
        desk.claims(venue.moderator)
        desk.looks_at("Ideas")
        desk.opens_the_box("Ideas that may be the same")
        desk.presses("Compare all ideas now")
        expect(desk.page.locator(".rt-pair").filter(has_text="One certificate for welders")).to_be_visible(timeout=WAIT)
        desk.rests()
        desk.picture("similar")


def wrong(phone: Phone) -> list[Any]:
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(phone.page, options={"runOnly": rules}).response["violations"]
    return [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]]
