"""Dots under the fingers of people who are faster than the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Route, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import SECONDS, Phone, Tablet
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind

pytestmark = pytest.mark.xdist_group("a_ballot")

IDEA = "Heat from data centres"


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with open_venue(tmp_path_factory.mktemp("ballot")) as venue:
        yield venue


@pytest.fixture
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


def test_a_tap_right_after_the_tablet_was_passed_on_is_the_next_persons(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with Tablet(browser, venue, "tablet") as tablet:
        crew.opens(StepKind.ARRIVE)
        tablet.opens("Table 1")
        for name in ("Eve", "Fay"):
            tablet.adds(name, side="European Union")
        crew.publishes(IDEA)
        crew.opens(StepKind.VOTE)
        tablet.votes_as("Fay")
        tablet.gives(IDEA, 2)
        tablet.has_voted("3 of 5 dots")
        ballots = hold(tablet, "/live/ballot")
        tablet.page.get_by_label("Who is voting now?").select_option(label="Eve")
        expect(tablet.card(IDEA)).to_have_count(0)
        ballots.release()
        tablet.gives(IDEA, 1)
        tablet.has_voted("4 of 5 dots")
    assert crew.dots_of("Eve") == 1
    assert crew.dots_of("Fay") == 2


def test_an_older_ballot_that_arrives_late_takes_no_dot_away(browser: Browser, venue: Venue, crew: Backstage) -> None:
    with Phone(browser, venue, "Gus") as phone:
        crew.opens(StepKind.ARRIVE)
        phone.joins(side="United States", table="Table 2")
        title = crew.publishes("A second idea")
        crew.opens(StepKind.VOTE)
        expect(phone.card(title)).to_be_visible(timeout=30 * SECONDS)
        ballots = hold(phone, "/live/ballot")
        crew.publishes("A third idea, after which the phone reads its ballot again")
        ballots.wait()
        phone.gives(title, 2)
        phone.has_voted("3 of 5 dots")
        ballots.release()
        expect(phone.card("A third idea")).to_be_visible(timeout=30 * SECONDS)
        phone.has_voted("3 of 5 dots")
    assert crew.dots_of("Gus") == 2


def test_a_ballot_that_was_read_ahead_is_there_when_the_vote_opens_and_newer_ideas_join_it(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with Phone(browser, venue, "Hal") as phone:
        crew.opens(StepKind.ARRIVE)
        phone.joins(side="United States", table="Table 3")
        title = crew.publishes("An idea that the phone knows before the vote")
        crew.opens(StepKind.THEMES)
        with phone.page.expect_response(lambda answer: "/live/ballot" in answer.url, timeout=30 * SECONDS):
            pass
        reads = hold(phone, "/live/")  # whatever is asked for from here on is not answered
        crew.opens(StepKind.VOTE)
        expect(phone.card(title).locator("button[data-dots='2']")).to_be_enabled(timeout=30 * SECONDS)
        reads.release()
        phone.gives(title, 2)
        phone.has_voted("3 of 5 dots")
        expect(phone.card(crew.publishes("An idea that nobody could read ahead"))).to_be_visible(timeout=30 * SECONDS)
        phone.has_voted("3 of 5 dots")
    assert crew.dots_of("Hal") == 2


class hold:  # noqa: N801  reads as a verb
    """Answers to a path that have left the server and do not arrive until they are released."""

    def __init__(self, screen: Phone, path: str) -> None:
        self._screen = screen
        self._held: list[tuple[Route, APIResponse]] = []
        self._open = False
        screen.page.route(re.compile(re.escape(path)), self._take)

    def _take(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._held.append((route, route.fetch()))

    def wait(self) -> None:
        while not self._held:
            self._screen.page.wait_for_timeout(20)

    def release(self) -> None:
        self.wait()
        self._open = True
        for route, answer in self._held:
            route.fulfill(response=answer)
