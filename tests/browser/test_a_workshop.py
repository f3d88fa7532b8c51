"""One whole workshop by hand: five devices with six people, a wall and a desk, from the code to the report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screens import SECONDS, WHO, Desk, Phone, Screen, Tablet, Wall
from tests.browser.venue import Venue, open_venue

pytestmark = pytest.mark.xdist_group("a_workshop")

HEAT = "Heat from data centres for greenhouses"
PORTS = "Shore power standards for both coasts"
IDEAS = {
    HEAT: "Use waste heat of data centres in district heating and greenhouses.",
    "Waste heat map of ports": "A shared map of waste heat and district heating around harbours.",
    PORTS: "One plug and one contract for shore power in ports on both sides of the Atlantic.",
    "Battery passport pilot": "Trace electric vehicle batteries across borders with one data format.",
    "Second life batteries for schools": "Used electric vehicle batteries store solar power for public schools.",
    "Charging corridors for trucks": "Fast chargers for electric trucks along two freight corridors.",
    "Twin city sensors": "Two partner cities share open air quality sensors and their data.",
    "Open data for smart streets": "Street lights and sensors of cities publish open data in one format.",
}


class Room(ExitStack):
    """Everybody in the room, with all that their browsers received."""

    def __init__(self, browser: Browser, venue: Venue) -> None:
        super().__init__()
        self.desk = self.enter_context(Desk(browser, venue, "desk"))
        self.wall = self.enter_context(Wall(browser, venue, "wall"))
        self.ada, self.bo, self.cid, self.dee = (
            self.enter_context(Phone(browser, venue, name)) for name in ("Ada", "Bo", "Cid", "Dee")
        )
        self.tablet = self.enter_context(Tablet(browser, venue, "tablet"))
        self.phones: tuple[Phone, ...] = (self.ada, self.bo, self.cid, self.dee, self.tablet)
        self.screens: tuple[Screen, ...] = (self.desk, self.wall, *self.phones)

    def everybody_is_told(self, sentence: str) -> None:
        for phone in self.phones:
            phone.is_told(sentence)

    def takes_pictures(self, step: str) -> None:
        for screen in (self.desk, self.wall, self.ada, self.tablet):
            screen.picture(step)


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with open_venue(tmp_path) as venue:
        yield venue


def test_a_room_plays_the_whole_workshop(browser: Browser, venue: Venue) -> None:
    with Room(browser, venue) as room:
        everybody_arrives(room, venue)
        people_say_what_they_offer(room)
        everybody_writes_alone(room)
        tables_share(room)
        tables_build_on_others(room)
        themes_appear(room)
        people_vote_blind(room)
        people_rate(room)
        results_are_revealed(room)
        ideas_go_on_and_find_people(room)
        a_card_is_pitched(room)
        people_commit(room)
        everybody_takes_something_home(room)
        the_report_holds_everything(room, venue)
        nothing_went_wrong_anywhere(room)


def everybody_arrives(room: Room, venue: Venue) -> None:
    room.desk.claims(venue.moderator)
    room.wall.opens()
    room.ada.joins(side="European Union", table="Table 1", organisation="Nordic Heat", sectors=["Clean energy"])
    room.bo.joins(side="United States", table="Table 1", organisation="Gulf Grid")
    room.cid.joins(side="European Union", table="Table 2")
    room.dee.joins(side="United States", table="Table 2")
    room.tablet.opens("Table 3")
    room.tablet.adds("Eve", side="European Union")
    room.tablet.adds("Fay", side="United States")
    expect(room.wall.page.locator(".rt-total").first).to_contain_text("6", timeout=30 * SECONDS)
    expect(room.wall.page.locator(".rt-legend")).to_contain_text("United States 3")
    room.takes_pictures("1-arrive")


def people_say_what_they_offer(room: Room) -> None:
    room.desk.opens_next("Warm up")
    room.everybody_is_told("Write one thing you offer")
    with room.ada.page.expect_response(re.compile("/live/draft")):
        room.ada.fills_in_the("I offer", "A test site")
    room.ada.reloads()
    expect(room.ada.page.get_by_label("I offer")).to_have_value("A test site", timeout=30 * SECONDS)
    room.ada.fills_in_the("I look for", "Somebody who knows permits")
    room.ada.saves()
    room.bo.fills_in_the("I am from", "Texas")
    room.bo.loses_the_network()
    room.bo.presses("Save")
    room.bo.comes_back()
    room.bo.has_saved()
    for name in ("Eve", "Fay"):
        room.tablet.page.locator("select.who").locator("visible=true").select_option(label=name)
        expect(room.tablet.page.get_by_label("I offer")).to_have_value("")
        room.tablet.fills_in_the("I offer", f"{name} knows the grid")
        room.tablet.saves()
    for line in ("A test site", "Somebody who knows permits", "Fay knows the grid", "2 organisations · from Texas 1"):
        room.wall.sees(line)
    room.desk.looks_at("Offers")
    room.desk.sees("3 offers and 1 need")
    room.desk.sees("Not written yet")
    room.takes_pictures("1-warm-up")
    room.desk.looks_at("Tables")


def everybody_writes_alone(room: Room) -> None:
    titles = iter(IDEAS)
    room.desk.opens_next("Write alone")
    room.everybody_is_told("Write one or two ideas")
    a_reload_in_the_middle_of_typing_keeps_the_text(room.ada, next(titles))
    room.takes_pictures("2-write")
    room.ada.writes_again(next(titles), IDEAS)
    typing_without_a_network_keeps_the_text(room.bo, PORTS, room.desk)
    next(titles)
    for person in (room.cid, room.cid, room.dee):
        person.writes_again(next(titles), IDEAS)
    room.tablet.passes_the_pen_to("Eve")
    room.tablet.writes_again(next(titles), IDEAS)
    room.tablet.passes_the_pen_to("Fay")
    room.tablet.writes_again(next(titles), IDEAS)
    expect(room.wall.page.locator(".rt-total").last).to_contain_text("8", timeout=30 * SECONDS)
    some_are_ready(room)
    room.takes_pictures("2-written")
    nobody_heard_the_others(room)


def a_reload_in_the_middle_of_typing_keeps_the_text(phone: Phone, title: str) -> None:
    with phone.page.expect_response(re.compile("/live/draft")):
        phone.types(title, IDEAS[title])
    phone.reloads()
    expect(phone.title).to_have_value(title, timeout=30 * SECONDS)
    expect(phone.page.get_by_label("Pitch")).to_have_value(IDEAS[title])
    phone.button("Send").dblclick()
    phone.sees("1 of 3 ideas")
    expect(phone.page.locator(".own .card")).to_have_count(1)


def typing_without_a_network_keeps_the_text(phone: Phone, title: str, desk: Desk) -> None:
    phone.loses_the_network()
    phone.types(title, IDEAS[title])
    phone.sees("your text is kept")
    phone.picture("2-offline")
    with phone.page.expect_response(lambda answer: "/live/draft" in answer.url and answer.ok):
        phone.comes_back()
    phone.reloads()
    expect(phone.title).to_have_value(title, timeout=30 * SECONDS)
    phone.sends()
    phone.sees("1 of 3 ideas")


def some_are_ready(room: Room) -> None:
    """A tablet is a whole table; of the others one person is."""
    room.tablet.gets_ready()
    room.ada.gets_ready()
    at_her_table = room.bo.page.locator(".at-table")
    expect(at_her_table).to_have_text("Ready at your table: 1 of 2", timeout=30 * SECONDS)
    expect(room.wall.page.locator(".rt-total").nth(1)).to_have_text("1 of 3tables are ready", timeout=30 * SECONDS)
    room.desk.looks_at("Tables")
    room.desk.sees("1 of 3 tables are ready, 3 of 6 people.")


def nobody_heard_the_others(room: Room) -> None:
    """Texts of other people are not on any wire before their step; each author's own is (so the check can see)."""
    assert room.ada.wire.carried(HEAT)
    for screen in room.screens:
        if screen is not room.ada:
            assert not screen.wire.carried(HEAT), f"{screen.name} was sent a hidden text"


def tables_share(room: Room) -> None:
    room.desk.opens_next("Share at the table")
    room.everybody_is_told("Read your table's ideas together")
    titles = list(IDEAS)
    for person, own in ((room.ada, titles[:3]), (room.dee, titles[3:6]), (room.tablet, titles[6:])):
        for title in own:
            person.publishes(title)
    expect(room.bo.page.locator(".stage .lead")).to_have_text("3 of 3 published", timeout=30 * SECONDS)
    for title in IDEAS:
        room.wall.sees(title)
    room.takes_pictures("3-share")
    assert not room.bo.wire.carried(titles[3]), "a phone was sent what another table shares"


def tables_build_on_others(room: Room) -> None:
    """A fix, an offer and a tap on a tablet; races, dead spots and late words are played in a test of their own."""
    room.desk.opens_next("Build on others")
    room.everybody_is_told("Read these ideas from other tables")
    room.ada.adds_to_the_first("Offer", **{"What can you or your organisation bring?": "A greenhouse"})
    room.dee.adds_to_the_first(
        "Concern", **{"What could go wrong?": "Two plugs", "How could that be solved?": "One standard"}
    )
    room.tablet.page.get_by_label(WHO).locator("visible=true").select_option(label="Fay")
    room.tablet.adds_to_the_first("Join")
    expect(room.wall.page.locator(".rt-kinds")).to_contain_text(
        re.compile("1.?Offer.*1.?Concern.*1.?Join"), timeout=30 * SECONDS
    )
    room.desk.looks_at("Builds")
    room.desk.sees("One standard")
    room.takes_pictures("3-build")


def themes_appear(room: Room) -> None:
    room.desk.opens_next("Themes")
    room.everybody_is_told("Look at the wall")
    room.desk.looks_at("Themes")
    room.desk.presses("Suggest themes")
    room.desk.sees("Preview")
    room.desk.picture("4-preview")
    room.desk.presses("Apply these themes")
    room.desk.sees("Applied. The wall and all phones show these themes")
    picture = room.wall.page.locator(".st-key-wall_picture").get_by_role("img")
    expect(picture.locator(".bubble")).to_have_count(len(IDEAS), timeout=30 * SECONDS)
    expect(picture.locator(".name").first).to_be_visible()
    for phone in room.phones:
        expect(phone.page.locator(".theme").first).to_be_visible(timeout=30 * SECONDS)
    room.takes_pictures("4-themes")


def people_vote_blind(room: Room) -> None:
    for screen in room.screens:
        screen.wire.forget()
    room.desk.opens_next("Vote blind")
    room.everybody_is_told("Give your dots")
    for phone in (room.ada, room.cid):
        phone.gives(HEAT, 2)
        phone.gives(PORTS, 1)
    room.bo.gives(PORTS, 2)
    room.dee.gives(PORTS, 2)
    room.dee.gives(PORTS, 1)
    for name in ("Eve", "Fay"):
        room.tablet.votes_as(name)
        room.tablet.gives(HEAT, 1)
        room.tablet.has_voted("4 of 5 dots")
    room.ada.has_voted("2 of 5 dots")
    room.dee.has_voted("4 of 5 dots")
    room.ada.reloads()
    room.ada.has_voted("2 of 5 dots")
    expect(room.wall.page.locator(".rt-turnout .rt-number")).to_have_text(["3 of 3", "3 of 3"], timeout=30 * SECONDS)
    room.desk.looks_at("Votes")
    room.desk.sees("Nobody sees how the votes and ratings stand")
    room.takes_pictures("5-vote")
    for screen in room.screens:
        assert (screen.name, screen.wire.tallies()) == (screen.name, []), "sent while people vote"


def people_rate(room: Room) -> None:
    room.desk.opens_next("Rate")
    room.everybody_is_told("Rate these ideas")
    for person in (room.ada, room.cid):
        person.marks_the_first(impact=5, feasibility=2)
        person.has_rated("1 of 4")
    room.ada.reloads()
    room.ada.has_rated("1 of 4")
    expect(room.wall.page.get_by_text(re.compile(r"^2 of \d+ ratings are in$"))).to_be_visible(timeout=30 * SECONDS)
    room.takes_pictures("5-rate")
    for screen in room.screens:
        assert (screen.name, screen.wire.tallies()) == (screen.name, []), "sent while people rate"


def results_are_revealed(room: Room) -> None:
    room.desk.opens_next("Reveal")
    room.everybody_is_told("Here are the results")
    first = room.ada.page.locator(".rank").first
    expect(first).to_contain_text(PORTS, timeout=30 * SECONDS)
    expect(room.wall.page.locator(".rt-rank").first).to_contain_text(HEAT, timeout=30 * SECONDS)
    room.ada.page.get_by_text("6 more ideas without votes").click()
    expect(room.ada.page.locator(".rest[open] .rank")).to_have_count(6)
    room.takes_pictures("6-reveal")
    for screen in (room.wall, *room.phones):
        assert screen.wire.tallies(), "the check for a tally sees none where there is one"
    the_desk_puts_the_bridge_on_the_wall(room)


def the_desk_puts_the_bridge_on_the_wall(room: Room) -> None:
    room.desk.presses("Show bridge of the sides")
    bridge = room.wall.page.locator(".st-key-wall_picture").get_by_role("img")
    expect(bridge).to_contain_text("European Union · 3 ballots", timeout=30 * SECONDS)
    expect(bridge).to_contain_text("3 of 3 · 100 %")
    room.desk.sees("The wall shows: Bridge of the sides.")
    room.takes_pictures("6-bridge")
    room.desk.presses("Show impact x feasibility")
    room.wall.sees("Not enough ratings yet: an idea needs 5 raters.")


def ideas_go_on_and_find_people(room: Room) -> None:
    room.desk.looks_at("Consortium")
    room.desk.presses("Let these go on")
    room.desk.sees("These ideas go on.")
    room.desk.opens_next("Consortium")
    room.everybody_is_told("Join an idea")
    room.ada.joins_the_card(PORTS, "lead")
    room.bo.joins_the_card(PORTS, "lead")
    room.cid.joins_the_card(HEAT, "partner")
    card = room.wall.page.locator(".rt-card").filter(has_text=PORTS)
    expect(card).to_contain_text("needs a next step, a date", timeout=30 * SECONDS)
    assert "Ada" not in room.wall.page.inner_text("body"), "a name stands on the wall before it was confirmed"
    own = room.ada.card(PORTS)
    own.get_by_label("Next step").fill("One call of both port authorities")
    own.get_by_label("Date").fill("2099-06-01")
    own.get_by_role("button", name="Save next step").click()
    expect(room.wall.page.locator(".rt-how-many")).to_have_text("1 of 2 ideas are ready", timeout=30 * SECONDS)
    room.takes_pictures("7-consortium")


def a_card_is_pitched(room: Room) -> None:
    room.desk.opens_next("Pitch")
    room.desk.presses("Start 40 s")
    expect(room.wall.page.locator(".pitch-face")).to_have_attribute("data-state", "running", timeout=30 * SECONDS)
    pitched = room.cid.page.get_by_role("button", name="I can host")
    pitched.click()
    expect(room.wall.page.locator(".rt-offer").nth(3)).to_have_text("1can host", timeout=30 * SECONDS)
    room.desk.sees("host")
    room.takes_pictures("7-pitch")
    room.desk.presses("Next card")
    expect(room.wall.page.locator(".pitch-face")).not_to_have_attribute("data-state", "running", timeout=30 * SECONDS)


def people_commit(room: Room) -> None:
    room.desk.opens_next("Commit")
    for person in (room.ada, room.bo):
        person.page.get_by_role("button", name="Confirm with my name").click()
    expect(room.wall.page.locator(".rt-person")).to_have_count(2, timeout=30 * SECONDS)
    room.ada.presses("Gulf Grid")
    room.ada.page.get_by_role("button", name="5 of 5").click()
    room.ada.sees("Saved: 5 of 5")
    room.takes_pictures("7-commit")


def everybody_takes_something_home(room: Room) -> None:
    room.desk.opens_next("Closing")
    room.everybody_is_told("Thank you")
    room.ada.sees("You asked to meet them.")
    room.takes_pictures("7-closing")


def the_report_holds_everything(room: Room, venue: Venue) -> None:
    organiser = room.desk
    organiser.claims(venue.organiser)
    organiser.sees("Run of show")
    organiser.picture("8-prepare")
    organiser.goes_to("/people")
    organiser.sees("6 people in the room")
    organiser.picture("8-people")
    organiser.goes_to("/report")
    organiser.sees("Ideas in the report")
    organiser.picture("8-report")
    pdf, table, document = (organiser.downloads(f"{kind}: ") for kind in ("PDF", "CSV", "JSON"))
    printed = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    kept = json.loads(document.read_text(encoding="utf-8"))
    cells = {cell for row in rows for cell in row}
    for title in IDEAS:
        assert title in printed
        assert title in cells
    assert {idea["title"] for idea in kept["ideas"]} == set(IDEAS)
    assert votes_of(kept["ideas"], HEAT) == {"eu": 5, "us": 1}
    assert votes_of(kept["ideas"], PORTS) == {"eu": 2, "us": 3}
    assert sum(sum(idea["votes"].values()) for idea in kept["ideas"]) == 11


def votes_of(ideas: Sequence[dict[str, dict[str, int]]], title: str) -> dict[str, int]:
    return next(idea["votes"] for idea in ideas if idea["title"] == title)


def nothing_went_wrong_anywhere(room: Room) -> None:
    for screen in room.screens:
        assert (screen.name, screen.wire.complaints) == (screen.name, [])
        assert (screen.name, screen.wire.foreign) == (screen.name, [])
        assert not screen.scrolls_sideways(), screen.name
