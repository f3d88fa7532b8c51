"""Who may read the numbers: this machine, unless a proxy speaks for others, and whoever has the token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.live.served import open_house
from tests.web.asgi import Answer, ask
from workshop import settings
from workshop.errors import Invalid
from workshop.web import scrape

TOKEN = "0123456789abcdef0123456789abcdef"
HERE = ("host", "localhost:8501")
OUTSIDE = ("host", "roundtable.example.org")


@contextmanager
def numbers_of(folder: Path, monkeypatch: pytest.MonkeyPatch, **chosen: str) -> Iterator[Starlette]:
    for name, value in chosen.items():
        monkeypatch.setenv(name, value)
    with open_house(folder):
        yield Starlette(routes=scrape.routes())


def read(app: Starlette, *headers: tuple[str, str], client: str | None = "127.0.0.1") -> Answer:
    return ask(app, "/metrics", headers=headers, client=client)


def bearing(token: str) -> tuple[str, str]:
    return ("authorization", f"Bearer {token}")


def test_this_machine_reads_the_text_that_monitors_understand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with numbers_of(tmp_path, monkeypatch) as app:
        for client in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
            answer = read(app, HERE, client=client)
            assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
            assert answer.headers["content-type"].startswith("text/plain; version=")
            assert "# TYPE roundtable_transaction_seconds histogram" in answer.body
            assert "process_open_fds" in answer.body


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        ([HERE], "192.0.2.7"),
        ([HERE], None),
        ([HERE], "testclient"),
        ([OUTSIDE], "127.0.0.1"),
        ([HERE, ("x-forwarded-for", "127.0.0.1")], "127.0.0.1"),
        ([HERE, ("forwarded", "for=127.0.0.1")], "127.0.0.1"),
        ([HERE, ("x-real-ip", "127.0.0.1")], "127.0.0.1"),
        ([HERE, ("via", "1.1 nginx")], "127.0.0.1"),
        ([HERE, bearing("")], "192.0.2.7"),
        ([HERE, bearing(TOKEN)], "192.0.2.7"),
    ],
)
def test_for_everybody_else_there_is_no_such_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headers: list[tuple[str, str]], client: str | None
) -> None:
    with numbers_of(tmp_path, monkeypatch) as app:
        answer = read(app, *headers, client=client)
        assert (answer.status, answer.body) == (404, "There is nothing here.\n")


def test_behind_a_proxy_even_this_machine_needs_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"ROUNDTABLE_BEHIND_PROXY": "yes", "ROUNDTABLE_METRICS_TOKEN": TOKEN}
    with numbers_of(tmp_path, monkeypatch, **chosen) as app:
        assert read(app, HERE).status == 404
        assert read(app, OUTSIDE, bearing(TOKEN), ("x-forwarded-for", "192.0.2.7")).status == 200


@pytest.mark.parametrize("given", ["", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), f"{TOKEN} ", "ä" * 32])
def test_a_token_counts_only_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    with numbers_of(tmp_path, monkeypatch, ROUNDTABLE_METRICS_TOKEN=TOKEN) as app:
        assert read(app, OUTSIDE, bearing(given), client="192.0.2.7").status == 404
        assert read(app, OUTSIDE, ("authorization", f"Basic {TOKEN}"), client="192.0.2.7").status == 404
        assert read(app, OUTSIDE, bearing(TOKEN), client="192.0.2.7").status == 200


@pytest.mark.parametrize("weak", ["secret", "a long one with spaces", "schlüssel-schlüssel"])
def test_a_token_that_could_be_guessed_is_refused_and_not_repeated(weak: str) -> None:
    with pytest.raises(Invalid, match="ROUNDTABLE_METRICS_TOKEN") as refused:
        settings.read({"ROUNDTABLE_METRICS_TOKEN": weak})
    assert weak not in str(refused.value)


def test_the_token_is_not_shown_with_the_settings() -> None:
    assert TOKEN not in repr(settings.read({"ROUNDTABLE_METRICS_TOKEN": TOKEN}))
