"""``/s/TOKEN``: the closing deck without a login, and nothing around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.doors import Doors, doors_open
from workshop.services import frozen_reports, share_links


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with doors_open(tmp_path) as doors:
        yield doors


def test_whoever_has_the_link_sees_the_deck_and_is_given_no_cookie(doors: Doors) -> None:
    path = f"/s/{share_links.make(doors.house.db, doors.room.moderator)}"
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    deck = doors.stranger().get(path)
    assert deck.status_code == 200
    assert '<main class="deck"' in deck.text
    assert deck.headers["content-type"].startswith("text/html")
    assert deck.headers["cache-control"] == "no-store"
    assert deck.headers["x-robots-tag"] == "noindex, nofollow"
    assert deck.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in deck.headers
    assert doors.stranger().post(path).status_code == 405


def test_the_policy_of_the_answer_is_that_of_the_file_so_its_own_script_runs_and_no_other(doors: Doors) -> None:
    path = f"/s/{share_links.make(doors.house.db, doors.room.moderator)}"
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    deck = doors.stranger().get(path)
    policy = deck.headers["content-security-policy"]
    own, _, rest = policy.rpartition("; ")
    assert rest == "frame-ancestors 'none'"
    assert f'content="{own}"' in deck.text
    assert "script-src 'sha256-" in own
    assert "unsafe" not in policy


def test_before_it_is_frozen_and_after_it_is_taken_back_it_shows_nothing_of_the_room(doors: Doors) -> None:
    path = f"/s/{share_links.make(doors.house.db, doors.room.moderator)}"
    early = doors.stranger().get(path)
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    (link,) = share_links.working(doors.house.db, doors.room.organiser)
    share_links.revoke(doors.house.db, doors.room.organiser, link.id)
    late = doors.stranger().get(path)
    for answer, sentence in ((early, "not frozen yet"), (late, "not valid")):
        assert answer.status_code == 404
        assert sentence in answer.text
        assert doors.code not in answer.text
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["cache-control"] == "no-store"
