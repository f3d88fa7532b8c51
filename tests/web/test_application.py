"""What surrounds the pages: the guard before everything, links printed at the start, everything closed at the end."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route

from tests.live.served import open_house
from tests.web.doors import Doors, doors_open
from workshop.errors import NotFound
from workshop.services import access, installation, room_links, workshops
from workshop.web import application

PAGES = {path.stem for path in (Path(__file__).parents[2] / "pages").glob("[!_]*.py")}


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with doors_open(tmp_path) as doors:
        yield doors


def test_no_route_stands_in_the_way_of_a_page() -> None:
    all_routes = [*application.routes(), *application.live_routes()]
    first = {route.path.split("/")[1] for route in all_routes if isinstance(route, Route)}
    assert not first & PAGES


def test_a_call_is_found_by_its_whole_path_and_knows_its_methods(doors: Doors) -> None:
    asks = doors.browser()
    assert asks.get("/live/now").status_code == 404, "a room's code is missing"
    assert asks.put("/live/now").status_code == 405
    assert asks.get("/live/now/").status_code == asks.get("/live/nothing").status_code == 404
    assert asks.put("/live/now").headers["allow"] in {"GET, HEAD", "HEAD, GET"}
    assert not [route.path for route in application.live_routes() if "{" in route.path]


def test_every_call_answers_errors_itself_because_nothing_around_it_does() -> None:
    unguarded = [route.path for route in application.live_routes() if not hasattr(route.endpoint, "__wrapped__")]
    assert application.live_routes()
    assert unguarded == []


def test_a_long_answer_is_packed_for_browsers_that_can_read_it(doors: Doors) -> None:
    code, browser = doors.code, doors.browser("moderator")
    plain = browser.get(f"/live/now?code={code}&as=staff", headers={"accept-encoding": "identity"})
    packed = browser.get(f"/live/now?code={code}&as=staff", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json().keys() == plain.json().keys()


@pytest.mark.parametrize("path", ["/healthz", "/r/anything", "/download/ABCDEF.pdf", "/live/now"])
def test_a_foreign_host_gets_nothing_not_even_a_cookie(doors: Doors, path: str) -> None:
    refused = doors.stranger().get(path, headers={"host": "evil.example"})
    assert 400 <= refused.status_code < 500
    assert "set-cookie" not in refused.headers


@pytest.mark.parametrize("path", ["/r/anything", "/healthz", "/j/ABCDEF"])
def test_every_answer_carries_the_policy(doors: Doors, path: str) -> None:
    assert "default-src 'self'" in doors.stranger().get(path).headers["content-security-policy"]


def test_at_the_start_three_links_are_printed_and_earlier_unused_ones_stop_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(application.ANNOUNCE, "1")
    first, second = (_started_once(tmp_path, capsys) for _ in range(2))
    assert first["code"] == second["code"], "a restart must find the room again"
    with open_house(tmp_path) as house:
        for role in ("moderator", "organiser"):
            assert access.offered(house.db, second[role]).role == role
            with pytest.raises(NotFound):
                access.offered(house.db, first[role])


def test_behind_a_proxy_no_start_takes_away_a_link_that_somebody_has_not_used_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(application.ANNOUNCE, "1")
    monkeypatch.setenv("ROUNDTABLE_BEHIND_PROXY", "yes")
    monkeypatch.setenv("ROUNDTABLE_PUBLIC_URL", "https://roundtable.example.org")
    with open_house(tmp_path) as house:
        view = workshops.resume_or_create(house.db, house.settings.event_file)
        mine = room_links.fresh(house.db, view, house.settings)
    with open_house(tmp_path):
        asyncio.run(_start_and_stop())
    printed = capsys.readouterr().out
    assert f"https://roundtable.example.org/j/{view.code}" in printed
    assert "/r/" not in printed, "a log is no place for a link to a role"
    with open_house(tmp_path) as house:
        for link in (mine.moderator, mine.organiser):
            assert link.startswith("https://roundtable.example.org/r/")
            assert access.offered(house.db, link.rpartition("/")[2])


def test_systemd_hears_that_the_room_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_house(tmp_path), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        asyncio.run(_start_and_stop())
        assert [systemd.recv(100) for _ in range(2)] == [b"READY=1", b"STOPPING=1"]


def test_at_the_end_the_room_is_closed(tmp_path: Path) -> None:
    with open_house(tmp_path) as house:
        workshops.resume_or_create(house.db, house.settings.event_file)
        asyncio.run(_start_and_stop())
        assert installation.current() is not house


def _started_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    with open_house(folder):
        asyncio.run(_start_and_stop())
    printed = capsys.readouterr().out
    code = re.search(r"Join .*/j/(\w{6}) ", printed)
    links = dict(re.findall(r"(Moderator|Organiser) +http://localhost:\d+/r/(\S+)", printed))
    assert code, printed
    return {"code": code[1], **{role.lower(): token for role, token in links.items()}}


async def _start_and_stop() -> None:
    async with application.lifespan(None):
        pass
