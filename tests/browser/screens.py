"""The screens of a room as people use them: phones, the wall, the desk. Every verb waits for what it asks for."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Error, Locator, TimeoutError, expect  # noqa: A004  the browser's own

from tests.browser.venue import Venue
from tests.browser.wire import Wire

log = logging.getLogger(__name__)

SECONDS = 1_000

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-dev-shm-usage",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
]  # fmt: skip
"""A browser that asks nobody but us for anything."""

_PICTURES = os.environ.get("ROUNDTABLE_PICTURES", "")

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
TABLET: dict[str, Any] = PHONE | {"viewport": {"width": 820, "height": 1180}, "device_scale_factor": 1}
WALL: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}

_GROWN = """async (box) => {
  const drawn = () => new Promise(requestAnimationFrame);
  let seen = "", same = 0;
  for (let pictures = 0; same < 5 && pictures < 300; pictures += 1) {
    await drawn();
    const now = JSON.stringify([box.open, box.offsetHeight, ...[...box.children].map((part) => part.scrollTop)]);
    same = now === seen && box.open ? same + 1 : 0;
    seen = now;
  }
}"""
"""An expander has opened: its height and what it scrolls were the same in five pictures one after the other."""


class Screen:
    """One browser of its own: cookies and storage are nobody else's."""

    kind: dict[str, Any] = DESK

    def __init__(self, browser: Browser, venue: Venue, name: str, **options: Any) -> None:
        self.name = name
        self.venue = venue
        self.context = browser.new_context(**self.kind | {"accept_downloads": True} | options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30 * SECONDS)
        self.wire = Wire(self.page, venue.address)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if failure:
            self.picture("failed")
            with suppress(Error):  # the page may be what failed
                log.warning("%s", self.state)  # pytest shows it below the failure
        self.context.close()

    @property
    def state(self) -> str:
        """Whether the page was running, connected, and what was touched last: for whoever reads a failure."""
        app = self.page.get_by_test_id("stApp")
        names = ("data-test-script-state", "data-test-connection-state") if app.count() else ()
        touched = self.page.evaluate("window.touched ?? []")
        return f"{self.name}: {[app.get_attribute(name) for name in names]}, touched last {touched}"

    def goes_to(self, path: str) -> None:
        self.page.goto(self.venue.address + path)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=30 * SECONDS)

    def sees_no(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0, timeout=30 * SECONDS)

    def presses(self, label: str) -> None:
        self.button(label).click()

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=label, exact=True)

    def chooses(self, label: str, option: str) -> None:
        """Pick from a list as a finger does: a list closes when the page moves under it, then one taps again."""
        expect(self.page.get_by_role("listbox")).to_have_count(0)
        wanted = self.page.get_by_role("option", name=option).first
        for _ in range(3):
            self.page.get_by_role("combobox", name=label, exact=True).click()
            with suppress(TimeoutError):
                wanted.click(timeout=4 * SECONDS)
                return
        raise AssertionError(f"“{label}” offers no “{option}”")

    def opens_the_box(self, label: str) -> None:
        """Open an expander, if it is not open already, and wait until it is wholly so: a list in it would close."""
        box = self.page.locator("details").filter(has=self.page.get_by_text(label, exact=True))
        box.wait_for()
        if box.get_attribute("open") is None:
            box.locator("summary").click()
            box.evaluate(_GROWN)

    def rests(self) -> None:
        """The page has run to its end: nothing that is touched now is about to be replaced."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30 * SECONDS)

    def reloads(self) -> None:
        self.page.reload()

    def picture(self, name: str) -> None:
        """Save what is on the screen, where somebody asked for pictures."""
        if _PICTURES:
            expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
            Path(_PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(_PICTURES) / f"{name}-{self.name}.png", animations="disabled")

    @property
    def width(self) -> int:
        """How wide the screen is; a phone's own `innerWidth` grows with a page that is too wide."""
        size = self.page.viewport_size
        assert size is not None
        return size["width"]

    def scrolls_sideways(self) -> bool:
        """Whether something is wider than the screen."""
        return bool(self.page.evaluate("(width) => document.scrollingElement.scrollWidth > width + 1", self.width))


class Phone(Screen):
    """A person's phone."""

    kind = PHONE
    ready = "I am ready"

    def joins(self, *, side: str, table: str, organisation: str = "", sectors: Sequence[str] = ()) -> None:
        self.joins_as(self.name, side=side, table=table, organisation=organisation, sectors=sectors)

    def joins_as(
        self, name: str, *, side: str, table: str, organisation: str = "", sectors: Sequence[str] = ()
    ) -> None:
        """Scan the code, fill in the form, arrive."""
        self.goes_to(f"/j/{self.venue.code}")
        self.fills_in(name, side=side, organisation=organisation, sectors=sectors)
        self.chooses("Your table", table)
        self.agrees()
        self.presses("Join")
        self.is_in()

    def fills_in(self, name: str, *, side: str, organisation: str = "", sectors: Sequence[str] = ()) -> None:
        self.page.get_by_label("Your name, or a pseudonym").fill(name)
        self.page.get_by_role("radio", name=side, exact=True).click()
        if organisation:
            field = self.page.get_by_role("combobox", name="Organisation")
            field.fill(organisation)
            field.press("Enter")
        for sector in sectors:
            self.chooses("Your sectors", sector)
            self.page.keyboard.press("Escape")

    def agrees(self) -> None:
        """Tick the box as a finger does: when the page moves under it, one taps again."""
        notice = "I have read this and agree"
        for _ in range(3):
            self.page.get_by_text(notice).click()
            with suppress(AssertionError):
                expect(self.page.get_by_role("checkbox", name=notice)).to_be_checked(timeout=3 * SECONDS)
                return
        raise AssertionError("the notice cannot be agreed to")

    def is_in(self) -> None:
        expect(self.page.locator(".connection")).to_have_attribute("data-connection", "live", timeout=30 * SECONDS)

    def is_told(self, sentence: str) -> None:
        """The sentence of the step has arrived."""
        expect(self.page.locator(".sentence")).to_contain_text(sentence, timeout=30 * SECONDS)

    def types(self, title: str, pitch: str = "") -> None:
        """Write into the form as fingers do, without sending."""
        field = self.page.get_by_label("Title", exact=True)
        field.click()
        field.press_sequentially(title)
        if pitch:
            self.page.get_by_label("Pitch").fill(pitch)

    def sends(self) -> None:
        self.presses("Send")

    def writes(self, title: str, pitch: str = "") -> None:
        """An idea, from the first letter to the empty form for the next one."""
        self.types(title, pitch)
        self.sends()
        expect(self.card(title)).to_be_visible(timeout=30 * SECONDS)
        expect(self.title).to_have_value("", timeout=30 * SECONDS)

    def writes_again(self, title: str, pitches: Mapping[str, str]) -> None:
        """A further idea with its pitch."""
        self.writes(title, pitches[title])

    @property
    def title(self) -> Locator:
        return self.page.get_by_label("Title", exact=True)

    def publishes(self, title: str) -> None:
        self.page.get_by_role("button", name=f"{title}").and_(self.page.locator(".publish")).click()
        expect(self.card(title).get_by_text("On the board")).to_be_visible(timeout=30 * SECONDS)

    def gets_ready(self) -> None:
        """Say that one is ready to go on; on a tablet for everybody around it."""
        button = self.button(self.ready)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def card(self, title: str) -> Locator:
        return self.page.locator(".card").filter(has_text=title)

    def adds_to_the_first(self, kind: str, **words: str) -> None:
        """Build on the first idea in the hand; the words of the form by its labels."""
        card = self.page.locator(".stage > .cards > .card").first
        card.get_by_role("button", name=f"{kind}: ").click()
        for label, text in words.items():
            self.page.get_by_label(label).fill(text)
        self.presses(f"Send: {kind}")
        expect(self.page.locator(".adding")).to_have_count(0, timeout=30 * SECONDS)

    def joins_the_card(self, title: str, role: str) -> None:
        button = self.card(title).locator(f"[data-role='{role}']")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true", timeout=30 * SECONDS)

    def gives(self, title: str, dots: int) -> None:
        button = self.card(title).locator(f"button[data-dots='{dots}']")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true", timeout=30 * SECONDS)

    def has_voted(self, left: str) -> None:
        expect(self.page.locator(".left")).to_have_text(f"{left} left - saved", timeout=30 * SECONDS)

    def fills_in_the(self, label: str, text: str) -> None:
        """Write a line of the warm-up."""
        self.page.get_by_label(label).fill(text)

    def saves(self) -> None:
        self.presses("Save")
        self.has_saved()

    def has_saved(self) -> None:
        expect(self.page.get_by_text("Saved. You can change it until the step closes.")).to_be_visible()

    def marks_the_first(self, *, impact: int, feasibility: int) -> None:
        """Rate the first idea that was dealt."""
        card = self.page.locator(".card").first
        for scale, mark in (("impact", impact), ("feasibility", feasibility)):
            button = card.locator(f"[data-scale={scale}] [data-mark='{mark}']")
            button.click()
            expect(button).to_have_attribute("aria-pressed", "true", timeout=30 * SECONDS)

    def has_rated(self, count: str) -> None:
        expect(self.page.locator(".left")).to_have_text(f"{count} rated - saved", timeout=30 * SECONDS)

    def loses_the_network(self) -> None:
        self.wire.offline = True
        self.context.set_offline(True)

    def comes_back(self) -> None:
        self.context.set_offline(False)
        self.is_in()
        self.wire.offline = False


WHO = "Who is writing now?"


class Tablet(Phone):
    """A table's tablet with several people around it."""

    kind = TABLET
    ready = "We are ready"

    def opens(self, table: str) -> None:
        self.goes_to(f"/j/{self.venue.code}")
        self.opens_the_box("This is the tablet of a whole table")
        self.chooses("Table", table)
        self.presses("Use this tablet for the table")

    def adds(self, name: str, *, side: str) -> None:
        self.is_in()
        self.rests()
        self.opens_the_box("Add a person to this tablet")
        self.fills_in(name, side=side)
        self.agrees()
        self.presses("Add this person")
        with suppress(AssertionError):  # as a finger does: when nothing happened, one taps again
            self.holds_the_pen(name, within=10 * SECONDS)
            return
        if self.button("Add this person").is_visible():
            self.presses("Add this person")
        self.holds_the_pen(name)

    def holds_the_pen(self, name: str, *, within: int = 30 * SECONDS) -> None:
        """The form is this person's; of a single person on a tablet it need not say so."""
        pen = self.page.get_by_label(WHO)
        expect(pen.locator("option:checked")).to_have_text(name, timeout=within)

    def votes_as(self, name: str) -> None:
        self.page.get_by_label("Who is voting now?").select_option(label=name)

    def passes_the_pen_to(self, name: str) -> None:
        self.page.get_by_label(WHO).select_option(label=name)
        self.sees(f"Idea of {name}")


class Wall(Screen):
    """The projector."""

    kind = WALL

    def opens(self) -> None:
        self.goes_to(f"/w/{self.venue.code}")
        expect(self.page.locator(".rt-foot .rt-code")).to_have_text(self.venue.code, timeout=30 * SECONDS)

    def says(self, sentence: str) -> None:
        expect(self.page.locator(".rt-sentence")).to_have_text(sentence, timeout=30 * SECONDS)


class Desk(Screen):
    """The moderator's laptop, which may hold the organiser's role as well."""

    kind = DESK

    def claims(self, link: str) -> None:
        self.goes_to(link)
        self.page.get_by_role("button").click()

    def opens_next(self, step: str) -> None:
        self.sees(f"Next: {step}")
        self.rests()  # while the page runs, the button before this one may still stand below it
        self.presses("Open next step")
        expect(self.page.locator(".rt-line-now").filter(has_text=step)).to_be_visible(timeout=30 * SECONDS)
        self.rests()

    def finds(self, words: str) -> None:
        """Search among the ideas."""
        field = self.page.get_by_label("Find an idea")
        field.fill(words)
        field.press("Enter")
        expect(self.page.locator("article.rt-idea").first).to_contain_text(words, timeout=30 * SECONDS)
        self.rests()

    def looks_at(self, section: str) -> None:
        self.page.get_by_role("radio", name=section, exact=True).click()

    def downloads(self, label: str) -> Path:
        """A file behind a link, as the browser saves it."""
        with self.page.expect_download() as saved:
            self.page.get_by_role("link", name=label).click()
        return Path(saved.value.path())
