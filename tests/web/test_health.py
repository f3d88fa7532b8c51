"""Whoever watches the process: alive means that it answers, ready that it can keep what people send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.web.doors import Doors, doors_open


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with doors_open(tmp_path) as doors:
        yield doors


def test_a_room_that_works_is_alive_and_ready(doors: Doors) -> None:
    watcher = doors.stranger()
    assert (watcher.get("/healthz").status_code, watcher.get("/readyz").status_code) == (200, 200)


def test_without_its_database_file_it_is_alive_but_not_ready_and_says_why(doors: Doors) -> None:
    Path(str(make_url(doors.house.db.url_without_secret).database)).unlink()
    watcher = doors.stranger()
    answer = watcher.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert answer.json()["reason"].endswith(".")
    assert len(answer.json()["reason"].split()) > 5
    assert watcher.get("/healthz").status_code == 200


def test_watching_makes_no_cookie_and_tells_nothing_of_the_room(doors: Doors) -> None:
    answer = doors.stranger().get("/readyz")
    assert "set-cookie" not in answer.headers
    assert answer.json() == {"status": "ready"}
