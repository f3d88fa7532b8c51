"""The page's one connection, as a phone in a bad network has it: real components in Chromium, without Streamlit.

``room.js`` and ``stage.js`` are mounted on an empty page of the server. The page's clock is moved by the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.live.served import Phone, Room, served_room
from workshop import signing
from workshop.domain.event import StepKind
from workshop.services import votes
from workshop.ui.components import modules
from workshop.web import stream

pytestmark = pytest.mark.xdist_group("connection")

SECONDS = 1_000
WAIT = 30 * SECONDS
STREAMS = "**/live/stream?*"
SLOW, LIVE = "slow connection - every 10 seconds", "live"

MOUNT = """async ({ code, base }) => {
  for (const name of ["room", "stage"]) {
    const { mount } = await import(`${base}/${name}.js`);
    const box = document.body.appendChild(document.createElement("div"));
    const form = { sectors: [], longest: { title: 80, pitch: 400, note: 200 } };
    mount(box).update({ data: { code, form, table: "Table 1", person: "" } });
  }
}"""

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""

SHIFT = """
  window.shift = 0;
  const now = Date.now;
  Date.now = () => now() + window.shift;
"""

# Many phones in one page: each has a module of its own, all share the page's clock. The lines are ours.
CROWD = """async ({ base, phones }) => {
  window.opened = [];
  window.said = [];
  window.EventSource = class extends EventTarget {
    constructor(url) { super(); this.url = url; this.at = performance.now(); window.opened.push(this); }
    close() { this.closed = true; }
    says(name, data) { this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) })); }
    fails() { this.onerror?.(new Event("error")); }
  };
  window.fetch = () => Promise.reject(new TypeError("no network"));
  for (let number = 0; number < phones; number += 1) {
    const { join } = await import(`${base}/stream.js?phone=${number}`);
    join({ code: "CODE23" }, {
      draws: "all",
      onTopic: (topic) => window.said.push(topic.revision),
      onConnection: (connection) => { window.connection = connection; },
    });
  }
}"""


TWICE = """async ({ shim }) => {
  window.seen = [];
  const { default: run } = await import(URL.createObjectURL(new Blob([shim], { type: "text/javascript" })));
  const parentElement = document.createElement("div");
  const component = (revision) => ({ parentElement, data: { module: "/recorded.js", revision } });
  const wait = () => new Promise((done) => setTimeout(done, 100));
  const cleanUpFirst = run(component(1));
  const cleanUpSecond = run(component(2));
  cleanUpFirst();
  for (let turn = 0; turn < 100 && !seen.length; turn += 1) await wait();
  run(component(3));
  cleanUpSecond();
  await wait();
  run(component(4))();
  await wait();
  return seen;
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with served_room(tmp_path_factory.mktemp("room")) as room:
        yield room


@pytest.fixture(scope="module")
def full_house(browser: Browser, room: Room) -> Iterator[Page]:
    """A hundred phones that listen."""
    with crowd(browser, room, 100) as page:
        yield page


@contextmanager
def empty_page(browser: Browser, phone: Phone, *, script: str = "", clock: bool = True) -> Iterator[Page]:
    """A page of the server with nothing on it, in the browser of this phone."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        cookie = signing.sign_device(phone.device, signer=phone.room.house.signer)
        context.add_cookies([{"name": signing.DEVICE_COOKIE, "value": cookie, "url": phone.room.address}])
        page = context.new_page()
        if clock:
            page.clock.install()
        if script:
            page.add_init_script(script)
        empty = "<!doctype html><html lang=en><meta charset=utf-8><title>Empty</title><body></body></html>"
        page.route("**/empty", lambda route: route.fulfill(body=empty, content_type="text/html"))
        page.goto(f"{phone.room.address}/empty")
        yield page


def mounted(page: Page, room: Room) -> None:
    page.evaluate(MOUNT, {"code": room.view.code, "base": base(room)})


def base(room: Room) -> str:
    return f"{room.address}/assets/{modules.version()}"


def says(page: Page, words: str) -> None:
    expect(page.locator(".connection .words")).to_have_text(words, timeout=WAIT)


def is_told(page: Page, room: Room, kind: StepKind) -> None:
    sentence = next(step.instruction for step in room.view.event.run_of_show if step.kind is kind)
    expect(page.locator(".sentence")).to_have_text(sentence, timeout=WAIT)


def voting(room: Room, name: str) -> tuple[Phone, str]:
    room.open_step(StepKind.WRITE)
    phone = room.phone(name)
    idea = phone.write(f"Idea of {name}")
    room.open_step(StepKind.SHARE)
    phone.publish(idea)
    room.open_step(StepKind.VOTE)
    return phone, str(idea)


@pytest.mark.parametrize("how", ["swallowed", "refused"])
def test_where_streams_do_not_pass_a_phone_asks_every_ten_seconds_and_says_so(
    browser: Browser, room: Room, how: str
) -> None:
    phone, idea = voting(room, f"Behind a proxy {how}")
    with empty_page(browser, phone) as page:
        held: list[Route] = []
        page.route(STREAMS, lambda route: route.abort() if how == "refused" else held.append(route))
        mounted(page, room)
        page.clock.run_for(5 * SECONDS)
        says(page, SLOW)
        is_told(page, room, StepKind.VOTE)
        page.locator(f"[data-key='{idea}'] [data-dots='2']").click(timeout=WAIT)
        expect(page.locator(".left")).to_contain_text("- saved", timeout=WAIT)
        assert phone.badge
        assert sum(votes.ballot(room.house.db, phone.badge).dots.values()) == 2
        room.open_step(StepKind.REVEAL)
        page.clock.run_for(13 * SECONDS)
        is_told(page, room, StepKind.REVEAL)
        says(page, SLOW)
        page.unroute(STREAMS)
        page.clock.run_for(40 * SECONDS)
        says(page, LIVE)


def test_a_phone_in_a_pocket_costs_nothing_and_catches_up_when_it_is_taken_out(browser: Browser, room: Room) -> None:
    phone, idea = voting(room, "In a pocket")
    audience = stream._audiences[id(room.house)]
    with empty_page(browser, phone) as page:
        mounted(page, room)
        says(page, LIVE)
        expect(page.locator(f"[data-key='{idea}']")).to_be_visible(timeout=WAIT)
        page.wait_for_timeout(500)  # what is still on its way would time out on the hurried clock, again and again
        listening = len(audience)
        page.evaluate(HIDE, True)
        page.clock.run_for(61 * SECONDS)
        wait(page, lambda: len(audience) == listening - 1)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.evaluate("dispatchEvent(new Event('online'))")
        page.clock.run_for(600 * SECONDS)
        assert asked == [], "it sleeps"
        assert phone.badge
        votes.cast(room.house.db, phone.badge, UUID(idea), dots=1)  # on a second device
        room.open_step(StepKind.REVEAL)
        page.evaluate(HIDE, False)
        page.clock.run_for(1 * SECONDS)
        is_told(page, room, StepKind.REVEAL)
        says(page, LIVE)
        expect(page.get_by_text("You gave 1 dot")).to_be_visible(timeout=WAIT)
        assert len(audience) == listening


def test_a_phone_that_looked_away_for_a_moment_keeps_its_stream(browser: Browser, room: Room) -> None:
    with empty_page(browser, room.phone("Short look")) as page:
        mounted(page, room)
        says(page, LIVE)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.evaluate(HIDE, True)
        page.clock.run_for(3 * SECONDS)
        page.evaluate(HIDE, False)
        page.clock.run_for(3 * SECONDS)
        assert not [url for url in asked if "/live/stream" in url]


@pytest.mark.parametrize("was_hidden", [True, False], ids=["in a pocket", "with its lid closed"])
def test_a_device_whose_timers_stood_still_while_it_slept_catches_up(
    browser: Browser, room: Room, was_hidden: bool
) -> None:
    """`performance.now()` does not count the sleep of many devices: only the time of day has moved on."""
    with empty_page(browser, room.phone("Sleeper"), script=SHIFT, clock=False) as page:
        mounted(page, room)
        says(page, LIVE)
        with page.expect_request(STREAMS):
            if was_hidden:
                page.evaluate(HIDE, True)
                page.evaluate("window.shift += 600_000")
                page.evaluate(HIDE, False)
            else:
                page.evaluate("window.shift += 600_000")
        says(page, LIVE)


def test_what_a_screen_shows_never_goes_back(browser: Browser, room: Room) -> None:
    with crowd(browser, room, 1) as page:
        page.evaluate("for (const revision of [5, 4, 7, 6]) opened[0].says('topic', { topic: 'room', revision })")
        assert page.evaluate("said") == [5, 7]
        page.evaluate("opened[0].says('topic', { topic: 'table', table_id: 'a', revision: 9 })")
        page.evaluate("opened[0].says('topic', { topic: 'table', table_id: 'b', revision: 2 })")
        assert page.evaluate("said") == [5, 7, 9, 2], "another table counts for itself"


def test_a_stream_that_ends_as_planned_alarms_nobody_and_one_that_breaks_says_so(browser: Browser, room: Room) -> None:
    with crowd(browser, room, 1) as page:
        page.evaluate("opened[0].says('topic', { topic: 'room', revision: 1 })")
        assert page.evaluate("connection") == "live"
        page.evaluate("opened[0].says('bye', { why: 'again' })")
        page.clock.run_for(2 * SECONDS)
        assert page.evaluate("[opened.length, connection]") == [2, "live"]
        for _ in range(6):
            page.evaluate("opened.at(-1).fails()")
            page.clock.run_for(20 * SECONDS)
            assert page.evaluate("connection") == "reconnecting", "nothing answers, so nothing is merely slow"


@pytest.mark.parametrize(
    ("what_happens", "within", "busiest_tenth"),
    [
        ("each.says('bye', { why: 'again' })", (0, 2_000), 20),
        ("each.fails()", (300, 1_300), 30),
        ("if (each === open[0]) dispatchEvent(new Event('online'))", (0, 2_000), 20),
    ],
    ids=["the server stops", "the server is killed", "the Wi-Fi is back"],
)
def test_a_room_does_not_come_back_in_one_moment(
    full_house: Page, what_happens: str, within: tuple[int, int], busiest_tenth: int
) -> None:
    page = full_house
    before, begun = page.evaluate(f"""() => {{
      const open = opened.filter((each) => !each.closed), before = opened.length;
      for (const each of open) each.says('topic', {{ topic: 'room', revision: 1 }});
      for (const each of open) {what_happens};
      return [before, performance.now()];
    }}""")
    page.clock.run_for(3 * SECONDS)
    waited = [at - begun for at in page.evaluate("(before) => opened.slice(before).map((each) => each.at)", before)]
    assert len(waited) == 100
    assert within[0] <= min(waited)
    assert max(waited) <= within[1]
    tenths = [int(each / 100) for each in waited]
    assert max(tenths.count(tenth) for tenth in tenths) <= busiest_tenth


def test_one_person_who_takes_the_phone_out_does_not_wait(browser: Browser, room: Room) -> None:
    with crowd(browser, room, 20) as page:
        page.evaluate("for (const each of opened) each.says('topic', { topic: 'room', revision: 1 })")
        page.evaluate(HIDE, True)
        page.clock.run_for(90 * SECONDS)
        assert page.evaluate("opened.every((each) => each.closed)")
        before = page.evaluate("opened.length")
        page.evaluate(HIDE, False)
        page.clock.run_for(200)
        assert page.evaluate("opened.length") == before + 20


def test_a_pause_grows_and_ends_when_the_server_answers_again(browser: Browser, room: Room) -> None:
    with crowd(browser, room, 1) as page:
        page.evaluate("opened[0].says('topic', { topic: 'room', revision: 1 })")
        page.evaluate("Math.random = () => 0.999")
        pauses = []
        for _ in range(7):
            before = page.evaluate("opened.at(-1).fails(); performance.now()")
            while page.evaluate("opened.at(-1).closed"):
                page.clock.run_for(500)
            pauses.append(page.evaluate("opened.at(-1).at") - before)
        assert [round(pause / 1_000) for pause in pauses] == [1, 2, 4, 8, 16, 30, 30]
        page.evaluate("answer = JSON.stringify({ topics: [], changed: {} }); opened.at(-1).fails()")
        page.evaluate("window.fetch = async () => new Response(answer)")
        page.clock.run_for(12 * SECONDS)  # the next question
        page.wait_for_timeout(50)
        page.clock.run_for(2 * SECONDS)  # the pause of everybody who comes back
        assert page.evaluate("opened.at(-1).closed ?? false") is False


def test_a_component_that_streamlit_runs_twice_out_of_order_keeps_the_newest(browser: Browser, room: Room) -> None:
    """On the first mount the second run may come before the module is there, and the first clean-up after it."""
    with empty_page(browser, room.stranger()) as page:
        recorded = """
          export const mount = () => ({
            update: (component) => window.seen.push(component.data.revision),
            unmount: () => window.seen.push("unmounted"),
          });
        """
        page.route("**/recorded.js", lambda route: route.fulfill(body=recorded, content_type="text/javascript"))
        seen = page.evaluate(TWICE, {"shim": modules.texts()["shim.js"]})
        assert seen == [2, 3, "unmounted"]


@contextmanager
def crowd(browser: Browser, room: Room, phones: int) -> Iterator[Page]:
    """Phones that have just opened their streams."""
    with empty_page(browser, room.stranger()) as page:
        page.clock.pause_at("2030-01-01")
        page.evaluate(CROWD, {"base": base(room), "phones": phones})
        page.clock.run_for(100)
        assert page.evaluate("opened.length") == phones
        yield page


def wait(page: Page, true: Any) -> None:
    while not true():
        page.wait_for_timeout(20)
