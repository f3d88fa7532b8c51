"""The content policy in a real browser: everything we show works, nothing is violated, nothing foreign is asked for."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.web.guarded_server import running

pytestmark = pytest.mark.xdist_group("guard_server")

RECORD = """
window.violations = []
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`))
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("room"), guarded=True) as address:
        yield f"http://{address}"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_page(viewport={"width": 390, "height": 844})) as page:
        page.add_init_script(RECORD)
        yield page


def test_a_page_with_all_we_use_works_without_one_violation_or_foreign_request(room: str, phone: Page) -> None:
    asked, complaints = [], []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("websocket", lambda socket: asked.append(socket.url.replace("ws:", "http:")))
    phone.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    phone.on("pageerror", lambda error: complaints.append(str(error)))

    phone.goto(room)
    phone.get_by_text("imported 4 streamed").wait_for()
    phone.get_by_text("named:True").wait_for()
    phone.get_by_label("Title").fill("Heat from data centres")
    phone.get_by_role("button", name="Send").click()
    phone.get_by_text("saved:Heat from data centres").wait_for()
    phone.get_by_role("button", name="Vote").click()
    phone.get_by_text("voted:1").wait_for()
    assert phone.locator(".js-plotly-plot .point").count() == 3
    assert phone.locator("[data-testid=stDataFrame] canvas").count() > 0

    assert (phone.evaluate("violations"), complaints) == ([], [])
    assert [url for url in asked if not url.startswith((f"{room}/", f"blob:{room}/", "data:"))] == []


@pytest.mark.parametrize(
    ("attempt", "violated"),
    [
        (
            "document.head.appendChild(document.createElement('script')).textContent = 'window.ran = 1'",
            "script-src-elem",
        ),
        ("setTimeout('window.ran = 1')", "script-src"),
        ("new Image().src = 'http://192.0.2.1/seen.png'", "img-src"),
        ("fetch('http://192.0.2.1/').catch(() => 0)", "connect-src"),
        ("document.body.appendChild(document.createElement('iframe')).src = 'http://192.0.2.1/'", "frame-src"),
        (
            "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.ran = 1\" id=bait>'); bait.click()",
            "script-src-attr",
        ),
    ],
)
def test_what_somebody_manages_to_inject_neither_runs_nor_calls_home(
    room: str, phone: Page, attempt: str, violated: str
) -> None:
    phone.goto(f"{room}/_stcore/health")
    phone.evaluate(attempt)
    phone.wait_for_function("violations.length > 0")
    assert phone.evaluate("violations[0]").startswith(violated)
    assert phone.evaluate("window.ran") is None


def test_without_the_policy_it_would_run(room: str, browser: Browser) -> None:
    with closing(browser.new_page(bypass_csp=True)) as unprotected:
        unprotected.goto(f"{room}/_stcore/health")
        unprotected.evaluate("setTimeout('window.ran = 1')")
        unprotected.wait_for_function("window.ran === 1")
