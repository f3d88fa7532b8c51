"""Drafts: kept on the server for the person who types, and for nobody else."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.services.room import Room, at_once
from workshop.domain.idea import IdeaDraft, draft_from
from workshop.errors import Invalid, NotFound
from workshop.services import drafts, people

FORM = IdeaDraft("Heat", "from the\nharbour ", ("clean_energy",), {"eu": "a site"}, "a city")


def test_what_stands_in_a_form_is_read_back_as_it_was(room: Room) -> None:
    ana = room.joins("Ana")
    drafts.keep(room.db, ana, drafts.IDEA, FORM.as_fields())
    kept = drafts.read(room.db, ana, drafts.IDEA)
    assert kept is not None
    assert draft_from(kept) == FORM


def test_the_newest_draft_of_a_place_counts_and_places_do_not_mix(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    drafts.keep(room.db, ana, "idea", {"title": "old"})
    drafts.keep(room.db, ana, "idea", {"title": "new"})
    drafts.keep(room.db, ana, "idea:14", {"title": "another"})
    assert drafts.read(room.db, ana, "idea") == {"title": "new"}
    assert drafts.read(room.db, bo, "idea") is None
    drafts.discard(room.db, ana, "idea")
    assert drafts.read(room.db, ana, "idea") is None
    assert drafts.read(room.db, ana, "idea:14") == {"title": "another"}


def test_an_emptied_form_is_no_draft(room: Room) -> None:
    ana = room.joins("Ana")
    drafts.keep(room.db, ana, "idea", FORM.as_fields())
    drafts.keep(room.db, ana, "idea", IdeaDraft(" ", brings={"eu": ""}).as_fields())
    assert drafts.read(room.db, ana, "idea") is None


@pytest.mark.parametrize(
    ("slot", "body", "sentence"),
    [
        ("", {"title": "x"}, "reload"),
        ("idea'; DROP", {"title": "x"}, "reload"),
        ("x" * 61, {"title": "x"}, "reload"),
        ("idea", {"title": "x" * 9000}, "too long"),
    ],
)
def test_what_is_no_form_of_ours_is_refused(room: Room, slot: str, body: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        drafts.keep(room.db, room.joins("Ana"), slot, body)


def test_a_person_keeps_a_handful_of_drafts_not_thousands(room: Room) -> None:
    ana = room.joins("Ana")
    for number in range(drafts.PLACES):
        drafts.keep(room.db, ana, f"idea:{number}", {"title": "x"})
    with pytest.raises(Invalid, match="too many unfinished"):
        drafts.keep(room.db, ana, "idea:99", {"title": "x"})
    drafts.keep(room.db, ana, "idea:0", {"title": "still typing"})


def test_signs_that_no_database_keeps_are_left_out(room: Room) -> None:
    ana = room.joins("Ana")
    drafts.keep(room.db, ana, "idea", {"title": "a\x00b\ud800c", "sectors": ["\x00"], "odd": 7})
    assert drafts.read(room.db, ana, "idea") == {"title": "abc", "sectors": [""], "odd": ""}


def test_somebody_who_was_removed_keeps_no_draft(room: Room) -> None:
    ana = room.joins("Ana")
    drafts.keep(room.db, ana, "idea", FORM.as_fields())
    people.erase(room.db, room.organiser, ana.participant_id)
    assert drafts.read(room.db, ana, "idea") is None
    with pytest.raises(NotFound, match="removed"):
        drafts.keep(room.db, ana, "idea", FORM.as_fields())


def test_two_devices_that_keep_at_the_same_moment_do_not_collide(room: Room) -> None:
    ana = room.joins("Ana")
    answers = at_once([partial(drafts.keep, room.db, ana, "idea", {"title": f"{n}"}) for n in range(16)])
    assert answers == [None] * 16
    assert drafts.read(room.db, ana, "idea") is not None
