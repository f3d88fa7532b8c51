"""Whoever watches the process: alive means that it answers, ready that it can keep what people send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.storage.small_disk import small_disk
from tests.web.doors import Doors, doors_open
from workshop.errors import Unavailable
from workshop.services import people
from workshop.storage import place


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


def test_on_a_full_disk_it_is_not_ready_until_there_is_room_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, doors_open(disk.folder) as doors:
        watcher, there = doors.stranger(), sorted(disk.folder.iterdir())
        assert watcher.get("/readyz").status_code == 200
        with disk.full_but_for(place.ROOM_BYTES // 2):
            with doors.house.db.writing():
                pass  # the control: a turn in which nothing is written notices nothing
            answer = watcher.get("/readyz")
            assert watcher.get("/healthz").status_code == 200
        assert (answer.status_code, answer.json()["reason"][-23:]) == (503, "Please free some space.")
        assert watcher.get("/readyz").status_code == 200
        assert sorted(disk.folder.iterdir()) == there


def test_what_does_not_fit_on_the_disk_is_said_and_all_before_is_kept(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, doors_open(disk.folder) as doors:
        with disk.full_but_for(0), pytest.raises(Unavailable, match=r"free some space|did not answer"):
            doors.room.joins("Ada", organisation="Wind Valley " * 5)
        assert people.tables(doors.house.db, doors.room.observer)[0].seated == 0
        doors.room.joins("Ada")


def test_watching_makes_no_cookie_and_tells_nothing_of_the_room(doors: Doors) -> None:
    answer = doors.stranger().get("/readyz")
    assert "set-cookie" not in answer.headers
    assert answer.json() == {"status": "ready"}
