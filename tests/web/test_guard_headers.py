"""What every response tells the browser."""

import base64
import hashlib

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.web.asgi import HOST, ask
from workshop.web.guard import Guard
from workshop.web.policy import content_security_policy, streamlit_index


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    answers = {
        "/": HTMLResponse("<p>", headers={"cache-control": "no-cache"}),
        "/live/me": JSONResponse({}),
        "/static/app.js": Response("1", headers={"cache-control": "public, immutable"}),
        "/strict": Response("1", headers={"content-security-policy": "default-src 'none'"}),
    }
    await answers[scope["path"]](scope, receive, send)


@pytest.mark.parametrize("path", ["/", "/live/me", "/static/app.js", "/_stcore/metrics"])
def test_every_response_carries_the_policy_a_refusal_too(path: str) -> None:
    headers = ask(Guard(app), path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_without_the_guard_there_is_no_policy() -> None:
    assert "content-security-policy" not in ask(app, "/").headers


@pytest.mark.parametrize(
    ("path", "kept"), [("/", "no-store"), ("/live/me", "no-store"), ("/static/app.js", "public, immutable")]
)
def test_pages_and_answers_are_not_kept_but_hashed_files_are(path: str, kept: str) -> None:
    assert ask(Guard(app), path).headers["cache-control"] == kept


def test_a_route_may_be_stricter() -> None:
    assert ask(Guard(app), "/strict").headers["content-security-policy"] == "default-src 'none'"


def test_browsers_are_told_to_isolate_the_page_only_where_they_listen() -> None:
    room = [("host", "192.168.0.5:8501")]
    isolated = "cross-origin-opener-policy"
    assert isolated in ask(Guard(app), headers=[("host", HOST)]).headers
    assert isolated not in ask(Guard(app), headers=room, server=("192.168.0.5", 8501)).headers
    assert isolated in ask(Guard(app), headers=room, server=("192.168.0.5", 8501), scheme="https").headers


def test_scripts_of_the_page_are_allowed_by_their_hash_and_no_others() -> None:
    page = b"<script>a()</script><script type=module src=x></script><script>\nb()\n</script>"
    policy = content_security_policy(page)
    for script in (b"a()", b"\nb()\n"):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" in policy
    assert policy.count("sha256-") == 2
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy


def test_the_installed_streamlit_has_no_inline_script_that_the_policy_forgets() -> None:
    page = streamlit_index()
    without_source = page.count(b"<script") - page.count(b" src=")
    assert content_security_policy(page).count("sha256-") == without_source > 0


def test_a_page_without_inline_scripts_needs_no_hash() -> None:
    assert "script-src 'self' blob: 'wasm-unsafe-eval';" in content_security_policy(b"<p>")
