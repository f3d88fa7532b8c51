"""The guard on a real server, each time with the same server without it: there the attack must work."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.web.guarded_server import running, shared_value
from workshop.signing import DEVICE_COOKIE

pytestmark = pytest.mark.xdist_group("guard_server")
CLEAR_CACHE = BackMsg(clear_cache=True)
FOREIGN = {"Origin": "http://evil.example"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("guarded"), guarded=True) as address:
        yield address


@pytest.fixture(scope="module")
def open_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("open"), guarded=False) as address:
        yield address


def test_a_stranger_cannot_reset_what_all_sessions_share(guarded: str) -> None:
    before = shared_value(guarded)
    assert shared_value(guarded, CLEAR_CACHE) == before
    assert shared_value(guarded) == before


def test_without_the_guard_a_stranger_resets_it(open_room: str) -> None:
    before = shared_value(open_room)
    shared_value(open_room, CLEAR_CACHE)
    assert shared_value(open_room) != before


def test_a_foreign_page_is_refused_and_so_is_a_name_rebound_to_us(guarded: str) -> None:
    assert httpx.post(f"http://{guarded}/live/echo", headers=FOREIGN, content=b"x").status_code == 403
    assert httpx.get(f"http://{guarded}/", headers={"Host": "evil.example"}).status_code == 421
    assert asyncio.run(handshake(guarded, FOREIGN)) == 403


def test_without_the_guard_a_foreign_page_may_post_and_a_rebound_name_is_served(open_room: str) -> None:
    assert httpx.post(f"http://{open_room}/live/echo", headers=FOREIGN, content=b"x").json() == {"size": 1}
    assert httpx.get(f"http://{open_room}/", headers={"Host": "evil.example"}).status_code == 200


def test_a_huge_frame_closes_the_socket_and_the_next_visitor_is_served(guarded: str) -> None:
    assert asyncio.run(close_code(guarded, b"\x00" * 300_000)) == 1009
    assert asyncio.run(close_code(guarded, b"\xff\xff")) == 1002
    assert asyncio.run(close_code(guarded, "text")) == 1003
    assert shared_value(guarded).startswith("shared:")


def test_agents_uploads_and_metrics_are_closed(guarded: str, open_room: str) -> None:
    for path in ("/_stcore/agent/openapi.json", "/_stcore/metrics"):
        assert httpx.get(f"http://{guarded}{path}").status_code == 404
        assert httpx.get(f"http://{open_room}{path}").status_code == 200
    assert httpx.put(f"http://{guarded}/_stcore/upload_file/a/b", content=b"x").status_code == 404


def test_the_page_names_the_browser_and_hashed_files_do_not(guarded: str) -> None:
    page = httpx.get(f"http://{guarded}/wall")
    script = page.text.partition('src="./static/js/')[2].partition('"')[0]
    asset = httpx.get(f"http://{guarded}/static/js/{script}")
    assert (DEVICE_COOKIE in page.cookies, page.headers["cache-control"]) == (True, "no-store")
    assert ("set-cookie" in asset.headers, "immutable" in asset.headers["cache-control"]) == (False, True)
    assert httpx.get(f"http://{guarded}/_stcore/health").cookies.get(DEVICE_COOKIE) is None


async def handshake(address: str, headers: dict[str, str]) -> int:
    try:
        async with websockets.connect(f"ws://{address}/_stcore/stream", additional_headers=headers):
            return 101
    except websockets.InvalidStatus as refused:
        return refused.response.status_code


async def close_code(address: str, frame: bytes | str) -> int | None:
    async with websockets.connect(f"ws://{address}/_stcore/stream", max_size=None) as socket:
        await socket.send(frame)
        async with asyncio.timeout(20):
            await socket.wait_closed()
    return socket.close_code
