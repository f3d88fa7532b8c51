"""Requests: whose page may ask, what may be asked, how much may be sent."""

import pytest
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web.asgi import HOST, ask
from workshop.web.guard import Guard


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers everything, so that whatever is refused was refused by the guard."""
    request = Request(scope, receive)
    size = len(await request.body())
    response = HTMLResponse("<p>page") if scope["path"] == "/" else JSONResponse({"size": size})
    await response(scope, receive, send)


def guarded(inner: ASGIApp = app, **options: object) -> Guard:
    return Guard(inner, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST.:8501"])
def test_this_machine_is_always_answered(host: str) -> None:
    assert ask(guarded(), headers=[("host", host)]).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8501", "", "127.0.0.1@evil", "[::1"]
)
def test_a_foreign_name_that_points_at_us_is_refused(host: str) -> None:
    answer = ask(guarded(), headers=[("host", host)])
    assert (answer.status, "allowed hosts" in answer.body) == (421, True)


def test_without_the_guard_a_foreign_name_is_answered() -> None:
    assert ask(app, headers=[("host", "evil.example")]).status == 200


@pytest.mark.parametrize("headers", [[], [("host", HOST), ("host", "evil.example")]])
def test_a_request_must_name_exactly_one_host(headers: list[tuple[str, str]]) -> None:
    assert ask(guarded(), headers=headers).status == 421


def test_the_names_from_the_settings_are_answered() -> None:
    guard = guarded(allowed_hosts=("event.example.org", ".rooms.example", "[2001:db8::7]"))
    for host in ("event.example.org", "a.rooms.example:443", "[2001:db8::7]:8501"):
        assert ask(guard, headers=[("host", host)]).status == 200
    for host in ("other.example.org", "rooms.example", "xrooms.example"):
        assert ask(guard, headers=[("host", host)]).status == 421


def test_a_laptop_that_changes_its_network_while_the_room_runs_stays_reachable() -> None:
    new_address = [("host", "192.168.77.5:8501")]
    assert ask(guarded(), headers=new_address, server=("192.168.77.5", 8501)).status == 200
    assert ask(guarded(), headers=new_address, server=("10.0.0.9", 8501)).status == 421
    assert ask(guarded(), headers=new_address, server=("/run/room.sock", None)).status == 421


@pytest.mark.parametrize("origin", [f"http://{HOST}", f"https://{HOST}"])
def test_our_own_page_may_ask_also_through_a_proxy_that_ends_tls(origin: str) -> None:
    assert ask(guarded(), "/live/vote", method="POST", headers=[("host", HOST), ("origin", origin)]).status == 200


@pytest.mark.parametrize(
    ("origin", "host"),
    [("https://localhost", "localhost:443"), ("http://localhost:80", "localhost"), ("https://LOCALHOST", "localhost")],
)
def test_the_usual_port_may_be_left_out(origin: str, host: str) -> None:
    assert ask(guarded(), headers=[("host", host), ("origin", origin)]).status == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://localhost", "http://localhost:9999", "null", "", "file://", f"ftp://{HOST}", HOST],
)
def test_another_sites_page_is_refused(origin: str) -> None:
    assert ask(guarded(), headers=[("host", HOST), ("origin", origin)]).status == 403


def test_two_origins_are_one_too_many() -> None:
    own = ("origin", f"http://{HOST}")
    assert ask(guarded(), headers=[("host", HOST), own, own]).status == 403


def test_a_body_over_64_kilobytes_is_refused_by_its_announcement_or_by_its_bytes() -> None:
    announced = [("host", HOST), ("content-length", "65537")]
    assert ask(guarded(), "/live/vote", method="POST", headers=announced).status == 413
    assert ask(guarded(), "/live/vote", method="POST", body=[b"x" * 40_000] * 2).status == 413
    assert ask(guarded(), "/live/vote", method="POST", body=[b"x" * 65_536]).body == '{"size":65536}'
    assert ask(app, "/live/vote", method="POST", body=[b"x" * 40_000] * 2).body == '{"size":80000}'


def test_a_route_that_ignores_its_body_answers_as_ever() -> None:
    async def deaf(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("fine")(scope, receive, send)

    assert ask(guarded(deaf), "/live/vote", method="POST", body=[b"x" * 80_000]).body == "fine"


def test_a_defect_in_a_route_is_not_disguised_as_a_large_body() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(guarded(broken), "/live/vote", method="POST", body=[b"small"])


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_a_method_that_nobody_needs_is_refused(method: str) -> None:
    assert ask(guarded(), "/live/vote", method=method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/under/a/prefix/_stcore/agent/mcp",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/health/../metrics",
        "/_stcore/upload_file/session/file",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback",
    ],
)
def test_what_streamlit_offers_beside_its_pages_is_closed(path: str) -> None:
    assert ask(guarded(), path).status == 404
    assert ask(app, path).status == 200


@pytest.mark.parametrize(
    "path", ["/", "/wall", "/_stcore/health", "/_stcore/host-config", "/_stcore/bidi-components/a/b.js", "/static/x.js"]
)
def test_what_a_page_needs_stays_open(path: str) -> None:
    assert ask(guarded(), path).status == 200


def test_only_whom_the_settings_name_may_upload() -> None:
    guard = guarded(may_upload=lambda cookies: cookies.get("who") == "organiser")
    organiser = [("host", HOST), ("cookie", "who=organiser"), ("content-length", "3000000")]
    upload = "/_stcore/upload_file/session/file"
    assert ask(guard, upload, method="PUT", headers=organiser).status == 200
    assert ask(guard, upload, method="PUT").status == 404
    assert ask(guard, upload, method="PATCH", headers=organiser).status == 404
    assert ask(guard, "/live/vote", method="POST", headers=organiser).status == 413
