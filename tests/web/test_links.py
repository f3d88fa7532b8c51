"""Short links: looking at one uses nothing up, taking it makes exactly one browser the holder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.doors import Doors, doors_open
from workshop import signing
from workshop.services import access, people, rehearsal_desk


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    with doors_open(tmp_path) as doors:
        yield doors


def test_the_code_on_the_wall_leads_to_the_start_page(doors: Doors) -> None:
    answer = doors.stranger().get(f"/j/{doors.code}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?code={doors.code}")


@pytest.mark.parametrize(("table", "kept"), [("3", "&table=3"), ("3%26code=X", ""), ("", ""), ("12345", "")])
def test_the_card_of_a_table_leads_to_its_table(doors: Doors, table: str, kept: str) -> None:
    answer = doors.stranger().get(f"/j/{doors.code}?table={table}")
    assert answer.headers["location"] == f"/?code={doors.code}{kept}"


@pytest.mark.parametrize("code", ["%2F%2Fevil.example", "https:%2F%2Fevil.example", "A&next=%2Fdesk", "%0d%0aX-Bad: 1"])
def test_a_link_leads_nowhere_but_to_our_own_page(doors: Doors, code: str) -> None:
    for short in ("j", "w"):
        answer = doors.stranger().get(f"/{short}/{code}")
        assert answer.headers.get("location", "/?code=").startswith(("/?code=", "/wall?code="))
        assert "next=/desk" not in answer.headers.get("location", "")
        assert "x-bad" not in answer.headers


def test_the_wall_is_opened_in_its_dark_look(doors: Doors) -> None:
    assert (
        doors.stranger().get(f"/w/{doors.code}").headers["location"].startswith(f"/wall?code={doors.code}&embed=true")
    )


def test_looking_at_a_role_link_does_not_use_it_up(doors: Doors) -> None:
    link = doors.link("moderator")
    for _ in range(3):  # the previews of three chat programs
        seen = doors.stranger().get(link)
        assert seen.status_code == 200
        assert "You are invited as moderator" in seen.text
        assert not any("role" in cookie for cookie in seen.headers.get_list("set-cookie"))
    taken = doors.takes(doors.browser(), link)
    assert (taken.status_code, taken.headers["location"]) == (303, "/desk")


def test_taking_a_role_link_gives_a_cookie_that_no_script_can_read(doors: Doors) -> None:
    taken = doors.takes(doors.browser(), doors.link("organiser"))
    cookie = next(value for value in taken.headers.get_list("set-cookie") if signing.role_cookie("organiser") in value)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


def test_a_second_browser_is_refused_and_the_first_may_come_again(doors: Doors) -> None:
    link, first, second = doors.link("moderator"), doors.browser(), doors.browser()
    assert doors.takes(first, link).status_code == 303
    refused = doors.takes(second, link)
    assert refused.status_code == 403
    assert "already used on another device" in refused.text
    assert signing.role_cookie("moderator") not in second.cookies
    assert doors.takes(first, link).status_code == 303


def test_a_browser_without_our_cookie_takes_nothing(doors: Doors) -> None:
    link = doors.link("moderator")
    refused = doors.takes(doors.stranger(), link)
    assert refused.status_code == 403
    assert "Allow cookies" in refused.text
    assert doors.takes(doors.browser(), link).status_code == 303


def test_a_foreign_page_cannot_make_a_browser_take_a_role(doors: Doors) -> None:
    link, victim = doors.link("moderator"), doors.browser()
    assert victim.post(link, headers={"origin": "http://evil.example"}).status_code == 403
    assert doors.takes(doors.browser(), link).status_code == 303


def test_a_revoked_link_and_an_invented_one_say_where_to_get_another(doors: Doors) -> None:
    link = doors.link("helper")
    grant = access.offered(doors.house.db, link.removeprefix("/r/"))
    access.revoke(doors.house.db, doors.room.organiser, grant.id)
    for path in (link, "/r/invented"):
        seen = doors.stranger().get(path)
        assert seen.status_code == 404
        assert "Ask the organiser for a new one" in seen.text
    assert doors.takes(doors.browser(), link).status_code == 403


def test_a_personal_link_brings_a_person_to_a_second_device(doors: Doors) -> None:
    ada = doors.room.joins("Ada")
    token = people.personal_link(doors.house.db, ada)
    second = doors.browser()
    assert second.get(f"/p/{token}").status_code == 200
    assert doors.stranger().get(f"/p/{token}").status_code == 200
    brought = doors.takes(second, f"/p/{token}")
    assert brought.headers["location"] == f"/participate?person={ada.participant_id}"
    mine = second.get("/live/me", params={"code": doors.code}).json()
    assert [person["name"] for person in mine["people"]] == ["Ada"]


def test_an_invented_personal_link_opens_nobodys_place(doors: Doors) -> None:
    doors.room.joins("Ada")
    refused = doors.takes(doors.browser(), "/p/invented")
    assert refused.status_code == 404
    assert "not valid" in refused.text


def test_a_moderator_goes_to_the_desk_of_a_rehearsal_and_back(doors: Doors) -> None:
    laptop = doors.browser("moderator")
    begun = rehearsal_desk.begin(doors.house.db, doors.room.moderator, people=6, minutes=3)
    for code, workshop_id in ((begun.code, begun.id), (doors.code, doors.room.id)):
        answer = laptop.get(f"/d/{code}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
        grant = signing.read_role(laptop.cookies, "moderator", doors.house.signer)
        device = signing.read_device(laptop.cookies, doors.house.signer)
        assert device is not None
        assert access.moderator(doors.house.db, grant_id=grant, device=device).workshop_id == workshop_id
    refused = doors.browser().get(f"/d/{begun.code}")
    assert (refused.status_code, "not your desk" in refused.text) == (403, True)
    assert not any("role" in cookie for cookie in refused.headers.get_list("set-cookie"))
