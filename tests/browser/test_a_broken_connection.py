"""What people meet when a connection breaks under their fingers: the page's own, or the whole server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, WebSocketRoute, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import SECONDS, Desk, Phone, Screen, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.services import access, clock, ideas, people

pytestmark = pytest.mark.xdist_group("a_broken_connection")

WAITS = "Not sent yet. It is sent again by itself as soon as the connection is back. Your text is kept."
AWAY = "Reconnecting: the buttons work again in a moment."
WAIT = 30 * SECONDS


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with open_venue(tmp_path_factory.mktemp("broken")) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        crew.opens(StepKind.ARRIVE)
        yield crew


def test_a_page_that_has_lost_streamlits_connection_goes_on_and_sends_once(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with Phone(browser, venue, "Ada") as ada:
        line = Line(ada)
        ada.joins(side="European Union", table="Table 1")
        crew.opens(StepKind.WRITE)
        ada.types("Half a sentence", "What for")
        the_caret_stands_after(ada, "Half a")
        the_page_is_complete(ada)
        line.breaks()
        ada.page.keyboard.type(" long")
        others_go_on_while_somebody_types(ada, crew)
        ada.page.keyboard.type(",")
        expect(ada.title).to_have_value("Half a long, sentence")
        ada.sends()
        ada.sees("Saved as #2. 1 of 3 ideas.")
        line.heals()
        an_answer_that_is_lost_on_the_way_is_asked_for_again(ada)
        what_is_sent_a_little_late_still_counts(ada, crew)
        assert titles_of(crew, "Ada") == ["Half a long, sentence", "Lost on the way", "A little late"]


def others_go_on_while_somebody_types(ada: Phone, crew: Backstage) -> None:
    """The stream still works: the step changes, ideas arrive, and the field stays where it is."""
    place = field_of(ada).bounding_box()
    other = crew.joins("Ben", table=0)
    crew.has_sent(other, "An idea of Ben's")
    crew.opens(StepKind.SHARE)
    ada.is_told("Read your table's ideas together")
    expect(ada.card("An idea of Ben's")).to_be_visible(timeout=WAIT)
    assert field_of(ada).bounding_box() == place, "the form must not move away under the fingers"
    assert ada.page.locator(".connection").get_attribute("data-connection") == "live"
    no_foreign_dialog_covers(ada)


def an_answer_that_is_lost_on_the_way_is_asked_for_again(ada: Phone) -> None:
    """The idea has arrived, the phone does not know: it is one idea all the same."""
    ada.types("Lost on the way")
    arrived: list[int] = []

    def swallow(route: Route) -> None:
        arrived.append(route.fetch().status)
        route.abort()

    ada.page.route("**/live/idea", swallow)
    ada.sends()
    ada.sees(WAITS)
    expect(ada.title).to_have_value("Lost on the way")
    expect(ada.title).not_to_be_editable()
    ada.presses("Change the text first")
    expect(ada.title).to_be_editable(timeout=WAIT)
    ada.sends()
    ada.sees(WAITS)
    ada.page.unroute("**/live/idea")
    ada.sees("Saved as #3. 2 of 3 ideas.")
    assert set(arrived) == {200}


def what_is_sent_a_little_late_still_counts(ada: Phone, crew: Backstage) -> None:
    ada.types("A little")
    crew.opens(StepKind.THEMES)
    expect(ada.page.locator(".sentence")).to_contain_text("Writing is over. What you send in the next", timeout=WAIT)
    ada.page.keyboard.type(" late")
    expect(ada.title).to_have_value("A little late")
    ada.sends()
    ada.sees("It came after the time and is marked late.")


def test_a_server_that_is_killed_and_started_again_costs_nobody_a_word_or_a_tap(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with (
        Phone(browser, venue, "Cid") as cid,
        Wall(browser, venue, "wall") as wall,
        Desk(browser, venue, "desk") as desk,
    ):
        cid.joins(side="United States", table="Table 2")
        wall.opens()
        desk.claims(venue.moderator)
        desk.opens_next("Warm up")
        desk.opens_next("Write alone")
        cid.writes("Before the power cut")
        cid.types("Half a sentence")
        the_caret_stands_after(cid, "Half a")
        the_page_is_complete(cid)
        venue.kill()
        cid.sees("reconnecting - your text is kept")
        cid.page.keyboard.type(" long")
        for screen in (cid, wall, desk):
            wait_until_streamlit_has_noticed(screen)
            no_foreign_dialog_covers(screen)
        desk.sees(AWAY)
        desk.picture("reconnecting")
        venue.start()
        cid.is_in()
        the_clock_is_right(cid, crew)
        cid.page.keyboard.type(",")
        expect(cid.title).to_have_value("Half a long, sentence")
        cid.sends()
        cid.sees("2 of 3 ideas. Only you see it until your table shares.")
        expect(cid.title).to_have_value("", timeout=WAIT)
        assert titles_of(crew, "Cid") == ["Before the power cut", "Half a long, sentence"]
        desk.opens_next("Share at the table")
        expect(desk.page.get_by_text(AWAY)).to_be_hidden()
        cid.is_told("Read your table's ideas together")
        wall.says("At your table: read, complete, publish your best ideas.")
        a_desk_whose_role_is_taken_away_ends(desk, crew)


def a_desk_whose_role_is_taken_away_ends(desk: Desk, crew: Backstage) -> None:
    held = next(grant for grant in access.grants(crew.db, crew.organiser) if grant.claimed_at and not grant.revoked_at)
    access.revoke(crew.db, crew.organiser, held.id)
    desk.sees("This page is for the moderator.")
    expect(desk.button("Open next step")).to_have_count(0)


class Line:
    """Streamlit's own socket between one page and the server, in the hands of the test."""

    def __init__(self, screen: Screen) -> None:
        self._up = True
        self._open: list[WebSocketRoute] = []
        screen.wire.offline = True
        screen.page.route_web_socket(re.compile("/_stcore/stream"), self._connect)
        screen.page.route("**/_stcore/health", self._answer)

    def breaks(self) -> None:
        """The socket closes, and Streamlit does not reach its server until the line heals."""
        self._up = False
        while self._open:
            self._open.pop().close()

    def heals(self) -> None:
        self._up = True

    def _connect(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(server.send)
        self._open.append(page)

    def _answer(self, route: Route) -> None:
        route.continue_() if self._up else route.abort()


def field_of(phone: Phone) -> Locator:
    return phone.page.locator("input:focus")


def the_caret_stands_after(phone: Phone, words: str) -> None:
    phone.title.evaluate("(field, place) => { field.focus(); field.setSelectionRange(place, place); }", len(words))


def the_page_is_complete(phone: Phone) -> None:
    expect(phone.page.locator("html")).to_have_attribute("data-typed", "yes", timeout=WAIT)


def the_clock_is_right(phone: Phone, crew: Backstage) -> None:
    """Between what is left now and what was left a moment before: whole seconds, rounded up, drawn twice a second."""

    def left() -> float:
        found = crew.state.remaining(clock.now())
        assert found is not None
        return found

    before = left()
    minutes, seconds = phone.page.locator(".clock").inner_text().split(":")
    assert left() - 1 <= int(minutes) * 60 + int(seconds) <= before + 2


def wait_until_streamlit_has_noticed(screen: Screen) -> None:
    """It says so in the console, three times, before it would open its dialog."""
    while sum("server is not responding" in complaint for complaint in screen.wire.complaints) < 3:
        screen.page.wait_for_timeout(50)


def no_foreign_dialog_covers(screen: Screen) -> None:
    expect(screen.page.get_by_role("dialog")).to_have_count(0)


def titles_of(crew: Backstage, name: str) -> list[str]:
    person = next(each for each in people.roster(crew.db, crew.organiser) if each.name == name)
    return [idea.title for idea in ideas.mine(crew.db, crew.badge_of(person))]
