"""A real server whose database has been broken on purpose: what it logs when a phone writes and when a page runs."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.venue import Venue, open_venue
from tests.services.room import Room
from workshop import signing
from workshop.services import people, workshops
from workshop.storage import Database

HOSTILE = "Zirkonoxid-Membran<b>"
NAME = "Ada Lovelace"


@pytest.mark.parametrize("form", ["lines", "json"])
def test_no_text_name_cookie_code_or_address_is_in_the_log_of_an_internal_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("ROUNDTABLE_LOG", form)
    with open_venue(tmp_path) as venue:
        code, cookie = somebody_has_joined(venue)
        break_table(venue, "draft")
        answer = httpx.put(
            f"{venue.address}/live/draft",
            json={"code": code, "slot": "idea", "body": {"title": HOSTILE}},
            headers={"cookie": cookie},
        )
        assert answer.status_code == 500
        break_table(venue, "workshop")
        asyncio.run(open_page(venue, cookie, query=f"code={quote(HOSTILE)}"))
    log = venue.log.partition("start again.\n")[2].strip()
    for secret in (HOSTILE, quote(HOSTILE), "Zirkonoxid", NAME, code, cookie.partition("=")[2], "127.0.0.1"):
        assert secret not in log, log
    assert "services/drafts.py:" in log
    assert "pages/_router.py:" in log
    if form == "json":
        records = [json.loads(line) for line in log.splitlines()]
        failed = {record["logger"]: record for record in records if "exception" in record}
        assert failed.keys() >= {"workshop.web.answers", "workshop.ui.notice", "streamlit.error_util"}
        assert failed["workshop.ui.notice"]["event"] == "a page failed"
        assert failed["workshop.web.answers"]["exception"][0]["type"] == "sqlalchemy.exc.OperationalError"


def somebody_has_joined(venue: Venue) -> tuple[str, str]:
    """The code of a room that somebody has joined, and the cookie of their phone."""
    db = Database.open(url(venue))
    room = Room(db)
    device = signing.new_device_id()
    people.join(db, room.observer, people.JoinForm(NAME, "eu", room.tables[0], consent=True), device=device)
    signer = signing.load_signer(venue.folder / "var" / "signing.key")
    code = workshops.of(db, room.moderator).code
    db.close()
    return code, f"{signing.DEVICE_COOKIE}={signing.sign_device(device, signer=signer)}"


def break_table(venue: Venue, table: str) -> None:
    connection = sqlite3.connect(url(venue).removeprefix("sqlite:///"))
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute(f"ALTER TABLE {table} RENAME TO broken_{table}")
    connection.close()


async def open_page(venue: Venue, cookie: str, *, query: str) -> None:
    address = f"{venue.address.replace('http', 'ws')}/_stcore/stream"
    async with (
        asyncio.timeout(60),
        websockets.connect(address, subprotocols=["streamlit"], additional_headers={"cookie": cookie}) as socket,
    ):
        await socket.send(BackMsg(rerun_script={"query_string": query}).SerializeToString())
        shown = b""
        while b"Something went wrong on our side" not in shown:
            shown = await socket.recv()
        assert HOSTILE.encode() not in shown
        ForwardMsg.FromString(shown)


def url(venue: Venue) -> str:
    return f"sqlite:///{venue.folder / 'var' / 'roundtable.db'}"
