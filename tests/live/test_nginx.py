"""The nginx that we ship, in front of two small servers that say what they were asked."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest

from tests.live import nginx
from tests.live.replicas import free_ports
from workshop import signing

pytestmark = pytest.mark.xdist_group("nginx")

SIGNER = signing.Signer((b"k" * 32,))


class Asked(BaseHTTPRequestHandler):
    """Answers with what it was asked. Under ``/first-dies/…`` whoever is asked first hangs up without a word."""

    seen: ClassVar[set[str]] = set()
    goes_on: ClassVar = threading.Event()
    server: ThreadingHTTPServer

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.startswith("/first-dies/") and self.path not in self.seen:
            self.seen.add(self.path)
            self.close_connection = True
            return
        status = 503 if self.path == "/database-away" else 200
        told = {
            "port": self.server.server_port,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
        }
        self.send_response(status)
        if self.path.startswith("/static/"):
            self.send_header("cache-control", "public, immutable, max-age=31536000")
        self.send_header("content-type", "application/json")
        self.end_headers()
        if self.path == "/live/stream":
            self.wfile.write(b"event: beat\ndata: {}\n\n")
            self.wfile.flush()
            self.goes_on.wait(30)
        self.wfile.write(json.dumps(told | {"filling": "x" * 2_000}).encode())

    do_GET = do_POST = answer  # noqa: N815  the names that http.server looks for

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@dataclass
class Front:
    """nginx, and the ports of the servers behind it."""

    address: str
    folder: Path
    ports: list[int]
    browsers: ExitStack = field(repr=False)

    def browser(self, device: str = "", **headers: str) -> httpx.Client:
        cookies = {signing.DEVICE_COOKIE: signing.sign_device(device, signer=SIGNER)} if device else {}
        client = httpx.Client(base_url=self.address, cookies=cookies, headers=headers, timeout=10)
        return self.browsers.enter_context(client)

    def known(self) -> httpx.Client:
        return self.browser(signing.new_device_id())


@contextmanager
def serving(port: int = 0) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", port), Asked)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def open_front(folder: Path) -> Iterator[Front]:
    (port,) = free_ports(1)
    with ExitStack() as browsers, serving() as one, serving() as other:
        ports = [one, other]
        browsers.enter_context(nginx.in_front_of(ports, port=port, folder=folder))
        front = Front(f"http://127.0.0.1:{port}", folder, ports, browsers)
        _patiently(f"{front.address}/healthz")
        yield front


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with open_front(tmp_path_factory.mktemp("nginx")) as front:
        yield front


def told(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_app_hears_what_its_guard_needs_and_nobodys_address(front: Front) -> None:
    headers = told(front.browser(**{"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}).get("/"))["headers"]
    assert headers["host"] == front.address.removeprefix("http://"), "with its port, as Origin has it"
    assert headers["x-forwarded-proto"] == "http", "never what a browser claims"
    assert "x-forwarded-for" not in headers


def test_the_devices_id_decides_and_its_signature_does_not(front: Front) -> None:
    device = signing.new_device_id()
    one = front.browser(device)
    other = front.browser()
    other.cookies.set(signing.DEVICE_COOKIE, signing.sign_device(device, signer=signing.Signer((b"z" * 32,))))
    assert len({told(browser.get("/"))["port"] for browser in (one, other) for _ in range(5)}) == 1
    assert {told(front.known().get("/"))["port"] for _ in range(30)} == set(front.ports)


def test_a_browsers_first_request_goes_where_its_second_goes(front: Front) -> None:
    for kind in ("one", "another", "a third"):
        stranger = front.browser(**{"user-agent": kind})
        assert len({told(stranger.get("/"))["port"] for _ in range(5)}) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_a_replica_took_to_its_grave_the_next_one_is_asked(tmp_path: Path, method: str) -> None:
    sent = {"content": "two dots"} if method == "POST" else {}
    with open_front(tmp_path) as front:
        answer = told(front.known().request(method, f"/first-dies/{method}", **sent))
    assert answer["body"] == sent.get("content", "")


def test_a_replica_that_is_back_is_asked_at_once(tmp_path: Path) -> None:
    """If nginx kept failures in mind, it would know of no replica for seconds, and with streams alone for minutes."""
    one, other, port = free_ports(3)
    with ExitStack() as browsers, nginx.in_front_of([one, other], port=port, folder=tmp_path):
        front = Front(f"http://127.0.0.1:{port}", tmp_path, [one, other], browsers)
        for alone in (one, other):
            with serving(alone):
                _patiently(f"{front.address}/healthz")
                assert {told(front.known().get("/"))["port"] for _ in range(12)} == {alone}


def test_that_the_database_is_away_is_passed_on(front: Front) -> None:
    answer = front.known().get("/database-away")
    assert answer.status_code == 503
    assert answer.json()["port"] in front.ports, "not a page of nginx"


def test_an_event_leaves_when_it_comes(front: Front) -> None:
    with front.known().stream("GET", "/live/stream") as stream:
        assert next(stream.iter_lines()) == "event: beat"
        Asked.goes_on.set()  # had nginx waited for more, nothing would have come before this


def test_a_flood_of_one_browser_is_slowed_down_and_its_neighbour_is_not(front: Front) -> None:
    flood, neighbour = front.known(), front.known()
    answers = [flood.post("/live/vote", content="x").status_code for _ in range(160)]
    assert set(answers) == {200, 429}
    assert answers[:100] == [200] * 100, "a person never taps so fast"
    assert neighbour.post("/live/vote", content="x").status_code == 200, "one Wi-Fi is one address"


def test_what_is_too_large_never_reaches_the_app(front: Front) -> None:
    assert front.known().post("/live/draft", content="x" * 70_000).status_code == 413


def test_the_figures_are_not_for_everybody(front: Front) -> None:
    assert front.known().get("/metrics").status_code == 404


def test_a_file_with_a_hash_is_fetched_from_python_once_and_compressed_for_each(front: Front) -> None:
    answers = [front.known().get("/static/js/index.abc.js") for _ in range(12)]
    assert len({answer.json()["port"] for answer in answers}) == 1, "twelve browsers would have asked both"
    assert {answer.headers.get("content-encoding") for answer in answers} == {"gzip"}
    plain = front.browser(**{"accept-encoding": "identity"}).get("/static/js/index.abc.js")
    assert "content-encoding" not in plain.headers


def test_while_nobody_is_there_people_are_told_to_wait(tmp_path: Path) -> None:
    port, *nobody = free_ports(3)
    with nginx.in_front_of(nobody, port=port, folder=tmp_path):
        answer = _patiently(f"http://127.0.0.1:{port}/")
    assert answer.status_code == 503
    assert "This page tries again by itself." in answer.text
    assert "http-equiv=refresh content=5" in answer.text


def test_with_the_shipped_certificate_lines_everybody_comes_over_tls(tmp_path: Path) -> None:
    plain, secure = free_ports(2)
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    openssl = shutil.which("openssl")
    assert openssl, "openssl makes the certificate of this test"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=roundtable.example.org", "-addext", "subjectAltName=DNS:roundtable.example.org",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    address = (nginx.SHIPPED / "address.conf").read_text(encoding="utf-8")
    for shipped, ours in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen [::]:443 ssl http2;": "",
        "/etc/letsencrypt/live/roundtable.example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/roundtable.example.org/privkey.pem": str(key),
    }.items():
        assert address.count(shipped) == 1, shipped
        address = address.replace(shipped, ours)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with serving() as one, nginx.in_front_of([one], port=plain, folder=tmp_path / "front", address=address):
        moved = _patiently(f"http://127.0.0.1:{plain}/j/ABCDEF")
        assert (moved.status_code, moved.headers["location"]) == (301, "https://roundtable.example.org/j/ABCDEF")
        with httpx.Client(verify=trusting) as browser:
            answer = browser.get(
                f"https://127.0.0.1:{secure}/", headers={"host": "roundtable.example.org"},
                extensions={"sni_hostname": "roundtable.example.org"},
            )  # fmt: skip
    assert told(answer)["headers"]["x-forwarded-proto"] == "https"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def _patiently(url: str) -> httpx.Response:
    until = time.monotonic() + 10
    while True:
        try:
            return httpx.get(url)
        except httpx.ConnectError:
            assert time.monotonic() < until, "nginx did not start"
            time.sleep(0.02)
