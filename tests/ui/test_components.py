"""The components in a real browser: drawn from the stream, without a rerun, and patient with bad networks."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.live.served import EVENT, Phone, Room, open_house
from workshop import signing
from workshop.domain.event import StepKind
from workshop.services import drafts, flags, ideas, moderation, readiness, themes, votes, workshops
from workshop.themes import Board, Theme

pytestmark = pytest.mark.xdist_group("components")
HERE = Path(__file__).parent

expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The app in a process of its own; the test is a second process on the same file."""
    folder = tmp_path_factory.mktemp("room")
    with open_house(folder) as house:
        view = workshops.create(house.db, EVENT.read_text(encoding="utf-8"))
        port = _free_port()
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                str(HERE / "component_app.py"),
                f"--server.port={port}",
                "--server.address=127.0.0.1",
                "--logger.level=error",
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until(lambda: _answers(f"{address}/_stcore/health"), 60)
            yield Room(house, view, address)
        finally:
            server.terminate()
            assert server.wait(15) is not None, "open streams must not keep the server from stopping"


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def open_page(phone: Phone, page: str = "phone", **options: object) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        signer = phone.room.house.signer
        cookie = signing.sign_device(phone.device, signer=signer)
        context.add_cookies([{"name": signing.DEVICE_COOKIE, "value": cookie, "url": phone.room.address}])
        tab = context.new_page()
        tab.goto(f"{phone.room.address}/?page={page}&device={phone.device}")
        return tab

    yield open_page
    for context in contexts:
        context.close()


def test_a_step_change_is_drawn_without_a_rerun(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.ARRIVE)
    tab = opened(room.phone("Ada"))
    expect(tab.locator(".connection")).to_have_text("live")
    runs = tab.get_by_text(re.compile(r"^runs \d")).inner_text()
    _go(room, StepKind.WRITE)
    instruction = next(step.instruction for step in room.view.event.run_of_show if step.kind is StepKind.WRITE)
    expect(tab.locator(".sentence")).to_have_text(instruction)
    expect(tab.locator("html")).to_have_attribute("data-step", "write_alone")
    expect(tab.locator("html")).to_have_attribute("data-may-write", "yes")
    expect(tab.locator(".clock")).to_have_text(re.compile(r"^\d+:\d\d$"))
    _go(room, StepKind.THEMES)
    expect(tab.locator("html")).to_have_attribute("data-step", "themes")
    expect(tab.locator("html")).to_have_attribute("data-may-write", "no")
    assert tab.get_by_text(re.compile(r"^runs \d")).inner_text() == runs


def test_two_phones_at_a_table_see_the_same_and_text_stays_text(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.WRITE)
    author, neighbour = room.phone("Writer", table=2), room.phone("Neighbour", table=2)
    hostile = "<img src=x onerror=alert(1)> **bold** [a](http://b)"
    author.write(hostile)
    first, second = opened(author), opened(neighbour)
    _go(room, StepKind.SHARE)
    for tab in (first, second):
        expect(tab.locator(".card .title")).to_have_text(hostile)
        assert tab.locator(".stage img, .stage a").count() == 0
    first.get_by_role("button", name="Publish: #").click()
    expect(second.locator(".stage > .lead")).to_have_text("1 of 3 published")
    expect(second.get_by_role("button", name="Withdraw")).to_have_count(0)
    first.get_by_role("button", name="Withdraw: #").click()
    first.get_by_role("button", name="Really withdraw?").click()
    expect(second.locator(".card")).to_have_count(0)


def test_a_vote_in_a_dead_spot_arrives_once_the_network_is_back(room: Room, opened: Callable[..., Page]) -> None:
    phone, idea = _voting(room, "Dead spot", table=3)
    tab = opened(phone)
    two = _dots(tab, 2, idea)
    expect(two).to_be_visible()
    tab.context.set_offline(True)
    two.click()
    two.click()
    expect(two).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".left")).to_contain_text("not saved yet")
    assert phone.badge
    assert votes.ballot(room.house.db, phone.badge).dots == {}
    tab.context.set_offline(False)
    expect(tab.locator(".left")).to_contain_text("- saved")
    assert list(votes.ballot(room.house.db, phone.badge).dots.values()) == [2]
    expect(tab.locator(".connection")).to_have_text("live")


def test_a_refused_vote_is_taken_back_with_its_sentence(room: Room, opened: Callable[..., Page]) -> None:
    phone, idea = _voting(room, "Refused", table=4)
    others = [other.id for other in ideas.board(room.house.db, room.moderator) if str(other.id) != idea]
    tab = opened(phone)
    expect(_dots(tab, 2, idea)).to_be_visible()
    tab.route("**/live/ballot*", lambda route: route.abort())  # this page does not look again
    assert phone.badge
    for other, dots in zip(others, (2, 2, 1), strict=False):
        votes.cast(room.house.db, phone.badge, other, dots=dots)  # on a second device
    _dots(tab, 2, idea).click()
    expect(tab.locator(".foot .problem")).to_contain_text("Take dots back")
    expect(_dots(tab, 0, idea)).to_have_attribute("aria-pressed", "true")
    expect(_dots(tab, 2, idea)).to_have_attribute("aria-pressed", "false")


def test_ready_in_a_dead_spot_is_shown_at_once_and_arrives_after_a_reload(
    room: Room, opened: Callable[..., Page]
) -> None:
    _go(room, StepKind.WRITE)
    phone, neighbour = room.phone("Ready", table=7), room.phone("Neighbour", table=7)
    assert phone.badge
    assert neighbour.badge
    tab = opened(phone)
    ready = tab.get_by_role("button", name="I am ready")
    expect(ready).to_have_attribute("aria-pressed", "false")
    expect(tab.locator(".at-table")).to_have_text("Ready at your table: 0 of 2")
    readiness.say(room.house.db, neighbour.badge, "write", ready=True)
    expect(tab.locator(".at-table")).to_have_text("Ready at your table: 1 of 2")
    tab.route("**/live/ready", lambda route: route.abort())
    ready.dblclick()
    expect(ready).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".light .hint")).to_have_text("Not sent yet. It is sent again by itself.")
    assert readiness.steps_of(room.house.db, phone.badge) == ()
    tab.unroute_all()
    tab.reload()
    expect(ready).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".at-table")).to_have_text("Ready at your table: 2 of 2")
    assert readiness.steps_of(room.house.db, phone.badge) == ("write",)
    ready.click()
    expect(tab.locator(".at-table")).to_have_text("Ready at your table: 1 of 2")
    expect(ready).to_have_attribute("aria-pressed", "false")


def test_ready_belongs_to_its_step_and_a_refusal_takes_it_back(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.WRITE)
    phone = room.phone("Steps", table=7)
    assert phone.badge
    tab = opened(phone)
    ready = tab.get_by_role("button", name="I am ready")
    ready.click()
    _wait_until(lambda: readiness.steps_of(room.house.db, phone.badge) == ("write",), 30)  # type: ignore[arg-type]
    _go(room, StepKind.SHARE)
    expect(ready).to_have_attribute("aria-pressed", "false")
    refusal = {"error": "Nobody is asked now whether they are ready."}
    tab.route("**/live/ready", lambda route: route.fulfill(status=403, json=refusal))
    ready.click()
    expect(tab.locator(".light .problem")).to_have_text("Nobody is asked now whether they are ready.")
    expect(ready).to_have_attribute("aria-pressed", "false")
    _go(room, StepKind.THEMES)
    expect(ready).to_have_count(0)
    _go(room, StepKind.WRITE)
    expect(ready).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".light .problem")).to_be_hidden()


def test_a_wrong_theme_is_flagged_in_a_dead_spot_and_the_flag_goes_when_the_idea_moves(
    room: Room, opened: Callable[..., Page]
) -> None:
    _go(room, StepKind.SHARE)
    phone = room.phone("Flags", table=6)
    assert phone.badge
    phone.publish(phone.write("Ferries with batteries"))
    number = next(idea.number for idea in ideas.mine(room.house.db, phone.badge))
    seen = _two_themes(room)
    _go(room, StepKind.THEMES)
    tab = opened(phone)
    tab.locator(".theme summary").filter(has_text="Ships").click()
    flag = tab.get_by_role("button", name=f"Wrong theme? #{number} Ferries")
    expect(flag).to_have_attribute("aria-pressed", "false")
    tab.route("**/live/flag", lambda route: route.abort())
    flag.dblclick()
    expect(flag).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".stage:not(.form) .problem").first).to_have_text("Not sent yet. It is sent again by itself.")
    tab.unroute_all()
    tab.reload()
    tab.locator(".theme summary").filter(has_text="Ships").click()
    expect(flag).to_have_attribute("aria-pressed", "true")
    _wait_until(lambda: flags.of(room.house.db, phone.badge) == {number: "ships"}, 30)  # type: ignore[arg-type]
    idea = next(idea.id for idea in ideas.mine(room.house.db, phone.badge))
    themes.move(room.house.db, room.moderator, idea, theme_id="trains", seen=seen)
    tab.locator(".theme summary").filter(has_text="Trains").click()
    expect(flag).to_be_visible()
    expect(flag).to_have_attribute("aria-pressed", "false")
    _go(room, StepKind.CLOSING)
    expect(flag).to_have_count(0)


def _two_themes(room: Room) -> int:
    """All ideas in one theme, and an empty one that a person made; gives their version."""
    there = tuple(str(idea.id) for idea in ideas.board(room.house.db, room.moderator))
    made = (
        Theme("ships", "Ships", "", (), there, 1.0, 0, locked=False, central_id=there[0]),
        Theme("trains", "Trains", "", (), (), 1.0, 1, locked=True, central_id=""),
    )
    now = themes.current(room.house.db, room.moderator)
    seen = now.version if now else 0
    return themes.apply(room.house.db, room.moderator, themes.Proposal(Board(themes=made), seen=seen, sentence=""))


def test_focus_and_scroll_stay_when_others_change_something(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.WRITE)
    authors = [room.phone(f"Author {number}", table=5) for number in range(6)]
    written = [author.write(f"Idea {number} of {author.device}"[:40]) for author in authors for number in range(3)]
    tab = opened(room.phone("Reader", table=5))
    _go(room, StepKind.SHARE)
    expect(tab.locator(".card")).to_have_count(18)
    card = tab.locator(f"[data-key='{written[10]}']")
    card.scroll_into_view_if_needed()
    card.get_by_role("button", name="Publish: #").focus()
    before = card.evaluate(_WHERE)
    assert before["scrolled"] > 500
    moderation.hide(room.house.db, room.moderator, written[0], reason="Twice on the list")
    room.phone("Latecomer", table=5).write("One more")
    expect(tab.get_by_text("One more", exact=True)).to_have_count(1)
    expect(tab.locator(f"[data-key='{written[0]}']")).to_have_count(0)
    after = card.evaluate(_WHERE)
    assert after["focused"] == before["focused"]
    assert abs(after["top"] - before["top"]) <= 1, "what is read stays under the eyes"


def test_what_is_typed_survives_a_reload_and_a_dead_spot(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.WRITE)
    phone = room.phone("Typist", table=6)
    assert phone.badge
    tab = opened(phone)
    tab.get_by_label("Title").fill("Half a sentence")
    _wait_until(lambda: drafts.read(room.house.db, phone.badge, "idea") is not None, 30)  # type: ignore[arg-type]
    tab.reload()
    expect(tab.get_by_label("Title")).to_have_value("Half a sentence")
    expect(tab.locator(".connection")).to_have_text("live")
    tab.context.set_offline(True)
    tab.get_by_label("Title").fill("Half a sentence, typed offline")
    time.sleep(1.5)
    tab.context.set_offline(False)

    def arrived() -> bool:
        return (drafts.read(room.house.db, phone.badge, "idea") or {}).get("title", "").endswith("offline")  # type: ignore[arg-type]

    _wait_until(arrived, 60)


def test_a_wall_draws_itself_again_and_a_burst_is_few_runs(room: Room, opened: Callable[..., Page]) -> None:
    _go(room, StepKind.ARRIVE)
    wall = opened(room.stranger(), page="wall")
    expect(wall.get_by_text(re.compile("^seated"))).to_be_visible(timeout=20_000)
    runs = _number(wall.get_by_text(re.compile("^wall runs")))
    seated = _number(wall.get_by_text(re.compile("^seated")))
    for number in range(20):
        room.phone(f"Guest {number}", table=number % 3)
    expect(wall.get_by_text(f"seated {seated + 20}", exact=True)).to_be_visible(timeout=15_000)
    assert _number(wall.get_by_text(re.compile("^wall runs"))) - runs <= 15
    assert _number(wall.get_by_text(re.compile(r"^runs \d"))) == 1, "the page around the fragment did not run"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phones_are_accessible(room: Room, opened: Callable[..., Page], scheme: str) -> None:
    phone, idea = _voting(room, f"Axe {scheme}", table=8 if scheme == "light" else 9)
    tab = opened(phone, color_scheme=scheme)
    for kind, sign in ((StepKind.SHARE, ".card"), (StepKind.VOTE, ".dots"), (StepKind.REVEAL, ".rank")):
        _go(room, kind)
        expect(tab.locator(sign).first).to_be_visible()
        found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response
        ours = [
            (violation["id"], node["target"], node["failureSummary"])
            for violation in found["violations"]
            for node in violation["nodes"]
            if isinstance(node["target"][-1], list)  # inside a shadow root: only components have one
        ]
        assert ours == []
    assert idea


_WHERE = """(card) => ({
  top: card.getBoundingClientRect().top,
  scrolled: document.querySelector("[data-testid=stMain]").scrollTop,
  focused: document.activeElement.shadowRoot?.activeElement?.getAttribute("aria-label"),
})"""


def test_on_the_theme_map_what_stays_glides_and_what_is_written_stays_text(
    room: Room, opened: Callable[..., Page]
) -> None:
    tab = opened(room.phone("Ada"), "map", reduced_motion="no-preference")
    picture = tab.get_by_role("img", name="Two ideas")
    expect(picture.locator(".bubble")).to_have_count(2)
    first = picture.locator(".bubble[data-key='1']")
    first.evaluate("bubble => { bubble.seenBefore = true; }")
    assert "transform" in first.evaluate("bubble => getComputedStyle(bubble).transitionProperty")
    tab.get_by_role("button", name="Later").click()
    expect(picture.locator(".bubble[data-key='3']")).to_have_count(1)
    expect(picture.locator(".bubble[data-key='2']")).to_have_count(0)
    assert first.evaluate("bubble => bubble.seenBefore"), "the bubble was drawn anew, so it jumped"
    assert first.evaluate("bubble => bubble.style.transform") == "translate(700px, 200px)"
    name = picture.locator(".lines text")
    expect(name).to_have_text("<b>WWWWWWWW</b>")
    assert name.evaluate("text => text.getComputedTextLength()") <= 121, "a name is wider than its box"


def _voting(room: Room, name: str, *, table: int) -> tuple[Phone, str]:
    _go(room, StepKind.WRITE)
    phone = room.phone(name, table=table)
    written = [phone.write(f"{name} {number}") for number in range(3)]
    _go(room, StepKind.SHARE)
    for idea in written:
        phone.publish(idea)
    _go(room, StepKind.VOTE)
    return phone, str(written[0])


def _go(room: Room, kind: StepKind) -> None:
    state = workshops.of(room.house.db, room.moderator).state
    if state.step_key != next(step.key for step in room.view.event.run_of_show if step.kind is kind):
        room.open_step(kind)


def _dots(tab: Page, dots: int, idea: str) -> Locator:
    return tab.locator(f"[data-key='{idea}'] [data-dots='{dots}']")


def _number(text: Locator) -> int:
    return int(text.inner_text().split()[-1])


def _wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
