"""Reports as files: for the moderator and the organiser of this workshop, and for nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.room import Room
from tests.web.doors import Doors, doors_open
from workshop import signing
from workshop.domain.event import StepKind
from workshop.reporting import Exporter, exporters
from workshop.services import access, frozen_reports, people, votes

IDEA = "Heat from data centres"
FORMATS = {
    "pdf": b"%PDF-",
    "organisations.pdf": b"%PDF-",
    "html": b"<!doctype html>",
    "pptx": b"PK",
    "tables.zip": b"PK",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
}


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with doors_open(tmp_path) as doors:
        ada = doors.room.joins("Ada")
        doors.room.opens(StepKind.SHARE)
        idea = doors.room.has_sent(ada, IDEA, published=True)
        doors.room.opens(StepKind.VOTE)
        votes.cast(doors.house.db, ada, idea.id, dots=2)
        yield doors


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("role", ["moderator", "organiser"])
def test_whoever_runs_the_room_gets_every_format(doors: Doors, role: access.Role, suffix: str) -> None:
    answer = doors.browser(role).get(f"/download/{doors.code}.{suffix}")
    assert answer.status_code == 200
    assert answer.content.startswith(FORMATS[suffix])
    assert answer.headers["content-disposition"] == f'attachment; filename="roundtable-{doors.code}.{suffix}"'
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_else_gets_any(doors: Doors) -> None:
    elsewhere = Room(doors.house.db)
    guest = doors.browser("moderator", "organiser", room=elsewhere)
    for browser in (doors.stranger(), doors.browser(), doors.browser("helper"), guest):
        for exporter in exporters.values():
            refused = browser.get(f"/download/{doors.code}.{exporter.suffix}")
            assert refused.status_code == 403
            assert "for the moderator and the organiser of this workshop" in refused.text
            assert IDEA not in refused.text


def test_a_large_file_that_changed_in_one_digit_is_served_fresh(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    """Download buttons know files above 1 MiB by length and three samples, so reports have routes of their own."""
    margin = b" " * 2**20
    people = Exporter(
        "people", "", "text/plain", "people", lambda report: b"%b%d%b" % (margin, len(report.participants), margin)
    )
    monkeypatch.setitem(exporters, "people", people)
    organiser, path = doors.browser("organiser"), f"/download/{doors.code}.people"
    before = organiser.get(path).content
    doors.room.joins("Bo")
    after = organiser.get(path).content
    assert (len(before), before.strip(), after.strip()) == (len(after), b"1", b"2")


def test_what_a_build_is_at_is_for_those_who_run_the_room(doors: Doors) -> None:
    path = f"/download/{doors.code}/progress?suffix=pdf"
    told = doors.browser("organiser").get(path)
    assert told.json() == {"words": "", "done": 0, "of": 0}
    assert told.headers["cache-control"] == "no-store"
    assert doors.browser("helper").get(path).status_code == 403
    assert doors.browser("organiser").get(path.replace("pdf", "exe")).status_code == 404


def test_the_cards_of_the_tables_are_for_those_who_run_the_room(doors: Doors) -> None:
    path = f"/download/{doors.code}/table-cards.pdf"
    cards = doors.browser("organiser").get(path)
    assert (cards.status_code, cards.content[:5]) == (200, b"%PDF-")
    assert doors.browser("helper").get(path).status_code == 403


def test_a_participant_gets_none(doors: Doors) -> None:
    device = signing.new_device_id()
    form = people.JoinForm("Bo", "us", doors.room.tables[0], consent=True)
    people.join(doors.house.db, doors.room.observer, form, device=device)
    phone = doors.stranger()
    phone.cookies.set(signing.DEVICE_COOKIE, doors.cookie_of(device))
    assert phone.get("/live/me", params={"code": doors.code}).status_code == 200
    assert phone.get(f"/download/{doors.code}.json").status_code == 403


def test_a_role_cookie_on_another_browser_is_worth_nothing(doors: Doors) -> None:
    holder, thief = doors.browser("organiser"), doors.browser()
    name = signing.role_cookie("organiser")
    thief.cookies.set(name, holder.cookies[name])
    assert holder.get(f"/download/{doors.code}.json").status_code == 200
    assert thief.get(f"/download/{doors.code}.json").status_code == 403


def test_a_forged_role_cookie_is_worth_nothing(doors: Doors) -> None:
    forger = doors.browser()
    grant = access.grants(doors.house.db, doors.room.organiser)
    forger.cookies.set(signing.role_cookie("organiser"), f"{grant[0].id if grant else 'x'}.invented")
    assert forger.get(f"/download/{doors.code}.json").status_code == 403


def test_a_revoked_role_gets_nothing_from_the_next_click_on(doors: Doors) -> None:
    browser = doors.browser("moderator")
    assert browser.get(f"/download/{doors.code}.csv").status_code == 200
    for grant in access.grants(doors.house.db, doors.room.organiser):
        access.revoke(doors.house.db, doors.room.organiser, grant.id)
    assert browser.get(f"/download/{doors.code}.csv").status_code == 403


def test_a_format_that_does_not_exist_is_told_with_those_that_do(doors: Doors) -> None:
    refused = doors.browser("organiser").get(f"/download/{doors.code}.exe")
    assert refused.status_code == 404
    for suffix in FORMATS:
        assert suffix in refused.text


def test_while_people_vote_the_file_holds_no_tally_and_after_the_reveal_it_does(doors: Doors) -> None:
    organiser = doors.browser("organiser")
    before = json.loads(organiser.get(f"/download/{doors.code}.json").content)
    doors.room.opens(StepKind.REVEAL)
    after = json.loads(organiser.get(f"/download/{doors.code}.json").content)
    assert not before["ranking"]
    assert not any(idea["votes"] for idea in before["ideas"])
    assert after["ideas"][0]["votes"] == {"eu": 2, "us": 0}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_frozen_version_stays_byte_by_byte_while_the_room_goes_on(doors: Doors, suffix: str) -> None:
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    path = f"/download/{doors.code}/v1.{suffix}"
    once = doors.browser("organiser").get(path)
    doors.room.opens(StepKind.REVEAL)
    again = doors.browser("moderator").get(path)
    assert once.status_code == 200
    assert once.content.startswith(FORMATS[suffix])
    assert once.content == again.content
    assert once.headers["content-disposition"] == f'attachment; filename="roundtable-{doors.code}-v1.{suffix}"'
    assert once.headers["cache-control"] == "no-store"


def test_a_frozen_version_is_for_those_who_run_this_room(doors: Doors) -> None:
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    path = f"/download/{doors.code}/v1.json"
    elsewhere = Room(doors.house.db)
    strangers = (doors.stranger(), doors.browser(), doors.browser("helper"), doors.browser("organiser", room=elsewhere))
    for browser in strangers:
        refused = browser.get(path)
        assert (refused.status_code, refused.headers["cache-control"]) == (403, "no-store")
        assert IDEA not in refused.text


@pytest.mark.parametrize("name", ["v2.json", "v1.exe", "v0.json", "v99999999999999999999.json", "v-1.json"])
def test_what_was_never_frozen_is_not_there(doors: Doors, name: str) -> None:
    frozen_reports.freeze(doors.house.db, doors.room.moderator, seen=0)
    assert doors.browser("organiser").get(f"/download/{doors.code}/{name}").status_code == 404
