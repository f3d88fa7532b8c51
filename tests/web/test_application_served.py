"""`app.py` itself, in a process of its own: our routes stand before Streamlit's pages, and behind the guard."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.venue import Venue, open_venue
from tests.services.room import Room
from workshop import signing
from workshop.domain.event import StepKind
from workshop.services import access, people, votes, workshops
from workshop.services.access import Role
from workshop.storage import Database

pytestmark = pytest.mark.xdist_group("served_app")

HOSTILE = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"


@dataclass
class Served:
    """The running app, and a second room in it where somebody has given two dots to an idea; people still vote."""

    venue: Venue
    room: Room
    code: str
    browsers: ExitStack

    def browser(self) -> httpx.Client:
        """A browser that was never here; it sends the origin of our pages, as a form of ours does."""
        client = httpx.Client(base_url=self.venue.address, headers={"origin": self.venue.address}, timeout=30)
        return self.browsers.enter_context(client)

    def holder(self, role: Role) -> httpx.Client:
        """A browser that has used a link to a role, from its very first click."""
        link, browser = f"/r/{access.invite(self.room.db, self.room.organiser, role)}", self.browser()
        assert browser.get(link).status_code == 200
        assert browser.post(link).status_code == 303
        return browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with ExitStack() as browsers, open_venue(tmp_path_factory.mktemp("served")) as venue:
        db = Database.open(f"sqlite:///{venue.folder / 'var' / 'roundtable.db'}")
        room = Room(db)
        ada = room.joins("Ada")
        room.opens(StepKind.SHARE)
        idea = room.has_sent(ada, "Heat from data centres", published=True)
        room.opens(StepKind.VOTE)
        votes.cast(db, ada, idea.id, dots=2)
        yield Served(venue, room, workshops.of(db, room.moderator).code, browsers)
        db.close()


def test_the_printed_link_survives_previews_and_leads_one_browser_to_its_desk(served: Served) -> None:
    link = served.venue.moderator
    assert [served.browser().get(link).status_code for _ in range(2)] == [200, 200]
    moderator, late = served.browser(), served.browser()
    assert moderator.get(link).status_code == late.get(link).status_code == 200
    taken = moderator.post(link)
    assert (taken.status_code, taken.headers["location"]) == (303, "/desk")
    assert signing.role_cookie("moderator") in moderator.cookies
    desk = moderator.get("/desk")
    assert (desk.status_code, desk.headers["content-type"]) == (200, "text/html; charset=utf-8")
    refused = late.post(link)
    assert refused.status_code == 403
    assert "This link was already used on another device." in refused.text
    assert signing.role_cookie("moderator") not in late.cookies


def test_short_links_lead_to_pages_that_are_there(served: Served) -> None:
    for short, page in (("j", "/?code="), ("w", "/wall?code=")):
        answer = served.browser().get(f"/{short}/{served.code}")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(page + served.code)
        assert served.browser().get(answer.headers["location"]).status_code == 200


def test_a_personal_link_makes_a_second_device_the_same_person(served: Served) -> None:
    ada = served.room.joins("Ada again")
    link, device = f"/p/{people.personal_link(served.room.db, ada)}", served.browser()
    assert device.get(link).status_code == 200
    assert device.post(link).headers["location"] == f"/participate?person={ada.participant_id}"
    around = device.get("/live/me", params={"code": served.code}).json()["people"]
    assert [person["id"] for person in around] == [str(ada.participant_id)]


@pytest.mark.parametrize("path", ["/j/{}", "/w/{}", "/r/{}", "/p/{}", "/download/{}.json", "/download/ABCDEF.{}"])
def test_nothing_hostile_in_an_address_comes_back_as_it_was(served: Served, path: str) -> None:
    browser = served.browser()
    for answer in (browser.get(path.format(HOSTILE)), browser.post(path.format(HOSTILE))):
        assert "<script>alert" not in answer.text
        assert "<script>" not in answer.headers.get("location", "")
        assert answer.status_code != 500


@pytest.mark.parametrize("role", ["moderator", "organiser"])
def test_reports_come_as_attachments_of_their_kind_and_are_kept_nowhere(served: Served, role: Role) -> None:
    holder = served.holder(role)
    for suffix, kind in {
        "pdf": "application/pdf",
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
    }.items():
        answer = holder.get(f"/download/{served.code}.{suffix}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.headers["content-disposition"] == f'attachment; filename="roundtable-{served.code}.{suffix}"'
        assert answer.headers["cache-control"] == "no-store"
    assert [idea["votes"] for idea in json.loads(holder.get(f"/download/{served.code}.json").content)["ideas"]] == [
        None
    ]


def test_nobody_downloads_without_a_role_of_this_very_room(served: Served) -> None:
    elsewhere, forger = served.browser(), served.holder("helper")
    elsewhere.get(served.venue.organiser)
    assert elsewhere.post(served.venue.organiser).status_code == 303
    assert elsewhere.get(f"/download/{served.venue.code}.json").status_code == 200
    forger.cookies.set(signing.role_cookie("organiser"), forger.cookies[signing.role_cookie("helper")])
    for browser in (served.browser(), elsewhere, forger):
        refused = browser.get(f"/download/{served.code}.json")
        assert (refused.status_code, refused.headers["content-type"]) == (403, "text/plain; charset=utf-8")
        assert "for the moderator and the organiser of this workshop" in refused.text


def test_another_page_and_another_name_are_refused_before_any_route(served: Served) -> None:
    browser = served.browser()
    assert browser.post("/r/x", headers={"origin": "http://evil.example"}).status_code == 403
    assert browser.get("/healthz", headers={"host": "evil.example"}).status_code == 421


def test_it_is_ready_exactly_while_its_database_file_is_in_place(served: Served) -> None:
    file, watcher = served.venue.folder / "var" / "roundtable.db", served.browser()
    assert watcher.get("/readyz").status_code == 200
    file.rename(file.with_name("elsewhere"))
    try:
        gone = watcher.get("/readyz")
        assert watcher.get("/healthz").status_code == 200
    finally:
        file.with_name("elsewhere").rename(file)
    assert gone.status_code == 503
    assert "was moved, deleted or replaced" in gone.json()["reason"]
    assert watcher.get("/readyz").status_code == 200


def test_its_numbers_tell_runs_of_a_page_from_runs_of_its_fragment(served: Served) -> None:
    browser = served.browser()
    browser.get("/")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    before, inside = numbers(browser), asyncio.run(_look_at_the_wall(served, cookies, browser))
    assert inside["roundtable_websockets"] == before["roundtable_websockets"] + 1
    for kind in ("page", "fragment"):
        runs = f'roundtable_run_seconds_count{{kind="{kind}",page="wall"}}'
        assert inside[runs] == before.get(runs, 0) + 1
    reads = 'roundtable_transaction_seconds_count{kind="read"}'
    assert inside[reads] > before[reads]


async def _look_at_the_wall(served: Served, cookies: str, browser: httpx.Client) -> dict[str, float]:
    """The numbers while a wall is open that ran once as a page and once as a fragment."""
    address = f"{served.venue.address.replace('http', 'ws')}/_stcore/stream"
    headers = {"cookie": cookies}
    wall = {"query_string": f"code={served.code}", "page_name": "wall"}
    async with (
        asyncio.timeout(60),
        websockets.connect(address, subprotocols=["streamlit"], max_size=None, additional_headers=headers) as socket,
    ):
        fragment = ""
        for _ in range(2):
            await socket.send(BackMsg(rerun_script={**wall, "fragment_id": fragment}).SerializeToString())
            message = ForwardMsg()
            while message.WhichOneof("type") != "script_finished":
                message = ForwardMsg.FromString(await socket.recv())
                fragment = message.delta.fragment_id or fragment
        return numbers(browser)


def numbers(browser: httpx.Client) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in re.findall(r"^([^#\s]\S*) (\S+)$", browser.get("/metrics").text, re.MULTILINE)
    }


def test_when_it_is_stopped_the_journal_is_folded_into_the_database(served: Served) -> None:
    """The last test: the app is gone after it."""
    folder = served.venue.folder / "var"
    served.room.db.close()
    assert _journal_of(folder).exists()
    served.venue.stop()
    assert not _journal_of(folder).exists()


def _journal_of(folder: Path) -> Path:
    return folder / "roundtable.db-wal"
